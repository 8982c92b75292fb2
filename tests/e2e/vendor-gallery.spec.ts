import type { Page } from 'playwright/test';
import { newAccount } from './support/account.ts';
import { checkPage } from './support/check-page.ts';
import { samplePhoto, secondPhoto } from './support/studio.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { fillIn, newPictures, signUpVendor } from './support/vendor.ts';
import { type Locale, path, words } from './support/words.ts';

/** In Persian on a phone, in English on a desk. */
const settings = [
  { locale: 'fa', viewport: { width: 360, height: 780 }, hasTouch: true },
  { locale: 'en', viewport: { width: 1440, height: 900 }, hasTouch: false },
] as const;

const cards = (page: Page, locale: Locale) =>
  page.getByRole('list', { name: words(locale, 'library.gallery.list'), exact: true }).getByRole('listitem');

/** The pictures of the page by the names of their files, in the order they stand. */
async function shownOrder(page: Page, locale: Locale): Promise<string[]> {
  const names = await cards(page, locale)
    .locator('img')
    .evaluateAll((images) => images.map((image) => image.getAttribute('alt') ?? ''));
  return names.map((name) => /\d+/.exec(name)?.[0] ?? name);
}

async function choose(page: Page, locale: Locale, index: number): Promise<void> {
  await cards(page, locale).nth(index).getByRole('checkbox').check();
}

const inBar = (page: Page, locale: Locale, key: string) =>
  page
    .getByRole('region', { name: words(locale, 'library.gallery.selection.label') })
    .getByRole('button', { name: words(locale, key), exact: true });

test('from signing up to pictures that a stranger can try: each thing is asked once, and pressed once', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  const say = (key: string) => words('en', key);
  const press = (name: string | RegExp) =>
    page.getByRole('button', { name, exact: typeof name === 'string' }).click();
  const account = newAccount();
  await signUpVendor(page, 'en', { ...account, businessName: 'Lily Salon' });
  await page.goto('/en/vendor/images');
  await page.locator('[name=file]').setInputFiles([samplePhoto, secondPhoto]);
  await expect(cards(page, 'en')).toHaveCount(2, { timeout: 60_000 });
  // A portrait says nothing by itself; what the business is does, also of pictures that came before it was asked.
  await expect(cards(page, 'en').getByText(say('looks.kind.light'), { exact: true })).toHaveCount(2);
  await press(say('vendorProfile.kinds.salon'));
  await expect(cards(page, 'en').getByText(say('looks.kind.hair'), { exact: true })).toHaveCount(2);
  await expect(page.getByText(say('vendorProfile.ask.title'))).toHaveCount(0);

  // They go into an album by one press, and are shown with it by another.
  await page.goto('/en/vendor/albums');
  await page.getByLabel(say('albums.field.name')).fill('Spring');
  await press(say('albums.create'));
  await expect(page).toHaveURL(/\/vendor\/albums\/[0-9a-f-]{36}$/);
  await press(/^Put the 2 pictures/);
  await expect(cards(page, 'en')).toHaveCount(2);
  await press(say('albums.publish'));
  await expect(cards(page, 'en').getByText(say('library.gallery.public'), { exact: true })).toHaveCount(2);

  const shown = await page.getByRole('link', { name: say('albums.see') }).getAttribute('href');
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(shown ?? '');
  await expect(stranger.getByRole('link', { name: say('looks.try.hair') })).toHaveCount(2);
  await stranger.context().close();
});

