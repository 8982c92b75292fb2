import type { Page } from 'playwright/test';
import sharp from 'sharp';
import { newAccount, signUp } from './support/account.ts';
import { bringPhoto, convert, samplePhoto } from './support/studio.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { path, words } from './support/words.ts';

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

test('a connection that breaks loses nothing: the upload goes on where it stopped', async ({
  page,
  expectFailure,
}) => {
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
});

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
    const refused = [
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
      );
      await expect(shown(page, 'en')).toHaveCount(0);
    }
    for (const [name, buffer] of [
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
