import type { Page } from 'playwright/test';
import { newAccount } from './support/account.ts';
import { buy, expectState } from './support/billing.ts';
import { checkPage } from './support/check-page.ts';
import { addAlbums, addVendors } from './support/long-lists.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { newPictures, signUpVendor } from './support/vendor.ts';
import { type Locale, path, words } from './support/words.ts';

/** Lists of two pages; the grids of pictures that everybody sees are walked by the vendor's day. */

const locale: Locale = 'en';

type List = {
  kind: 'image' | 'album' | 'vendor';
  /** Where it stands. */
  at: string;
  /** How many a page shows at first, and how many there are. */
  first: number;
  all: number;
};

/** Goes on by keyboard, goes away, and finds the list as it was left. */
async function growAndReturn(page: Page, { kind, at, first, all }: List): Promise<void> {
  await page.goto(at);
  const items = page.locator(`main a[id^=${kind}-]`);
  const more = page.getByRole('link', { name: words(locale, `gallery.grow.${kind}.more`) });
  await expect(items).toHaveCount(first);
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(items).toHaveCount(all);
  await expect(items.nth(first), 'one goes on with the first that came').toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: `${all - first} more` })).toBeAttached();
  await expect(more).toHaveCount(0);
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(at);
  const ids = await items.evaluateAll((links) => links.map(({ id }) => id));
  expect(new Set(ids).size).toBe(all);

  await page.locator('footer a[href$="/plans"]').click();
  await expect(page).toHaveURL(/plans$/);
  await page.goBack();
  await expect(items).toHaveCount(all);
  await page.reload();
  await expect(items).toHaveCount(all);
  await page.goto(path(locale, '/plans'));
  await page.goto(at);
  await expect(items, 'opened anew it begins at its beginning').toHaveCount(first);
}

/** Where JavaScript does not run, "more" is a page with the rest. */
async function followMore(page: Page, { kind, at, first, all }: List): Promise<void> {
  await page.goto(at);
  const items = page.locator(`main a[id^=${kind}-]`);
  await expect(items).toHaveCount(first);
  await page.getByRole('link', { name: words(locale, `gallery.grow.${kind}.more`) }).click();
  await expect(items).toHaveCount(all - first);
  expect(page.url()).not.toMatch(new RegExp(`${at.replace(/[?.]/g, '\\$&')}$`));
}

test(
  'albums of a vendor, and vendors that were searched for, go on below themselves',
  fullOnly(true),
  async ({ page, browser }) => {
    const account = newAccount();
    const word = `rows${account.phone.slice(-8)}`;
    const businessName = `${word} of albums`;
    await signUpVendor(page, locale, { ...account, businessName });
    const profile = await page.locator('a[href*="/g/"]').first().getAttribute('href');
    await addAlbums(businessName, 30);
    await addVendors(word, 29);
    const albums: List = { kind: 'album', at: profile ?? '', first: 24, all: 30 };
    const vendors: List = {
      kind: 'vendor',
      at: path(locale, `/explore?q=${word}&show=vendors`),
      first: 24,
      all: 30,
    };
    await growAndReturn(page, albums);
    await growAndReturn(page, vendors);
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const plainPage = await plain.newPage();
    await followMore(plainPage, albums);
    await followMore(plainPage, vendors);
    await plain.close();
    await checkPage(page, vendors.at);
    await checkPage(page, albums.at);
  },
);

test('the pictures of a private link go on below themselves', fullOnly(true), async ({ page, browser }) => {
  test.setTimeout(420_000);
  const all = 62;
  await signUpVendor(page, locale, { ...newAccount(), businessName: 'A long private album' });
  await buy(page, locale, { area: '/vendor', plan: 'vendor_pro' });
  await expectState(page, 'paid');
  await page.goto(path(locale, '/vendor/albums'));
  await page.locator('[name=title]').fill('Sixty-two');
  await page.locator('form:has([name=title]) [type=submit]').click();
  await expect(page).toHaveURL(/\/vendor\/albums\/[0-9a-f-]{36}$/);
  await page.locator('[name=file]').setInputFiles(await newPictures(all));
  const cards = page
    .getByRole('list', { name: words(locale, 'library.gallery.list'), exact: true })
    .getByRole('listitem');
  await expect(cards).toHaveCount(all, { timeout: 240_000 });
  await page.getByRole('button', { name: words(locale, 'albumLinks.new'), exact: true }).click();
  await page.getByRole('dialog').locator('[type=submit]').click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const link = await page.getByRole('textbox', { name: words(locale, 'sharing.address') }).inputValue();
  const list: List = {
    kind: 'image',
    at: path(locale, new URL(link, page.url()).pathname.replace(/^\/en/, '')),
    first: 60,
    all,
  };
  const visitor = await browser.newContext({ locale });
  const guest = await visitor.newPage();
  await growAndReturn(guest, list);
  // What came can be opened, and turned back to what was there.
  await guest.getByRole('link', { name: words(locale, 'gallery.grow.image.more') }).click();
  const tiles = guest.locator('main a[id^=image-]');
  await expect(tiles).toHaveCount(all);
  await tiles.nth(60).click();
  await expect(guest.getByRole('dialog').getByRole('img')).toBeVisible();
  await guest.keyboard.press('ArrowLeft');
  await expect(guest).toHaveURL(
    new RegExp((await tiles.nth(59).getAttribute('id'))?.slice('image-'.length) ?? ''),
  );
  await visitor.close();
  const plain = await browser.newContext({ javaScriptEnabled: false });
  await followMore(await plain.newPage(), list);
  await plain.close();
});
