import type { Page } from 'playwright/test';
import sharp from 'sharp';
import { newAccount, signUp } from './support/account.ts';
import { bringPhoto, convert, samplePhoto } from './support/studio.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { path, words } from './support/words.ts';

declare const keepSent: (url: string) => void;

const shown = (page: Page, locale: 'fa' | 'en') =>
  page.getByRole('img', { name: words(locale, 'studio.photoAlt'), exact: true });

for (const { locale, viewport } of [
  { locale: 'fa', viewport: { width: 360, height: 780 } },
  { locale: 'en', viewport: { width: 1440, height: 900 } },
] as const) {
  test.describe(`photos on a screen of ${viewport.width} px`, () => {
    test.use({ viewport });

    test(
      `a photo is used again, given an end, and deleted (${locale})`,
      fullOnly(locale === 'en'),
      async ({ page }) => {
        await signUp(page, locale, newAccount());
        await bringPhoto(page, locale);
        await convert(page, locale, 'noir');

        // Used again without being sent again.
        await page.goto(path(locale, '/studio'));
        const library = page.getByRole('region', { name: words(locale, 'library.title') });
        await expect(library.getByRole('listitem')).toHaveCount(1);
        await library.getByRole('button').first().click();
        await expect(shown(page, locale)).toBeVisible();

        // Given an end, which is told.
        await page.getByRole('button', { name: words(locale, 'studio.forget') }).click();
        await library.getByRole('button').nth(1).click();
        const settings = page.getByRole('dialog');
        await settings.getByRole('radio', { name: words(locale, 'library.life.day') }).check();
        await expect(page.getByText(words(locale, 'library.life.saved')).first()).toBeVisible();
        await expect(settings.getByRole('group').getByText(/2[34]|۲[۳۴]/)).toBeVisible();

        // Deleted, after one question.
        await settings.getByRole('button', { name: words(locale, 'library.delete.action') }).click();
        await page
          .getByRole('dialog', { name: words(locale, 'library.delete.title') })
          .getByRole('button', { name: words(locale, 'library.delete.confirm'), exact: true })
          .click();
        await expect(page.getByText(words(locale, 'library.delete.done')).first()).toBeVisible();
        await expect(library).toHaveCount(0);
      },
    );
  });
}

