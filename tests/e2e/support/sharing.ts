import type { Page } from 'playwright/test';
import { expect } from './test.ts';
import { type Locale, words } from './words.ts';

/** Makes a link to the result that is open, and answers its path. The dialog stays open. */
export async function shareResult(
  page: Page,
  locale: Locale,
  { password = '' }: { password?: string } = {},
): Promise<string> {
  await page.getByRole('button', { name: words(locale, 'sharing.open'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: words(locale, 'sharing.title') });
  const addresses = dialog.getByRole('textbox', { name: words(locale, 'sharing.address') });
  const before = await addresses.count();
  if (password) await dialog.locator('[name=password]').fill(password);
  await dialog.getByRole('button', { name: words(locale, 'sharing.create') }).click();
  await expect(addresses).toHaveCount(before + 1);
  return new URL(await addresses.first().inputValue()).pathname;
}

/** Opens the link that is shown with its password. */
export async function openLink(page: Page, locale: Locale, password: string): Promise<void> {
  await page.locator('[name=password]').fill(password);
  await page.getByRole('button', { name: words(locale, 'sharing.unlock.submit') }).click();
}

/** The picture that a link shows. */
export function sharedPicture(page: Page) {
  return page.locator('main figure img');
}
