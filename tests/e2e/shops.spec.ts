import type { BrowserContext, Page } from 'playwright/test';
import sharp from 'sharp';
import { demoHandle } from '#scripts/seed/demo-gallery.ts';
import { newAccount, signInAsDemoVendor, signUp } from './support/account.ts';
import { sendStory, sharedPicture } from './support/sharing.ts';
import { bringPhoto } from './support/studio.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { fillIn, newPictures, signUpVendor } from './support/vendor.ts';
import { type Locale, path, words } from './support/words.ts';

/** What a result leads to: the shop whose look it is, and clients who choose from its album. */

const button = (page: Page, locale: Locale, key: string) =>
  page.getByRole('button', { name: words(locale, key), exact: true });

/** Makes a result in a picture of the demo shop, from its own page on; answers the picture's id. */
async function makeInLook(page: Page, locale: Locale): Promise<string> {
  await page.goto(path(locale, `/g/${demoHandle}`));
  const link = await page.locator('main a[id^=image-]').first().getAttribute('id');
  const id = link?.replace('image-', '') ?? '';
  await page.goto(path(locale, `/studio?reference=${id}`));
  await bringPhoto(page, locale);
  await page.getByRole('button', { name: words(locale, 'studio.convert') }).click();
  await expect(page).toHaveURL(/\/conversions\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  await expect(button(page, locale, 'sharing.open')).toBeVisible({ timeout: 60_000 });
  return id;
}

/** Another person's browser, closed with the test's own. */
async function another(context: BrowserContext, options = {}): Promise<Page> {
  const browser = context.browser();
  if (!browser) throw new Error('no browser');
  const other = await browser.newContext(options);
  context.on('close', () => void other.close());
  return other.newPage();
}

test(
  'a person sends a result to the shop, which answers; taken back, the shop sees nothing of it',
  fullOnly(true),
  async ({ page, context }) => {
    test.setTimeout(240_000);
    const account = newAccount();
    await signUp(page, 'en', account);
    await makeInLook(page, 'en');
    await button(page, 'en', 'leads.send.open').click();
    const dialog = page.getByRole('dialog');
    // It is said what the shop is shown before anything is sent; the number only for who ticks it.
    await expect(dialog.getByText('not your photo, your name or your number')).toBeVisible();
    await expect(dialog.locator('[name=withPhone]')).not.toBeChecked();
    const asked = `A cushion of ${account.phone.slice(-4)} please`;
    await dialog.locator('[name=words]').fill(asked);
    await dialog.locator('[name=withPhone]').check();
    await dialog.getByRole('button', { name: words('en', 'leads.send.submit'), exact: true }).click();
    const sent = page.getByRole('region', { name: words('en', 'leads.sent.label') });
    await expect(sent.getByText(asked)).toBeVisible();

    const shop = await another(context);
    await signInAsDemoVendor(shop, 'en');
    await shop.goto('/en/vendor/received');
    const received = shop.getByRole('listitem').filter({ hasText: asked });
    await expect(received.getByText(account.phone.slice(-4)).first()).toBeVisible();
    const address = await received
      .locator('img')
      .first()
      .evaluate((image: HTMLImageElement) => image.currentSrc || image.src);
    expect((await shop.request.get(address)).status()).toBe(200);
    await received.locator('[name=answer]').fill('Ready on Thursday.');
    await received.getByRole('button', { name: words('en', 'leads.answer.submit') }).click();
    await expect(received.getByText('Ready on Thursday.')).toBeVisible();

    await page.reload();
    await expect(sent.getByText('Ready on Thursday.')).toBeVisible();
    await button(page, 'en', 'leads.sent.withdraw.action').click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: words('en', 'leads.sent.withdraw.confirm') })
      .click();
    await expect(button(page, 'en', 'leads.send.open')).toBeVisible();

    expect((await shop.request.get(address)).status()).toBe(404);
    await shop.reload();
    await expect(shop.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(shop.getByText(asked)).toHaveCount(0);
  },
);