test(
  'a connection that breaks loses nothing: the upload goes on where it stopped',
  fullOnly(true),
  async ({ page, expectFailure }) => {
    expectFailure(/\/api\/ut\//);
    await signUp(page, 'fa', newAccount());
    await page.goto('/studio');
    let cut = 0;
    await page.route('**/api/ut/**', async (route) => {
      if (route.request().method() !== 'PUT' || cut >= 6) return route.continue();
      cut += 1;
      return route.abort('connectionreset');
    });
    await bringPhoto(page, 'fa');
    await page.getByRole('button', { name: words('fa', 'studio.convert') }).click();
    const again = page.getByRole('button', { name: words('fa', 'files.resume') });
    await expect(async () => {
      if (await again.isVisible()) await again.click();
      await expect(page).toHaveURL(/\/conversions\/[0-9a-f-]{36}$/, { timeout: 2000 });
    }).toPass({ timeout: 60_000 });
    expect(cut).toBeGreaterThan(0);
    // It arrived once.
    await page.goto('/studio');
    const library = page.getByRole('region', { name: words('fa', 'library.title') });
    await expect(library.getByRole('listitem')).toHaveCount(1);
  },
);

test('what is no photo is refused with its reason, and the next one is taken', async ({ page }) => {
  await signUp(page, 'en', newAccount());
  await page.goto('/en/studio');
  await page.locator('[name=file]').setInputFiles({
    name: 'photo.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  });
  await expect(page.getByRole('alert').filter({ hasText: /\S/ }).first()).toBeVisible();
  await page.locator('[name=file]').setInputFiles({
    name: 'photo.heic',
    mimeType: 'image/heic',
    buffer: Buffer.from('....ftypheic'),
  });
  await expect(page.getByText(words('en', 'errors.file.heic'))).toBeVisible();
  await bringPhoto(page, 'en');
});

test(
  'a photo with missing rows, of another kind or too small is refused when it is chosen; one that lacks only its end is shown',
  fullOnly(true),
  async ({ page }) => {
    await page.goto('/en/studio');
    const source = sharp(samplePhoto).resize(400);
    const [jpeg, png] = await Promise.all([
      source.clone().jpeg().toBuffer(),
      source.clone().png().toBuffer(),
    ]);
    const dot = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#c33' } })
      .png()
      .toBuffer();
    const webp = await source.clone().webp().toBuffer();
    const halfWebp = webp.subarray(0, webp.length / 2);
    // As a program saves it that thinks it has all of it.
    const ownLength = Buffer.from(halfWebp);
    ownLength.writeUInt32LE(ownLength.length - 8, 4);
    // And its one chunk as long as it is.
    const allLengths = Buffer.from(ownLength.subarray(0, ownLength.length & ~1));
    allLengths.writeUInt32LE(allLengths.length - 8, 4);
    allLengths.writeUInt32LE(allLengths.length - 20, 16);
    const ended = (file: Buffer, share: number) =>
      Buffer.concat([file.subarray(0, file.length * share), Buffer.from([0xff, 0xd9])]);
    const turned = await source.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const progressive = await source.clone().jpeg({ progressive: true }).toBuffer();
    const refused = [
      ['half-ended.jpg', ended(jpeg, 0.5), 'damaged'],
      ['nearly-ended.jpg', ended(jpeg, 0.96), 'damaged'],
      ['turned-ended.jpg', ended(turned, 0.7), 'damaged'],
      ['progressive-ended.jpg', ended(progressive, 0.6), 'damaged'],
      ['half.webp', halfWebp, 'damaged'],
      ['own-length.webp', ownLength, 'damaged'],
      ['all-lengths.webp', allLengths, 'damaged'],
      ['half.jpg', jpeg.subarray(0, jpeg.length / 2), 'damaged'],
      ['head.jpg', jpeg.subarray(0, 200), 'damaged'],
      ['half.png', png.subarray(0, png.length / 2), 'damaged'],
      ['dot.png', dot, 'tooSmall'],
      ['text.jpg', Buffer.from('hello'), 'notPicture'],
    ] as const;
    for (const [name, buffer, code] of refused) {
      await page.locator('[name=file]').first().setInputFiles({ name, mimeType: 'image/jpeg', buffer });
      await expect(page.getByRole('alert').filter({ hasText: name })).toContainText(
        words('en', `errors.file.${code}`),
        // Some are looked at only when the first styles are there.
        { timeout: 40_000 },
      );
      await expect(shown(page, 'en')).toHaveCount(0);
    }
    for (const [name, buffer] of [
      ['progressive.jpg', progressive],
      ['whole.webp', webp],
      ['endless.jpg', jpeg.subarray(0, jpeg.length - 2)],
      ['endless.png', png.subarray(0, png.length - 12)],
    ] as const) {
      await page.locator('[name=file]').first().setInputFiles({ name, mimeType: 'image/jpeg', buffer });
      await expect(page.locator('[data-stage=large]')).toBeVisible({ timeout: 40_000 });
      await page.getByRole('button', { name: /^Leave out photo/ }).click();
      await expect(shown(page, 'en')).toHaveCount(0);
    }
  },
);

for (const hasDecoder of [true, false]) {
  test(
    `a photo of many megapixels is unpacked once and sent upright, ${hasDecoder ? 'in reduced size' : 'without a decoder that takes a size'}`,
    fullOnly(true),
    async ({ page }) => {
      if (!hasDecoder) await page.addInitScript(() => Reflect.deleteProperty(window, 'ImageDecoder'));
      await page.addInitScript(() => {
        // Bitmaps of all of it are what a telephone's tab is killed for.
        const make = window.createImageBitmap.bind(window);
        const wrapped = async (source: ImageBitmapSource, options?: ImageBitmapOptions) => {
          const bitmap = await make(source, options);
          if (bitmap.width * bitmap.height > 17_000_000) throw new Error('too large a bitmap');
          return bitmap;
        };
        Object.assign(window, { createImageBitmap: wrapped });
      });
      await signUp(page, 'en', newAccount());
      await page.goto('/en/studio');
      const buffer = await sharp(samplePhoto)
        .resize(6000, 4000, { fit: 'cover' })
        .withMetadata({ orientation: 6 })
        .jpeg({ quality: 98, chromaSubsampling: '4:4:4' })
        .toBuffer();
      await page.locator('[name=file]').first().setInputFiles({ name: 'many.jpg', mimeType: '', buffer });
      await expect(page.locator('[data-stage=large]')).toBeVisible({ timeout: 60_000 });
      const sent = Promise.withResolvers<Buffer>();
      await page.exposeFunction('keepSent', (url: string) =>
        sent.resolve(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')),
      );
      await page.evaluate(() => {
        const { append } = FormData.prototype;
        FormData.prototype.append = function (name: string, value: string | Blob) {
          if (value instanceof Blob && value.size > 0) {
            const reader = new FileReader();
            reader.onload = () => keepSent(String(reader.result));
            reader.readAsDataURL(value);
          }
          append.call(this, name, value as Blob);
        };
      });
      await page.getByRole('button', { name: words('en', 'studio.convert') }).click();
      await expect(page).toHaveURL(/\/conversions\/[0-9a-f-]{36}$/, { timeout: 60_000 });
      const picture = await sent.promise;
      const { width = 0, height = 0, orientation } = await sharp(picture).metadata();
      expect([orientation, height > width, height > 3700, height <= 4096]).toEqual([
        undefined,
        true,
        true,
        true,
      ]);
    },
  );
}
