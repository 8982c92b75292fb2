import type { Browser, Page } from 'playwright/test';
import { tryPath } from '#lib/gallery/public/paths.ts';
import { demoHandle } from '#scripts/seed/demo-gallery.ts';
import { accountWalks } from './cut-lines/account-walks.ts';
import { adminWalks, factorWalks, proofWalks } from './cut-lines/admin-walks.ts';
import { albumEnds, albumWalks } from './cut-lines/album-walks.ts';
import {
  dropPhotos,
  giveConversions,
  idOf,
  makeCodes,
  makeConversions,
  makePhotos,
} from './cut-lines/made-rows.ts';
import { somebody, useCuttingLine, walkAll } from './cut-lines/over-cut-line.ts';
import { leadWalks, userWalks } from './cut-lines/user-walks.ts';
import { vendorWalks } from './cut-lines/vendor-walks.ts';
import { guestWalks, pickWalks, visitorWalks } from './cut-lines/visitor-walks.ts';
import { locale, say } from './cut-lines/walk.ts';
import { type Account, newAccount, readCode, signIn, signInAsDemoVendor, signUp } from './support/account.ts';
import { grant, codeOf as totp } from './support/admin.ts';
import { shareResult } from './support/sharing.ts';
import { bringPhoto, convert } from './support/studio.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { fillIn, newPictures, signUpVendor } from './support/vendor.ts';
import { path } from './support/words.ts';

/**
 * Every action of the site that a person asks for (`cut-lines/*-walks.ts`) over a line that is cut. That the second of two equal
 * wishes has no effect, and the same answer, is proved for every action by `tests/access/lost-commits.test.ts`; here the
 * page must send the very same wish, and say what is true.
 */
useCuttingLine();

const shop = { businessName: 'House of quiet' };
const join = (page: Page, kind: 'User' | 'Vendor', account: Account) =>
  kind === 'User' ? signUp(page, locale, account) : signUpVendor(page, locale, { ...account, ...shop });

async function comeIn(page: Page, kind: 'User' | 'Vendor', account: Account): Promise<void> {
  if (kind === 'User') return signIn(page, locale, account);
  await page.goto(path(locale, '/vendor/login'));
  await page.locator('[name=phone]').fill(account.phone);
  await fillIn(page, 'password', account.password);
  await expect(page).toHaveURL(/\/vendor$/);
}

const here = (page: Page) => new URL(page.url()).pathname.replace('/en', '');

for (const kind of ['User', 'Vendor'] as const) {
  test(
    `signing up, in and out, and a forgotten password, over a cut line: ${kind}`,
    fullOnly(true),
    async ({ browser }) => {
      test.setTimeout(600_000);
      const account = newAccount();
      const pages: Page[] = [];
      // The first browser stays signed in: on its page of notices stands the code for another one.
      const shownCode = async (area: string) => {
        const [first] = pages;
        await first?.goto(path(locale, `${area}/notices`));
        const code = first?.locator('[aria-labelledby=codes-title] li').first().locator('p').last();
        return (await code?.innerText())?.replace(/\D/g, '') ?? '';
      };
      for (const walks of visitorWalks(kind, { ...account, codeOf: readCode, shownCode })) {
        const page = await somebody(browser);
        pages.push(page);
        await walkAll(page, walks);
      }
    },
  );

  test(`an account over a cut line: ${kind}`, fullOnly(true), async ({ browser }) => {
    test.setTimeout(900_000);
    const [account, moved] = [newAccount(), newAccount()];
    const codes = await makeCodes(kind === 'User' ? 'user' : 'vendor');
    const page = await somebody(browser);
    await join(page, kind, account);
    // Two more devices, to be signed out, and one that is not signed in yet.
    const others = [await somebody(browser), await somebody(browser)];
    for (const other of others) await comeIn(other, kind, account);
    const stranger = await somebody(browser);
    const askElsewhere = async (area: string) => {
      await stranger.goto(path(locale, `${area}/login/code`));
      await fillIn(stranger, 'phone', account.phone);
      await stranger.locator('[name=code]').waitFor();
    };
    const way = { ...account, ...codes, newPhone: moved.phone, codeOf: readCode, askElsewhere };
    await walkAll(page, accountWalks(kind, way));
  });
}

