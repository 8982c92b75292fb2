import { agreeWalk } from './cut-lines/admin-walks.ts';
import { publishTerms } from './cut-lines/made-rows.ts';
import { somebody, useCuttingLine, walkAll } from './cut-lines/over-cut-line.ts';
import { newAccount, signUp } from './support/account.ts';
import { enrol, grant } from './support/admin.ts';
import { checkPage } from './support/check-page.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { signUpVendor } from './support/vendor.ts';
import { path, words } from './support/words.ts';

const locale = 'fa';

// One after the other: a version of the terms is everybody's.
test.describe.configure({ mode: 'default' });

test(
  'an operator publishes terms of their own: a visitor reads them, who was there before is asked once, who comes now agrees by signing up',
  fullOnly(true),
  async ({ page, browser }) => {
    test.setTimeout(240_000);
    const [admin, before] = [newAccount(), newAccount()];
    const other = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
    await signUp(other, locale, before);
    await signUp(page, locale, admin);
    grant(admin.phone);
    await enrol(page, locale);
    await checkPage(page, path(locale, '/admin/legal'));
    await page.setViewportSize({ width: 1280, height: 900 });
    const open = page.getByRole('button', { name: words(locale, 'admin.acts.publishText.open') });
    await open.first().click();
    const dialog = page.getByRole('dialog');
    // It begins with the words that hold.
    await expect(dialog.locator('[name=fa]')).toHaveValue(/# /);
    await dialog.locator('[name=fa]').fill('برای همه.\n\n# عکس‌ها\n\n- یکی\n- دیگری\n\n<b>متن</b>');
    await dialog.locator('[name=en]').fill('For everybody.');
    await dialog.locator('[name=reason]').fill('our own lawyer');
    await dialog.locator('[type=submit]').click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByText(words(locale, 'admin.legal.inForce'), { exact: true })).toBeVisible();

    const visitor = await (await browser.newContext()).newPage();
    await expect(async () => {
      await visitor.goto(path(locale, '/terms'));
      await expect(visitor.getByRole('heading', { name: 'عکس‌ها' })).toBeVisible({ timeout: 1000 });
    }).toPass();
    await expect(visitor.getByText('<b>متن</b>')).toBeVisible();
    await checkPage(visitor, path(locale, '/terms'));

    const bar = other.getByRole('complementary', { name: words(locale, 'account.legal.label') });
    await other.goto(path(locale, '/conversions'));
    await expect(bar).toBeVisible();
    await checkPage(other, path(locale, '/conversions'));
    await bar.getByRole('button', { name: words(locale, 'account.legal.agree') }).click();
    await expect(bar).toHaveCount(0);
    await other.goto(path(locale, '/studio'));
    await expect(other.locator('main#main')).toBeVisible();
    await expect(bar).toHaveCount(0);

    const late = await (await browser.newContext()).newPage();
    await signUp(late, locale, newAccount());
    await expect(late.locator('main#main')).toBeVisible();
    await expect(late.getByRole('complementary', { name: words(locale, 'account.legal.label') })).toHaveCount(
      0,
    );
  },
);

test.describe('over a cut line', () => {
  useCuttingLine();

  test('whoever was there before agrees to new terms once', fullOnly(true), async ({ browser }) => {
    test.setTimeout(240_000);
    const [user, vendor] = [await somebody(browser), await somebody(browser)];
    await signUp(user, 'en', newAccount());
    await signUpVendor(vendor, 'en', { ...newAccount(), businessName: 'House of quiet' });
    await publishTerms();
    await walkAll(user, [agreeWalk('User', '/account')]);
    await walkAll(vendor, [agreeWalk('Vendor', '/vendor/profile')]);
  });
});
