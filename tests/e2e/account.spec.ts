import type { Page } from 'playwright/test';
import { type Account, newAccount, readCode, signIn, signOut, signUp } from './support/account.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { type Locale, path, words } from './support/words.ts';

const settings = [
  { locale: 'fa', viewport: { width: 360, height: 780 } },
  { locale: 'en', viewport: { width: 1440, height: 900 } },
] as const;

/** A card of the account page by its heading. */
const section = (page: Page, locale: Locale, name: string) =>
  page.getByRole('region', { name: words(locale, `account.${name}.title`) });

const told = (page: Page, locale: Locale, key: string) =>
  expect(page.getByText(words(locale, key)).first()).toBeVisible();

/** The same account in another browser, which sends an agent of its own. */
async function secondDevice(page: Page, locale: Locale, account: Account) {
  const browser = page.context().browser();
  const context = await browser?.newContext({
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15',
    baseURL: new URL(page.url()).origin,
  });
  if (!context) throw new Error('no browser');
  const other = await context.newPage();
  await signIn(other, locale, account);
  return { other, close: () => context.close() };
}

for (const { locale, ...screen } of settings) {
  test.describe(`an account on a screen of ${screen.viewport.width} px (${locale})`, () => {
    test.use(screen);

    test(
      `is named, keeps its name, and ends the session of a device it does not know (${locale})`,
      fullOnly(locale === 'en'),
      async ({ page }) => {
        const account = newAccount();
        await signUp(page, locale, account);
        await page.goto(path(locale, '/account'));
        await page.locator('[name=name]').fill('نرگس <b>');
        await page.locator('[name=bio]').fill('عکاس');
        await page.locator('form:has([name=name]) [type=submit]').click();
        await told(page, locale, 'account.profile.saved');
        await page.reload();
        await expect(page.locator('[name=name]')).toHaveValue('نرگس <b>');

        const { other, close } = await secondDevice(page, locale, account);
        // The new device is told in the centre of notices.
        await page.goto(path(locale, '/notices'));
        await told(page, locale, 'notices.kinds.session.newDevice.title');
        await page.getByRole('button', { name: words(locale, 'notices.readAll') }).click();
        await expect(page.getByText(words(locale, 'notices.new'), { exact: true })).toHaveCount(0);

        await page.goto(path(locale, '/account'));
        const devices = section(page, locale, 'devices');
        await expect(devices.getByRole('listitem')).toHaveCount(2);
        await devices.getByRole('listitem').nth(1).getByRole('button').click();
        await page.getByRole('dialog').locator('[name=confirm]').click();
        await told(page, locale, 'account.devices.revoked');
        await expect(devices.getByRole('listitem')).toHaveCount(1);
        await other.goto(path(locale, '/account'));
        await expect(other).toHaveURL(/\/login\?next=/);
        await close();
      },
    );

    test(
      `gets another password, and the old one opens nothing any more (${locale})`,
      fullOnly(locale === 'fa'),
      async ({ page }) => {
        const account = newAccount();
        await signUp(page, locale, account);
        await page.goto(path(locale, '/account'));
        const form = section(page, locale, 'password');
        await form.locator('[name=password]').fill('not the right one');
        await form.locator('[name=newPassword]').fill('another quiet lantern');
        await form.locator('[type=submit]').click();
        // The refusal stands beside the field, and what was typed is kept.
        await expect(form.locator('[name=password][aria-invalid=true]')).toBeVisible();
        await expect(form.locator('[name=newPassword]')).toHaveValue('another quiet lantern');
        await form.locator('[name=password]').fill(account.password);
        await form.locator('[type=submit]').click();
        await told(page, locale, 'account.password.changed');
        await signOut(page, locale);
        await signIn(page, locale, { ...account, password: 'another quiet lantern' });
      },
    );

    test(
      `gets another number when both are confirmed (${locale})`,
      fullOnly(locale === 'en'),
      async ({ page }) => {
        const [account, next] = [newAccount(), newAccount()];
        await signUp(page, locale, account);
        await page.goto(path(locale, '/account'));
        const card = section(page, locale, 'phone');
        await card.getByRole('button', { name: words(locale, 'account.phone.open') }).click();
        await card.locator('[name=phone]').fill(next.phone);
        await card.locator('[name=password]').fill(account.password);
        await card.locator('[type=submit]').click();
        await expect(card.locator('[name=oldCode]')).toBeVisible();
        await card.locator('[name=oldCode]').fill(await readCode(page, account.phone));
        await card.locator('[name=code]').fill(await readCode(page, next.phone));
        await card.locator('form [type=submit]').click();
        await told(page, locale, 'account.phone.changed');
        await signOut(page, locale);
        await signIn(page, locale, { ...account, phone: next.phone });
      },
    );
  });
}

test('a forgotten password is set anew with a code from the phone', async ({ page, context }) => {
  const account = newAccount();
  await signUp(page, 'fa', account);
  await context.clearCookies();
  await page.goto('/forgot-password');
  await page.locator('[name=phone]').fill(account.phone);
  await page.locator('form:has([name=phone]) [type=submit]').click();
  await expect(page.locator('[name=code]')).toBeVisible();
  await page.locator('[name=code]').fill(await readCode(page, account.phone));
  await page.locator('[name=newPassword]').fill('a third quiet lantern');
  await page.locator('form:has([name=code]) [type=submit]').click();
  await expect(page).toHaveURL(/\/(login|studio)/);
  if (page.url().includes('/login')) {
    await signIn(page, 'fa', { ...account, password: 'a third quiet lantern' });
  }
});
