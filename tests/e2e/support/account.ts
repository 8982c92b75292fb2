import type { Page } from 'playwright/test';
import { demoAccounts } from '#scripts/seed/demo-accounts.ts';
import { expect } from './test.ts';
import { type Locale, path, words } from './words.ts';

export type Account = { phone: string; password: string };

let made = 0;

/** A number nobody has used in this run: the time and a counter, in the range of a real operator. */
export function newAccount(): Account {
  made += 1;
  const unique = `${Date.now()}${process.pid}${made}`.slice(-8);
  return { phone: `09${1 + (made % 3)}${unique}`, password: 'a quiet lantern 7' };
}

const latinDigits = (text: string) =>
  text.replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));

const readMessages = new Set<string>();

/**
 * The newest code that was "sent" to a number, read on the page that stands in for messages. A message is read
 * once: the worker may still be sending the one that is waited for when an older one to the same number is shown.
 */
export async function readCode(page: Page, phone: string): Promise<string> {
  const outbox = await page.context().newPage();
  const shown = phone.replace(/^(\d{4})(\d{3})(\d{4})$/, '$1 $2 $3');
  const message = outbox.locator('[data-message]').filter({ hasText: shown }).first();
  await expect(async () => {
    await outbox.goto('/dev/outbox');
    const id = await message.getAttribute('data-message', { timeout: 500 });
    expect(id && !readMessages.has(id)).toBe(true);
  }).toPass();
  readMessages.add((await message.getAttribute('data-message')) ?? '');
  const text = latinDigits(await message.locator('p').last().innerText());
  await outbox.close();
  const code = /\b\d{6}\b/.exec(text)?.[0];
  if (!code) throw new Error(`no code in: ${text}`);
  return code;
}

/** Signs up, proves the number and ends up in the studio, as a person would. */
export async function signUp(page: Page, locale: Locale, account: Account): Promise<void> {
  await page.goto(path(locale, '/signup'));
  await page.locator('[name=phone]').fill(account.phone);
  await page.locator('[name=password]').fill(account.password);
  await page.locator('form:has([name=password]) [type=submit]').click();
  await expect(page.locator('[name=code]')).toBeVisible();
  // The last digit sends it.
  await page.locator('[name=code]').fill(await readCode(page, account.phone));
  await expect(page).toHaveURL(new RegExp(`${path(locale, '/studio')}(\\?|$)`));
}

/** Signs in with what the account was made with. */
export async function signIn(page: Page, locale: Locale, account: Account): Promise<void> {
  await page.goto(path(locale, '/login'));
  await page.locator('[name=phone]').fill(account.phone);
  await page.locator('[name=password]').fill(account.password);
  await page.locator('form:has([name=password]) [type=submit]').click();
  await expect(page).toHaveURL(new RegExp(`${path(locale, '/studio')}(\\?|$)`));
}

/** Signs in as the vendor of the demo, whose gallery has pictures. */
export async function signInAsDemoVendor(page: Page, locale: Locale): Promise<void> {
  const vendor = demoAccounts.find(({ kind }) => kind === 'vendor');
  if (!vendor) throw new Error('the demo has no vendor');
  await page.goto(path(locale, '/vendor/login'));
  await page.locator('[name=phone]').fill(vendor.national);
  await page.locator('[name=password]').fill(vendor.password);
  await page.locator('form:has([name=password]) [type=submit]').click();
  await expect(page).toHaveURL(new RegExp(`${path(locale, '/vendor')}$`));
}

/** Moves the focus by Tab alone until it is on the control with this name. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let pressed = 0; pressed < 60; pressed += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement?.getAttribute('name'))) === name) return;
  }
  throw new Error(`no way to ${name} by keyboard`);
}

/** Signs out through the account menu. */
export async function signOut(page: Page, locale: Locale): Promise<void> {
  await page.getByRole('button', { name: words(locale, 'shell.account') }).click();
  await page.getByRole('button', { name: words(locale, 'shell.signOut') }).click();
  // In the header, or on a phone in the bar below.
  await expect(page.locator(`a[href="${path(locale, '/login')}"]:visible`).first()).toBeVisible();
}