for (const { locale, ...screen } of settings) {
  test.describe(`a vendor on a screen of ${screen.viewport.width} px`, () => {
    test.use(screen);

    test(
      `brings pictures in, orders, publishes, edits and takes one back (${locale})`,
      fullOnly(locale === 'en'),
      async ({ page, browser, expectFailure }) => {
        test.setTimeout(240_000);
        const account = newAccount();
        await signUpVendor(page, locale, { ...account, businessName: 'Blue Door' });
        await expect(
          page.getByRole('heading', { name: words(locale, 'vendorHome.steps.title') }),
        ).toBeVisible();

        // An address of one's own; a reserved one is told beside its field.
        const handle = `shop-${account.phone.slice(-8)}`;
        await page.goto(path(locale, '/vendor/profile'));
        await fillIn(page, 'handle', 'admin');
        await expect(page.getByText(words(locale, 'vendorProfile.handle.reserved'))).toBeVisible();
        await fillIn(page, 'handle', handle);
        await expect(page.locator(`a[href="${path(locale, `/g/${handle}`)}"]`).first()).toBeAttached();

        // An album, and five pictures at once into it; the sixth file is none and stops nobody.
        await page.goto(path(locale, '/vendor/albums'));
        await fillIn(page, 'title', 'Spring');
        await expect(page).toHaveURL(/\/vendor\/albums\/[0-9a-f-]{36}$/);
        const album = new URL(page.url()).pathname;
        const broken = { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a picture') };
        const [first, ...rest] = await newPictures(5);
        if (!first) throw new Error('no pictures were made');
        await page.locator('[name=file]').setInputFiles([first, broken, ...rest]);
        await expect(cards(page, locale)).toHaveCount(5, { timeout: 60_000 });
        await expect(page.getByText(words(locale, 'files.many.itemFailed'), { exact: true })).toBeVisible();
        await expect(async () => {
          expect(await shownOrder(page, locale)).toEqual(['1', '2', '3', '4', '5']);
        }).toPass();

        // By keyboard alone: the first picture goes one place on, and stays there.
        await page.reload();
        await expect(cards(page, locale)).toHaveCount(5);
        await page.locator('[data-sort-handle]').first().focus();
        await page.keyboard.press('Space');
        await page.waitForTimeout(250);
        await page.keyboard.press(locale === 'fa' ? 'ArrowLeft' : 'ArrowRight');
        await page.waitForTimeout(250);
        await page.keyboard.press('Space');
        await expect.poll(() => shownOrder(page, locale)).toEqual(['2', '1', '3', '4', '5']);
        // And without dragging at all: by the menu, to the end.
        await cards(page, locale).nth(0).getByRole('button').last().click();
        await page.getByRole('menuitem', { name: words(locale, 'albums.order.last') }).click();
        await expect.poll(() => shownOrder(page, locale)).toEqual(['1', '3', '4', '5', '2']);
        // Kept is what another page shows; loading this one anew could end what is still on its way.
        const other = await page.context().newPage();
        await expect(async () => {
          await other.goto(album);
          expect(await shownOrder(other, locale)).toEqual(['1', '3', '4', '5', '2']);
        }).toPass({ timeout: 20_000 });
        await other.close();
        await page.reload();
        await expect.poll(() => shownOrder(page, locale)).toEqual(['1', '3', '4', '5', '2']);

        // Published: the album, and all of its pictures in one act.
        await page.getByRole('button', { name: words(locale, 'albums.publish'), exact: true }).click();
        await expect(
          cards(page, locale).getByText(words(locale, 'library.gallery.public'), { exact: true }),
        ).toHaveCount(5);

        // A title and tags.
        await cards(page, locale).nth(0).getByRole('button').nth(0).click();
        const dialog = page.getByRole('dialog');
        await dialog.locator('[name=title]').fill('Blue glaze');
        // A width in the digits of either keyboard.
        await dialog.getByLabel(words(locale, 'vendorLooks.kind')).selectOption('fabric');
        await dialog.locator('[name=repeatCm]').fill('۴۵');
        await expect(dialog.locator('[name=repeatCm]')).toHaveValue('45');
        await dialog.locator('[name=tags]').fill('كاشي,');
        await dialog.getByRole('button', { name: words(locale, 'library.gallery.edit.save') }).click();
        await expect(dialog).toHaveCount(0);
        await expect(
          cards(page, locale).nth(0).getByRole('paragraph').filter({ hasText: 'Blue glaze' }),
        ).toBeVisible();

        // A visitor finds the album as it was ordered.
        const visitor = await browser.newPage();
        await visitor.goto(path(locale, album.replace(/^(?:\/en)?\/vendor\/albums/, `/g/${handle}`)));
        await expect(visitor.locator('main img')).toHaveCount(5);
        await expect(visitor.getByText('Blue Door').first()).toBeVisible();
        const seen = (await visitor.locator('main img').nth(1).getAttribute('src')) ?? '';
        expect((await visitor.request.get(seen)).status()).toBe(200);

        // Taken back: its address leads nowhere, at once.
        await choose(page, locale, 1);
        await inBar(page, locale, 'library.gallery.unpublish').click();
        await expect(
          cards(page, locale).getByText(words(locale, 'library.gallery.private'), { exact: true }),
        ).toHaveCount(1);
        await expect.poll(async () => (await visitor.request.get(seen)).status()).toBe(404);
        await visitor.reload();
        await expect(visitor.locator('main img')).toHaveCount(4);
        await visitor.close();

        // Thrown away, restored to its place, thrown away for good: the free place comes back then.
        await page.goto(path(locale, '/vendor/images'));
        await choose(page, locale, 0);
        await inBar(page, locale, 'library.gallery.trash').click();
        await expect(cards(page, locale)).toHaveCount(4);
        await page.goto(path(locale, '/vendor/images?show=trash'));
        const trash = page.getByRole('list', { name: words(locale, 'library.gallery.bin.list') });
        await trash.getByRole('checkbox').check();
        await inBar(page, locale, 'library.gallery.bin.restore').click();
        await expect(page.getByText(words(locale, 'library.gallery.bin.none'))).toBeVisible();
        await page.goto(album);
        await expect(cards(page, locale)).toHaveCount(5);
        await page.goto(path(locale, '/vendor/images'));
        await choose(page, locale, 0);
        await inBar(page, locale, 'library.gallery.trash').click();
        await expect(cards(page, locale)).toHaveCount(4);
        await page.goto(path(locale, '/vendor/images?show=trash'));
        await page
          .getByRole('button', { name: words(locale, 'library.gallery.bin.empty'), exact: true })
          .click();
        await page
          .getByRole('dialog')
          .getByRole('button', { name: words(locale, 'library.delete.confirm'), exact: true })
          .click();
        await expect(page.getByText(words(locale, 'library.gallery.bin.none'))).toBeVisible();

        // Its pages, full as they are now, are accessible and fit a phone.
        for (const address of ['/vendor', '/vendor/images', '/vendor/albums']) {
          await checkPage(page, path(locale, address));
        }
        await checkPage(page, album);
        expectFailure(/\/vendor\/albums\/0/);
        const missing = await page.goto(path(locale, '/vendor/albums/00000000-0000-4000-8000-000000000000'));
        expect(missing?.status()).toBe(404);
      },
    );
  });
}
