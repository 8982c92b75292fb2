import { newAccount, readCode, signUp } from './support/account.ts';
import { buy, expectState, goToBank, payWords, takeReceipt } from './support/billing.ts';
import { checkPage } from './support/check-page.ts';
import { expect, test } from './support/test.ts';
import { signUpVendor } from './support/vendor.ts';
import { words } from './support/words.ts';

test.describe('a person on a phone, in Persian', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test('finds a plan, signs up for it, cancels, pays, and has a receipt', async ({ page }) => {
    test.setTimeout(process.env.SLOW ? 1_500_000 : 240_000);

    // From the plan to an account and back to the same plan.
    await page.goto('/plans');
    await page.locator('[data-plan=basic]').click();
    await expect(page).toHaveURL(/\/signup\?next=/);
    const account = newAccount();
    await page.locator('[name=phone]').fill(account.phone);
    await page.locator('[name=password]').fill(account.password);
    await page.locator('form:has([name=password]) [type=submit]').click();
    await page.locator('[name=code]').fill(await readCode(page, account.phone));
    await expect(page).toHaveURL(/\/billing\/review\/basic$/);
    await page.goto('/billing');
    await expect(page.getByText(words('fa', 'billing.payments.empty.title'))).toBeVisible();

    // Given up at the bank: nothing was bought, and the way back to it is there.
    await buy(page, 'fa', { plan: 'basic', atBank: 'NOK' });
    await expectState(page, 'cancelled');
    await expect(page.getByText(words('fa', 'billing.payment.money'))).toBeVisible();
    await expect(page.getByRole('link', { name: words('fa', 'billing.payment.pdf') })).toHaveCount(0);
    await page.getByRole('link', { name: words('fa', 'billing.payment.again') }).click();
    await expect(page.getByRole('heading', { name: words('fa', 'billing.review.title') })).toBeVisible();

    // Paid: the truth, the receipt on the page and as a file.
    await buy(page, 'fa', { plan: 'basic' });
    await expectState(page, 'paid');
    const amount = page.locator('[data-row=amount]');
    await expect(amount).toHaveText('۵٬۰۰۰ تومان');
    const number = (await page.locator('[data-row=refNumber]').innerText()).trim();
    expect(number).toMatch(/^\d+$/);
    const receipt = await takeReceipt(page, 'fa');
    expect(receipt).toEqual({ name: `ai-stayler-receipt-${number}.pdf`, begins: '%PDF-' });
    const payment = new URL(page.url()).pathname;
    const file = await page.request.get(`/api/payments/${payment.split('/').at(-1)}/receipt`);
    expect(file.headers()['content-type']).toBe('application/pdf');
    expect(file.headers()['cache-control']).toContain('no-store');
    expect(file.headers()['content-length']).toBe(String((await file.body()).length));
    await checkPage(page, payment);
    await page.setViewportSize({ width: 360, height: 740 });

    // Both stand in the list, the plan is marked as one's own, and a larger one is credited.
    await page.goto('/billing');
    await expect(page.locator('[data-payment]')).toHaveCount(2);
    await expect(page.locator('[data-payment=paid]')).toHaveCount(1);
    await page.goto('/plans');
    await expect(page.getByText(words('fa', 'plans.current'), { exact: true })).toHaveCount(1);
    await page.locator('[data-plan=advanced]').click();
    await expect(page.getByText(words('fa', 'billing.review.sum.title'))).toBeVisible();
    await checkPage(page, '/billing/review/advanced');
  });

  test('who closes the browser at the bank finds the plan paid', async ({ page }) => {
    test.setTimeout(process.env.SLOW ? 1_500_000 : 300_000);
    await signUp(page, 'fa', newAccount());
    await goToBank(page, 'fa', '', 'basic');
    const bank = page.url();

    // In the meantime the page of the payment says that nobody has paid yet, and leads back to the bank.
    await page.goto('/billing');
    await page.locator('[data-payment=waiting]').click();
    await expectState(page, 'waiting');
    await expect(page.getByRole('link', { name: words('fa', 'billing.payment.goOn') })).toHaveAttribute(
      'href',
      bank,
    );

    // Paid in another window that never came back: this one finds out when it asks.
    const other = await page.context().newPage();
    await other.goto(bank);
    await other.locator('[data-pay=CLOSED]').click();
    await other.waitForLoadState();
    await other.close();
    await page.getByRole('button', { name: words('fa', 'billing.payment.ask') }).click();
    await expectState(page, 'paid');
    await expect(page.getByRole('link', { name: words('fa', 'billing.payment.next.user') })).toBeVisible();
  });

  test('who bought elsewhere in the meantime is shown the new amount before paying it', async ({ page }) => {
    test.setTimeout(process.env.SLOW ? 1_500_000 : 180_000);
    await signUp(page, 'fa', newAccount());
    await page.goto('/billing/review/advanced');
    await expect(page.getByRole('button', { name: '۱۵٬۰۰۰' })).toBeVisible();
    const other = await page.context().newPage();
    await buy(other, 'fa', { plan: 'basic' });
    await expectState(other, 'paid');
    await other.close();

    await page.getByRole('button', { name: payWords('fa') }).click();
    await expect(page.locator('#main').getByText(words('fa', 'errors.payment.quoteChanged'))).toBeVisible();
    await expect(page.getByText(words('fa', 'billing.review.sum.title'))).toBeVisible();
    await expect(page.getByRole('button', { name: '۱۵٬۰۰۰' })).toHaveCount(0);
    expect(new URL(page.url()).pathname).toBe('/billing/review/advanced');
  });

  test('a plan that is not for sale is not found, and a strange payment is said to be one', async ({
    page,
  }) => {
    test.setTimeout(process.env.SLOW ? 1_500_000 : 120_000);
    await signUp(page, 'fa', newAccount());
    for (const address of [
      '/billing/review/vendor_pro',
      '/billing/review/free',
      '/billing/review/none',
      '/billing/payments/00000000-0000-4000-8000-000000000000',
    ]) {
      expect((await page.request.get(address)).status(), address).toBe(404);
    }
    await page.goto(
      '/api/payments/zarinpal/callback?Authority=A00000000000000000000000000000nobody&Status=OK',
    );
    await expect(page).toHaveURL(/\/plans\?payment=unknown$/);
    await expect(page.getByText(words('fa', 'plans.unknown.title'))).toBeVisible();
  });
});

