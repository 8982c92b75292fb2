import { invariants } from '#lib/db/invariants.ts';
import { newAccount, signIn, signUp } from './support/account.ts';
import { act, codeOf, enrol, grant } from './support/admin.ts';
import { checkPage } from './support/check-page.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { path, words } from './support/words.ts';

const pages = [
  '/admin',
  '/admin/money?check=now',
  '/admin/users',
  '/admin/vendors',
  '/admin/payments',
  '/admin/payments?show=attention',
  '/admin/plans',
  '/admin/books',
  '/admin/settlements',
  '/admin/coupons',
  '/admin/circulars',
  '/admin/legal',
  '/admin/conversions',
  '/admin/moderation',
  '/admin/audit',
];

for (const locale of ['fa', 'en'] as const) {
  test(
    `an administrator finds somebody, suspends and restores them, and sees that every invariant holds (${locale})`,
    fullOnly(locale === 'en'),
    async ({ page, browser, expectFailure }) => {
      test.setTimeout(420_000);
      const [admin, person] = [newAccount(), newAccount()];
      const other = await (await browser.newContext()).newPage();
      await signUp(other, locale, person);
      await signUp(page, locale, admin);

      // A user who is no administrator finds nothing there.
      expectFailure(/\/admin$/);
      expect((await page.goto(path(locale, '/admin')))?.status()).toBe(404);
      grant(admin.phone);
      const { secret, used } = await enrol(page, locale);
      await page.goto(path(locale, '/admin/users'));

      await page.locator('[name=q]').fill(person.phone);
      await page.locator('[name=q]').press('Enter');
      // Beside what became of the messages to the number.
      const found = page.locator('tbody tr a[href*="/admin/users/"]');
      await expect(found).toHaveCount(1);
      await found.click();
      await act(page, locale, 'suspend', 'asked for by phone');
      await expect(page.getByText(words(locale, 'admin.accounts.suspended'), { exact: true })).toBeVisible();
      // The other browser is out with its next page, without having done anything.
      await other.goto(path(locale, '/account'));
      await expect(other).toHaveURL(/\/login\?/);

      await act(page, locale, 'restore', 'it was a mistake');
      await expect(page.getByText(words(locale, 'admin.accounts.active'), { exact: true })).toBeVisible();
      await signIn(other, locale, person);
      await checkPage(page, new URL(page.url()).pathname);

      await page.goto(path(locale, '/admin/money'));
      await page.getByRole('button', { name: words(locale, 'admin.money.check'), exact: true }).click();
      await expect(page.locator('[data-invariant]')).toHaveCount(invariants.length);

      await page.goto(path(locale, '/admin/audit?by=admin'));
      await expect(page.getByText('it was a mistake').first()).toBeVisible();

      // The password alone opens nothing in another browser, nor does the code that was used here.
      await signIn(other, locale, admin);
      await other.goto(path(locale, '/admin/users'));
      await expect(other).toHaveURL(/\/admin\/factor/);
      await checkPage(other, new URL(other.url()).pathname);
      await other.goto(path(locale, '/admin/users'));
      await other.locator('[name=code]').fill(used);
      await other.locator('[type=submit]').click();
      await expect(other.getByText(words(locale, 'errors.auth.codeWrong'))).toBeVisible();
      await other.locator('[name=code]').fill(codeOf(secret, 1));
      await other.locator('[type=submit]').click();
      await expect(other).toHaveURL(/\/admin\/users$/);
      await other.context().close();
    },
  );

  test(
    `every page of administration is accessible and fits a phone, light and dark (${locale})`,
    fullOnly(true),
    async ({ page }) => {
      test.setTimeout(420_000);
      const admin = newAccount();
      await signUp(page, locale, admin);
      grant(admin.phone);
      await enrol(page, locale);
      for (const address of pages) await checkPage(page, path(locale, address));
    },
  );
}
