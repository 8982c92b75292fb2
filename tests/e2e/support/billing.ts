import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { expect } from './test.ts';
import { type Locale, path, words } from './words.ts';

/** What one may do on the page that stands in for the bank. `CLOSED`: pays, and never comes back. */
export type AtTheBank = 'OK' | 'NOK' | 'FAILED' | 'CLOSED';

/** Somebody waits for the gateway; on a busy machine longer. */
const longMs = process.env.SLOW ? 240_000 : 60_000;

export type Area = '' | '/vendor';

const paymentPath = (locale: Locale, area: Area) =>
  new RegExp(`${path(locale, `${area}/billing/payments/`)}[0-9a-f-]{36}$`);

/** Goes from the review of a plan to the bank. */
export async function goToBank(page: Page, locale: Locale, area: Area, plan: string): Promise<void> {
  await page.goto(path(locale, `${area}/billing/review/${plan}`));
  await page.getByRole('button', { name: payWords(locale) }).click();
  await expect(page).toHaveURL(/\/StartPay\//, { timeout: longMs });
}

/** "Pay 5,000 Toman", whatever the amount. */
export function payWords(locale: Locale): RegExp {
  return new RegExp(words(locale, 'billing.review.pay').replace('{amount}', '.+'));
}

/** Buys a plan, or does at the bank what else one may. Ends on the payment's page, unless the bank was closed. */
export async function buy(
  page: Page,
  locale: Locale,
  { area = '', plan, atBank = 'OK' }: { area?: Area; plan: string; atBank?: AtTheBank },
): Promise<void> {
  await goToBank(page, locale, area, plan);
  await page.locator(`[data-pay=${atBank}]`).click();
  if (atBank !== 'CLOSED') await expect(page).toHaveURL(paymentPath(locale, area), { timeout: longMs });
}

/** The payment's page says it stands like this; it may still have to find out. */
export async function expectState(page: Page, state: string): Promise<void> {
  const truth = page.getByRole('status').and(page.locator('[data-state]'));
  await expect(truth).toHaveAttribute('data-state', state, { timeout: longMs });
}

/** Takes the receipt and answers its first bytes and its name. */
export async function takeReceipt(page: Page, locale: Locale): Promise<{ name: string; begins: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: words(locale, 'billing.payment.pdf') }).click(),
  ]);
  const bytes = await readFile(await download.path());
  return { name: download.suggestedFilename(), begins: bytes.subarray(0, 5).toString('latin1') };
}