test.describe('a vendor at a desk, in English', () => {
  test.use({ viewport: { width: 1440, height: 900 } });

  test('is not taken to the bank twice, fails once, pays, and is reminded or not', async ({ page }) => {
    test.setTimeout(process.env.SLOW ? 1_500_000 : 240_000);
    await signUpVendor(page, 'en', { ...newAccount(), businessName: 'Blue Door' });
    await buy(page, 'en', { area: '/vendor', plan: 'vendor_pro', atBank: 'FAILED' });
    await expect(page.getByRole('status').and(page.locator('[data-state]'))).toBeVisible();
    await expect(page.getByText(words('en', 'billing.payment.headline.paid'))).toHaveCount(0);

    // Two clicks at once make one payment.
    await page.goto('/en/vendor/billing');
    const before = await page.locator('[data-payment]').count();
    await page.goto('/en/vendor/billing/review/vendor_pro');
    await page.getByRole('button', { name: payWords('en') }).dblclick();
    await expect(page).toHaveURL(/\/StartPay\//, { timeout: 60_000 });
    await page.locator('[data-pay=OK]').click();
    await expect(page).toHaveURL(/\/en\/vendor\/billing\/payments\//, { timeout: 60_000 });
    await expectState(page, 'paid');
    expect((await takeReceipt(page, 'en')).begins).toBe('%PDF-');
    await checkPage(page, new URL(page.url()).pathname);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto('/en/vendor/billing');
    expect(await page.locator('[data-payment]').count()).toBe(before + 1);

    // The switch is kept.
    const reminders = page.getByRole('switch', { name: words('en', 'billing.reminders.label') });
    await expect(reminders).toBeChecked();
    await reminders.uncheck();
    await expect(page.getByText(words('en', 'billing.reminders.off'))).toBeVisible();
    await page.reload();
    await expect(reminders).not.toBeChecked();
    await reminders.check();
    await expect(page.getByText(words('en', 'billing.reminders.on'))).toBeVisible();
    await checkPage(page, '/en/vendor/billing');
    await checkPage(page, '/en/vendor/billing/review/vendor_pro');
  });
});
