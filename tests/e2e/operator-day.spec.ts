import { readFile } from 'node:fs/promises';
import { newAccount, signUp } from './support/account.ts';
import { enrol, grant } from './support/admin.ts';
import { buy, expectState } from './support/billing.ts';
import { checkPage } from './support/check-page.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { path, words } from './support/words.ts';

const locale = 'fa';
const t = (key: string) => words(locale, key);

test(
  'an operator gives a part back, tells somebody, gives presents out, and takes lists along',
  fullOnly(true),
  async ({ page, browser }) => {
    test.setTimeout(420_000);
    const [admin, person] = [newAccount(), newAccount()];
    const theirs = await (await browser.newContext()).newPage();
    await signUp(theirs, locale, person);
    await buy(theirs, locale, { plan: 'basic' });
    await expectState(theirs, 'paid');
    const payment = new URL(theirs.url()).pathname.split('/').at(-1) ?? '';
    await signUp(page, locale, admin);
    grant(admin.phone);
    await enrol(page, locale);

    // A part of the money, with what it does said before; what was bought goes on.
    await page.goto(path(locale, `/admin/payments/${payment}`));
    await page.getByRole('button', { name: t('admin.acts.refundPart.open'), exact: true }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(t('admin.refundPart.byHand'))).toBeVisible();
    await expect(dialog.getByText(t('admin.refundPart.stays'))).toBeVisible();
    await dialog.locator('[name=amountToman]').fill('۹۹۹۹۹۹');
    await dialog.locator('[name=reason]').fill('half was bad');
    await dialog.locator('[type=submit]').click();
    await expect(dialog.getByText(t('errors.payment.refundTooMuch'))).toBeVisible();
    await dialog.locator('[name=amountToman]').fill('۲٬۰۰۰');
    await dialog.locator('[type=submit]').click();
    await expect(page.locator('[data-refund]')).toHaveCount(1);
    await page.getByRole('button', { name: t('admin.acts.transfer.open'), exact: true }).click();
    await dialog.locator('[name=reference]').fill('PAYA-1');
    await dialog.locator('[name=reason]').fill('sent this morning');
    await dialog.locator('[type=submit]').click();
    await expect(page.locator('[data-refund]').getByText('PAYA-1')).toBeVisible();
    await checkPage(page, path(locale, `/admin/payments/${payment}`));
    await theirs.reload();
    await expectState(theirs, 'paid');
    await expect(theirs.locator('[data-row=refund]')).toContainText('۲٬۰۰۰');
    await expect(theirs.locator('[data-row=refundReference]')).toHaveText('PAYA-1');

    // A notice to them alone, seen before it goes.
    await page.goto(path(locale, '/admin/circulars'));
    await checkPage(page, path(locale, '/admin/circulars'));
    await page.locator('[name=phone]').fill(person.phone);
    await page.locator('[name=titleFa]').fill('بازپرداخت انجام شد');
    await page.locator('[name=titleEn]').fill('Your refund was sent');
    await page.locator('[name=textFa]').fill('مبلغ به حساب شما واریز شد.');
    await page.locator('[name=textEn]').fill('The amount was sent to your account.');
    await page.locator('form [name=reason]').first().fill('after the refund');
    await page.getByRole('button', { name: t('admin.circulars.preview'), exact: true }).click();
    await expect(page.locator('[data-preview="1"]')).toContainText('مبلغ به حساب شما واریز شد.');
    await page.getByRole('button', { name: t('admin.circulars.send'), exact: true }).click();
    await expect(page.locator('[data-circular]').getByText('بازپرداخت انجام شد').first()).toBeVisible();
    await expect
      .poll(
        async () => {
          await theirs.goto(path(locale, '/notices'));
          return theirs.getByText('بازپرداخت انجام شد').count();
        },
        { timeout: 60_000 },
      )
      .toBe(1);

    // Presents: made, taken along once, and used.
    await page.goto(path(locale, '/admin/coupons'));
    await page.getByRole('button', { name: t('admin.acts.createBatch.open'), exact: true }).click();
    const name = `نوروز ${person.phone}`;
    await dialog.locator('[name=name]').fill(name);
    await dialog.locator('[name=size]').fill('۳');
    await dialog.locator('[name=value]').fill('2');
    await dialog.locator('[name=reason]').fill('for the new year');
    await dialog.locator('[type=submit]').click();
    const batch = page.locator('[data-batch]').filter({ hasText: name });
    await expect(batch).toHaveCount(1);
    const take = batch.getByRole('button', { name: t('admin.acts.exportBatch.open'), exact: true });
    await take.click();
    await dialog.locator('[name=reason]').fill('to be printed');
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 30_000 }),
      dialog.locator('[type=submit]').click(),
    ]);
    const file = await readFile(await download.path(), 'utf8');
    const codes = file.replace('\ufeff', '').trim().split('\r\n').slice(1);
    expect(codes).toHaveLength(3);
    await expect(take).toHaveCount(0);
    await checkPage(page, path(locale, '/admin/coupons'));

    // A list, filtered by its address and taken along as it is.
    await page.goto(path(locale, '/admin/payments'));
    await page.getByRole('link', { name: t('admin.payments.shows.refunded'), exact: true }).click();
    await expect(page).toHaveURL(/show=refunded/);
    await page.locator('[name=q]').fill(person.phone);
    await page.locator('[name=q]').press('Enter');
    await expect(page).toHaveURL(/show=refunded/);
    await expect(page.locator(`a[href$="/admin/payments/${payment}"]`)).toHaveCount(1);
    await page.getByText(t('admin.export.lists.payments'), { exact: true }).click();
    await page.locator('form[action="/api/admin/lists"] [name=reason]').fill('the accountant asked');
    await page.locator('form[action="/api/admin/lists"] [name=format]').selectOption('csv');
    const [list] = await Promise.all([
      page.waitForEvent('download', { timeout: 30_000 }),
      page.locator('form[action="/api/admin/lists"] [type=submit]').click(),
    ]);
    const csv = await readFile(await list.path(), 'utf8');
    expect(csv.split('\r\n')[1]).toContain(payment);
    await theirs.context().close();
  },
);
