import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright/test';
import sharp from 'sharp';
import { newAccount } from './support/account.ts';
import { buy, expectState } from './support/billing.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { fillIn, signUpVendor } from './support/vendor.ts';
import { type Locale, path, words } from './support/words.ts';

const locale: Locale = 'en';
const pictures = 60;
/** Ten places are free, five hundred come with the plan. */
const room = 510;

/** Photographs of a megabyte or two, each another one. */
async function photographs(): Promise<{ name: string; mimeType: string; buffer: Buffer }[]> {
  const sources = await Promise.all(
    ['portrait.jpg', 'second.jpg'].map((name) =>
      readFile(new URL(`../../scripts/rig/photos/${name}`, import.meta.url)),
    ),
  );
  const made: { name: string; mimeType: string; buffer: Buffer }[] = [];
  for (let index = 0; index < pictures; index += 1) {
    const wide = index % 3 !== 0;
    const buffer = await sharp(sources[index % sources.length])
      .resize(wide ? 1800 : 1350, wide ? 1350 : 1800, { fit: 'cover', position: 'attention' })
      .modulate({ hue: index * 6, saturation: 0.6 + (index % 7) * 0.1 })
      .jpeg({ quality: 88 })
      .toBuffer();
    made.push({ name: `IMG_${4000 + index}.jpg`, mimeType: 'image/jpeg', buffer });
  }
  return made;
}

const listOf = (page: Page) =>
  page.getByRole('list', { name: words(locale, 'library.gallery.list'), exact: true });
const cards = (page: Page) => listOf(page).getByRole('listitem');
const namesOf = (page: Page) =>
  cards(page)
    .locator('img')
    .evaluateAll((images) => images.map((image) => image.getAttribute('alt') ?? ''));
const bar = (page: Page) =>
  page.getByRole('region', { name: words(locale, 'library.gallery.selection.label') });
const named = (within: Locator | Page, key: string, given: Record<string, string> = {}) => {
  const name = words(locale, key).replace(/\{(\w+)[^}]*\}/g, (_, part: string) => given[part] ?? '');
  return within.getByRole('button', { name, exact: true });
};

/** The newest pictures go on below themselves; a reader who comes back finds them, and the place in them. */
async function growAndReturn(page: Page): Promise<void> {
  await page.goto(path(locale, '/explore'));
  const tiles = page.locator('main a[id^=image-]');
  const before = await tiles.count();
  const more = page.getByRole('link', { name: words(locale, 'gallery.grow.image.more') });
  expect(await more.getAttribute('href')).toContain('cursor=');
  await more.click();
  await expect.poll(() => tiles.count()).toBeGreaterThan(before);
  await expect(page).toHaveURL(new RegExp(`${path(locale, '/explore')}$`));
  const grown = await tiles.count();
  const last = tiles.last();
  await last.scrollIntoViewIfNeeded();
  await page.waitForTimeout(300);
  const top = await page.evaluate(() => window.scrollY);
  expect(top).toBeGreaterThan(500);
  const place = () => page.evaluate(() => window.scrollY);
  // Within the site, and from elsewhere.
  await page.locator('footer a[href$="/plans"]').click();
  await expect(page).toHaveURL(/plans$/);
  await page.goBack();
  await expect(tiles).toHaveCount(grown);
  await expect.poll(async () => Math.abs((await place()) - top)).toBeLessThan(60);
  await page.reload();
  await expect(tiles).toHaveCount(grown);
  await expect.poll(async () => Math.abs((await place()) - top)).toBeLessThan(60);
  // Opened anew it begins at its beginning; by keyboard one goes on with the first that came.
  await page.goto(path(locale, '/plans'));
  await page.goto(path(locale, '/explore'));
  await expect(tiles).toHaveCount(before);
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(tiles.nth(before)).toBeFocused();
}