test(
  'a client chooses from a private album, writes, and takes the very files along; the photographer exports the choice',
  fullOnly(true),
  async ({ page, context }) => {
    test.setTimeout(240_000);
    await signUpVendor(page, 'en', { ...newAccount(), businessName: 'Bahar Studio' });
    await page.goto('/en/vendor/albums');
    await fillIn(page, 'title', 'Wedding');
    await expect(page).toHaveURL(/\/vendor\/albums\/[0-9a-f-]{36}$/);
    await button(page, 'en', 'albums.settings').click();
    await page.getByRole('dialog').locator('[name=keepsSent]').check();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: words('en', 'albums.save'), exact: true })
      .click();
    await expect(page.getByText(words('en', 'albums.originals.on'))).toBeVisible();
    // One of them as a camera writes it: large, turned by its metadata, with a word in it that nothing else keeps.
    const camera = await sharp({ create: { width: 2400, height: 1600, channels: 3, background: '#7A1F2B' } })
      .jpeg({ quality: 98 })
      .withExif({ IFD0: { Make: 'Camera of the test' } })
      .toBuffer();
    const [plain] = await newPictures(1);
    if (!plain) throw new Error('no picture was made');
    const files = [
      { name: 'DSC_0042.JPG', mimeType: 'image/jpeg', buffer: camera },
      { ...plain, name: 'DSC_0043.JPG' },
    ];
    await page.locator('[name=file]').setInputFiles(files);
    const list = page.getByRole('list', { name: words('en', 'library.gallery.list'), exact: true });
    await expect(list.getByRole('listitem')).toHaveCount(2, { timeout: 60_000 });
    await expect(page.getByText('2 files of this album')).toBeVisible();

    await page.getByRole('button', { name: words('en', 'albumLinks.new'), exact: true }).click();
    const form = page.getByRole('dialog');
    await form.locator('[name=name]').fill('Mina');
    await form.locator('[name=mayDownload]').check();
    await form.locator('[name=givesSent]').check();
    await form.locator('[name=hasPicks]').check();
    await form.getByRole('button', { name: words('en', 'albumLinks.create'), exact: true }).click();
    const shared = page.getByRole('textbox', { name: words('en', 'sharing.address') });
    const open = new URL(await shared.first().inputValue()).pathname;

    const client = await another(context);
    await client.goto(open);
    await client
      .getByRole('button', { name: /^Choose: / })
      .first()
      .click();
    await client.locator('main a[id^=image-]').first().click();
    await client.getByRole('button', { name: /^Comment/ }).click();
    await client.locator('[name=words]').fill('This one for the wall');
    await client.locator('[name=name]').fill('Mina');
    await button(client, 'en', 'picks.say').click();
    await expect(client.getByText('This one for the wall')).toBeVisible();
    await client.keyboard.press('Escape');
    const [file] = await Promise.all([
      client.waitForEvent('download'),
      client.getByRole('link', { name: /Download the original/ }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('DSC_0042.JPG');
    const stream = await file.createReadStream();
    const got = Buffer.concat(await stream.toArray());
    expect(got.equals(camera)).toBe(true);
    await client.keyboard.press('Escape');
    await button(client, 'en', 'picks.send').click();
    await expect(client.getByText(/Your selection is with/).first()).toBeVisible();

    await page.reload();
    await page.locator('a[href*="/selection/"]').click();
    await expect(page.getByRole('heading', { name: words('en', 'picks.selection.title') })).toBeVisible();
    await expect(page.getByText('This one for the wall')).toBeVisible();
    const csv = await page
      .getByRole('link', { name: words('en', 'picks.selection.csv') })
      .getAttribute('href');
    const lines = (await (await page.request.get(csv ?? '')).text()).split('\r\n');
    expect(lines.some((line) => /^"?DSC_0042\.JPG"?,.*1,.*This one for the wall/.test(line))).toBe(true);
    expect(lines.join()).not.toContain('DSC_0043');
  },
);

test.describe('on a telephone in Persian', () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  test.use(phone);

  test(
    'a result is in a story after three taps; a stranger opens it, tries the same look, and reaches the shop',
    fullOnly(true),
    async ({ page, context }) => {
      test.setTimeout(240_000);
      // The shop offers the picture first, so that the way to it is a price, too.
      const shop = await another(context);
      await signInAsDemoVendor(shop, 'fa');
      await signUp(page, 'fa', newAccount());
      const id = await makeInLook(page, 'fa');
      const result = new URL(page.url()).pathname;
      const title = await titleOfLook(page);
      await shop.goto(`/vendor/images?q=${encodeURIComponent(title)}`);
      const cards = shop.getByRole('list', { name: words('fa', 'library.gallery.list'), exact: true });
      await cards.getByRole('listitem').first().getByRole('button').first().click();
      const editor = shop.getByRole('dialog');
      await editor.locator('[name=offered]').check();
      await editor.locator('[name=price]').fill('۸۵۰٬۰۰۰');
      await editor.locator('[name=link]').fill('https://shop.example.com/cushion');
      await editor.getByRole('button', { name: words('fa', 'library.gallery.edit.save') }).click();
      await expect(editor).toHaveCount(0);

      await page.goto(result);
      await expect(button(page, 'fa', 'sharing.open')).toBeVisible();
      // Counted where they happen: what a finger does, and nothing else.
      await page.evaluate(() => {
        const count = { taps: 0 };
        Object.assign(window, { count });
        addEventListener(
          'click',
          ({ isTrusted }) => {
            if (isTrusted) count.taps += 1;
          },
          true,
        );
      });
      const { picture, path: open } = await sendStory(page, 'fa');
      expect(picture).toEqual({ type: 'image/jpeg', width: 1080, height: 1920 });
      // The third is in the telephone's own sheet, where the story is chosen.
      expect(await page.evaluate(() => (window as unknown as { count: { taps: number } }).count.taps)).toBe(
        2,
      );

      const stranger = await another(context, phone);
      await stranger.goto(open);
      await expect(sharedPicture(stranger)).toBeVisible();
      await expect(stranger.getByText('۸۵۰٬۰۰۰')).toBeVisible();
      await expect(stranger.locator('a[href="https://shop.example.com/cushion"]')).toBeVisible();
      await stranger.getByRole('link', { name: words('fa', 'credit.try') }).click();
      await expect(stranger).toHaveURL(new RegExp(`/studio\\?reference=${id}`));
      await bringPhoto(stranger, 'fa');
      await expect(stranger.locator('[name=style][value^=reference]').first()).toBeChecked();
      await expect(stranger.locator('[data-stage=large]')).toBeVisible({ timeout: 60_000 });
      await stranger.goto(open);
      await stranger.locator(`main a[href="/g/${demoHandle}"]`).last().click();
      await expect(stranger).toHaveURL(new RegExp(`/g/${demoHandle}$`));
    },
  );
});

/** What the picture is called in whose look the result that is open was made. */
async function titleOfLook(page: Page): Promise<string> {
  return page.locator('main p a[href*="image="]').first().innerText();
}
