import { newAccount, signUp } from './support/account.ts';
import { act, enrol, grant } from './support/admin.ts';
import { expectState, payWords } from './support/billing.ts';
import { checkPage } from './support/check-page.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { path, words } from './support/words.ts';

const locale = 'fa';
const t = (key: string) => words(locale, key);

/** Whoever buys meanwhile is led to the gateway that is first: this stands in a project of its own, after the others. */
test(
  'the second gateway is made the first: a plan is bought there, given back by hand, and it is closed again',
  fullOnly(true),
  async ({ page, browser }) => {
    test.setTimeout(420_000);
    const [admin, person] = [newAccount(), newAccount()];
    await signUp(page, locale, admin);
    grant(admin.phone);
    await enrol(page, locale);

    const dialog = page.getByRole('dialog');
    const rowOf = (gateway: string) => page.locator(`[data-gateway=${gateway}]`);
    const set = async (gateway: string, fields: Record<string, string>) => {
      await page.goto(path(locale, '/admin/books'));
      await rowOf(gateway).getByRole('button').click();
      await expect(dialog.getByText(t(`admin.books.gateways.${gateway}`), { exact: true })).toBeVisible();
      for (const [name, value] of Object.entries(fields)) {
        const field = dialog.locator(`[name=${name}]`);
        await (name === 'isOpen' ? field.selectOption(value) : field.fill(value));
      }
      await dialog.locator('[name=reason]').fill('trying the second one');
      await dialog.locator('[type=submit]').click();
      await expect(dialog).toHaveCount(0);
    };
    await set('zibal', { position: '۱' });
    await expect(page.locator('[data-gateway]').first()).toHaveAttribute('data-gateway', 'zibal');

    // Bought there, from the review to the receipt.
    const theirs = await (await browser.newContext({ timezoneId: 'Asia/Tehran' })).newPage();
    await signUp(theirs, locale, person);
    const pay = async (outcome: string) => {
      await theirs.goto(path(locale, '/billing/review/basic'));
      await theirs.getByRole('button', { name: payWords(locale) }).click();
      await theirs.waitForURL(/\/api\/dev\/zibal\/start\/\d+/, { timeout: 60_000 });
      await theirs.locator(`[data-pay=${outcome}]`).click();
      if (outcome === 'CLOSED') return;
      await theirs.waitForURL(/\/billing\/payments\/[0-9a-f-]{36}$/, { timeout: 60_000 });
    };
    await pay('NOK');
    await expectState(theirs, 'cancelled');
    await pay('OK');
    await expectState(theirs, 'paid');
    const payment = new URL(theirs.url()).pathname.split('/').at(-1) ?? '';

    // The operator sees where it was paid, and gives it back by hand: this gateway takes nothing back by itself.
    await page.goto(path(locale, `/admin/payments/${payment}`));
    await expect(page.getByText(t('admin.books.gateways.zibal'), { exact: true })).toBeVisible();
    await expect(page.locator('[data-story=paid]')).toBeVisible();
    await act(page, locale, 'refund', 'they changed their mind');
    await expect(page.locator('[data-story=refunding]')).toBeVisible();
    await page.getByRole('button', { name: t('admin.acts.transfer.open'), exact: true }).click();
    await dialog.locator('[name=reference]').fill('PAYA-2');
    await dialog.locator('[name=reason]').fill('sent this morning');
    await dialog.locator('[type=submit]').click();
    await expect(page.locator('[data-story=refunded]')).toBeVisible();
    await checkPage(page, path(locale, `/admin/payments/${payment}`));
    await theirs.reload();
    await expectState(theirs, 'refunded');
    await expect(theirs.locator('[data-row=refundReference]')).toHaveText('PAYA-2');

    // Paid, and the bank's page closed: they say that they got nothing, and the operator asks the gateway.
    await pay('CLOSED');
    await page.goto(path(locale, `/admin/payments?show=pending&q=${person.phone}`));
    await page.locator('main a[href*="/admin/payments/"]').first().click();
    await expect(page.locator('[data-story=waiting]')).toBeVisible();
    await act(page, locale, 'check', 'they say that they have paid');
    await expect(page.locator('[data-story=paid]')).toBeVisible();
    await theirs.goto(path(locale, '/billing'));
    await expect(theirs.getByText(t('billing.states.paid'), { exact: true }).first()).toBeVisible();

    // Closed for new payments, the next one goes to the other; the first is put first again.
    await set('zibal', { isOpen: 'false', position: '۲' });
    await expect(rowOf('zibal').getByText(t('admin.gateways.closed'), { exact: true })).toBeVisible();
    await theirs.goto(path(locale, '/billing/review/advanced'));
    await theirs.getByRole('button', { name: payWords(locale) }).click();
    await theirs.waitForURL(/\/StartPay\//, { timeout: 60_000 });
    await theirs.locator('[data-pay=OK]').click();
    await theirs.waitForURL(/\/billing\/payments\/[0-9a-f-]{36}$/, { timeout: 60_000 });
    await expectState(theirs, 'paid');
    await set('zibal', { isOpen: 'true', position: '۲' });
    await theirs.context().close();
  },
);