test('results, photos and links over a cut line', fullOnly(true), async ({ browser }) => {
  test.setTimeout(900_000);
  const page = await somebody(browser);
  const account = newAccount();
  await join(page, 'User', account);
  await giveConversions(account.phone);
  await bringPhoto(page, locale);
  await convert(page, locale, 'noir');
  const result = here(page);
  const link = await shareResult(page, locale, { password: 'a quiet lantern' });
  const guest = await somebody(browser);
  await walkAll(guest, guestWalks(link.replace(/^\/en/, ''), 'a quiet lantern', `/g/${demoHandle}`));
  const [failed, waiting] = await makeConversions(account.phone);
  await makePhotos(account.phone, 25);
  const { phone } = account;
  const way = { phone, result, failed: `/conversions/${failed}`, waiting: `/conversions/${waiting}` };
  await walkAll(page, userWalks(way));
  await dropPhotos(account.phone);
});

test('a result sent to a shop over a cut line', fullOnly(true), async ({ browser }) => {
  test.setTimeout(600_000);
  const [page, desk] = [await somebody(browser), await somebody(browser)];
  await signInAsDemoVendor(desk, locale);
  await join(page, 'User', newAccount());
  await page.goto(path(locale, `/g/${demoHandle}`));
  const image = await page.locator('main a[id^=image-]').first().getAttribute('id');
  await page.goto(path(locale, tryPath((image ?? '').replace('image-', ''))));
  await bringPhoto(page, locale);
  await page.getByRole('button', { name: say('studio.convert') }).click();
  await expect(page).toHaveURL(/\/conversions\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  await page.getByRole('button', { name: say('leads.send.open') }).waitFor({ timeout: 60_000 });
  const walks = leadWalks(here(page));
  await walkAll(page, walks.send);
  await walkAll(desk, walks.answer);
  await walkAll(page, walks.withdraw);
});

/** A vendor with two albums, and four pictures in the first. */
async function madeGallery(browser: Browser, account: Account) {
  const page = await somebody(browser);
  await join(page, 'Vendor', account);
  const albums: string[] = [];
  for (const title of ['Winter', 'Summer']) {
    await page.goto(path(locale, '/vendor/albums'));
    await fillIn(page, 'title', title);
    await expect(page).toHaveURL(/\/vendor\/albums\/[0-9a-f-]{36}$/);
    albums.push(here(page));
  }
  const [album = ''] = albums;
  await page.goto(path(locale, album));
  await page.locator('[name=file]').setInputFiles(await newPictures(4));
  const list = page.getByRole('list', { name: say('library.gallery.list'), exact: true });
  await expect(list.getByRole('listitem')).toHaveCount(4, { timeout: 60_000 });
  return { page, album };
}

test('a gallery over a cut line', fullOnly(true), async ({ browser }) => {
  test.setTimeout(900_000);
  const account = newAccount();
  const { page, album } = await madeGallery(browser, account);
  const way = { album, other: 'Summer' };
  await walkAll(page, albumWalks(way));
  await page.goto(path(locale, album));
  const link = page.getByRole('textbox', { name: say('sharing.address') }).first();
  await expect(link).toHaveValue(/^http/);
  const address = new URL(await link.inputValue()).pathname.replace('/en', '');
  await walkAll(await somebody(browser), pickWalks(address));
  await walkAll(page, albumEnds(way));
  await walkAll(page, vendorWalks(`quiet-${account.phone.slice(-8)}`));
});

test('administration over a cut line', fullOnly(true), async ({ browser }) => {
  test.setTimeout(900_000);
  const [page, second] = [await somebody(browser), await somebody(browser)];
  const [admin, person, vendor] = [newAccount(), newAccount(), newAccount()];
  await join(await somebody(browser), 'User', person);
  await join(await somebody(browser), 'Vendor', vendor);
  await join(page, 'User', admin);
  grant(admin.phone);
  let secret = '';
  await walkAll(
    page,
    factorWalks((shown) => {
      secret = shown;
      return totp(shown);
    }),
  );
  const pages = {
    person: `/admin/users/${await idOf('users', person.phone)}`,
    shop: `/admin/vendors/${await idOf('vendors', vendor.phone)}`,
  };
  await walkAll(page, adminWalks(pages));
  await comeIn(second, 'User', admin);
  // The code of the half minute that comes: each works once.
  await walkAll(
    second,
    proofWalks(() => totp(secret, 1)),
  );
});