test(
  'sixty pictures go in, three albums stand in order and are shown, and a visitor finds and tries one',
  fullOnly(true),
  async ({ page, browser, expectFailure }) => {
    test.setTimeout(900_000);
    const account = newAccount();
    const handle = `day-${account.phone.slice(-8)}`;
    await page.setViewportSize({ width: 1440, height: 900 });
    await signUpVendor(page, locale, { ...account, businessName: 'Lantern House' });
    await page.goto(path(locale, '/vendor/profile'));
    await fillIn(page, 'handle', handle);
    await expect(page.locator(`a[href="${path(locale, `/g/${handle}`)}"]`).first()).toBeAttached();
    await buy(page, locale, { area: '/vendor', plan: 'vendor_pro' });
    await expectState(page, 'paid');

    // Sixty photographs and one that is none, all in one go; the line is cut on the way.
    const broken = { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a picture') };
    const chosen = await photographs();
    await page.goto(path(locale, '/vendor/images'));
    expectFailure(/\/api\/(ut|uploadthing)|^$|_next/);
    await page.locator('[name=file]').setInputFiles([...chosen.slice(0, 20), broken, ...chosen.slice(20)]);
    const ready = page.getByText(/^\d+ of 61 pictures ready/);
    await expect(ready).toHaveText(/^(?:[8-9]|\d\d) of/, { timeout: 120_000 });
    await page.context().setOffline(true);
    await page.waitForTimeout(3000);
    const whenCut = await ready.innerText();
    await page.waitForTimeout(1000);
    expect(await ready.innerText()).toBe(whenCut);
    await page.context().setOffline(false);
    await expect(ready).toHaveText(/^60 of 61/, { timeout: 300_000 });
    await expect(page.getByText(words(locale, 'files.many.itemFailed'), { exact: true })).toHaveCount(1);
    await page.reload();
    await expect(cards(page)).toHaveCount(pictures);
    await expect(page.getByText(`Room for ${room - pictures} more pictures.`)).toBeVisible();
    expect(new Set(await namesOf(page)).size).toBe(pictures);

    // Three albums of twenty, made on the way.
    for (const [index, name] of ['Autumn', 'Winter', 'Spring'].entries()) {
      for (let at = 0; at < 20; at += 1) {
        await cards(page)
          .nth(index * 20 + at)
          .getByRole('checkbox')
          .check();
      }
      await named(bar(page), 'library.gallery.file').click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('[name=title]').fill(name);
      await dialog.getByRole('button', { name: new RegExp(name) }).click();
      await expect(dialog).toHaveCount(0);
      await expect(bar(page)).toHaveCount(0);
    }
    await page.goto(path(locale, '/vendor/albums'));
    const albums = page.locator('main h2 a');
    await expect(albums).toHaveText(['Spring', 'Winter', 'Autumn']);

    // Ordered by the menu, published, one of them edited.
    await albums.first().click();
    await expect(cards(page)).toHaveCount(20);
    const [first, second, ...rest] = await namesOf(page);
    await cards(page).nth(0).getByRole('button').last().click();
    await page.getByRole('menuitem', { name: words(locale, 'albums.order.last') }).click();
    await expect.poll(() => namesOf(page)).toEqual([second, ...rest, first]);
    await expect(cards(page).nth(0).getByText(words(locale, 'albums.cover'), { exact: true })).toBeVisible();
    const album = `/g/${handle}/${new URL(page.url()).pathname.split('/').at(-1)}`;
    await named(page, 'albums.publish').click();
    await expect(named(page, 'albums.hide')).toBeVisible();
    await page.goto(path(locale, '/vendor/images'));
    await cards(page).nth(0).getByRole('checkbox').check();
    await named(bar(page), 'library.gallery.selection.all', { count: `${pictures}` }).click();
    await named(bar(page), 'library.gallery.publish').click();
    await expect(cards(page).getByText(words(locale, 'library.gallery.public'), { exact: true })).toHaveCount(
      pictures,
      { timeout: 60_000 },
    );
    await page.goto(path(locale, album.replace(/^\/g\/[^/]+/, '/vendor/albums')));
    await cards(page).nth(0).getByRole('button').nth(0).click();
    const editor = page.getByRole('dialog');
    await editor.locator('[name=title]').fill(`Amber ${handle}`);
    await editor.locator('[name=tags]').fill('amber,');
    await named(editor, 'library.gallery.edit.save').click();
    await expect(cards(page).nth(0).getByRole('paragraph').getByText(`Amber ${handle}`)).toBeVisible();
    await page.reload();

    // A visitor finds it, looks at it, and comes to the studio with it.
    const visitor = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
    const guest = await visitor.newPage();
    await guest.goto(path(locale, '/explore'));
    await guest.locator('[name=q]').fill(`amber ${handle}`);
    await guest.keyboard.press('Enter');
    const tiles = guest.locator('main a[id^=image-]');
    await expect(tiles).toHaveCount(1);
    await growAndReturn(guest);
    await guest.goto(path(locale, album));
    await expect(tiles).toHaveCount(20);
    await tiles.first().click();
    await expect(guest.getByRole('dialog')).toContainText(`Amber ${handle}`);
    const shown = (await guest.getByRole('dialog').getByRole('img').getAttribute('src')) ?? '';
    await guest
      .getByRole('dialog')
      .getByRole('link', { name: words(locale, 'looks.try.light') })
      .click();
    await expect(guest.locator('[name=style][value^=reference]').first()).toBeChecked();

    // Taken back: gone from the page and from its address.
    expect((await guest.request.get(shown)).status()).toBe(200);
    await cards(page).nth(0).getByRole('checkbox').check();
    await named(bar(page), 'library.gallery.unpublish').click();
    await expect.poll(async () => (await guest.request.get(shown)).status()).toBe(404);
    await guest.goto(path(locale, album));
    await expect(tiles).toHaveCount(19);
    await visitor.close();
  },
);
