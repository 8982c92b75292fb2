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
  await page.getByRole('tab', { name: words(locale, 'sharing.tabs.link') }).click();
  const dialog = page.getByRole('dialog', { name: words(locale, 'sharing.title') });
  const addresses = dialog.getByRole('textbox', { name: words(locale, 'sharing.address') });
  const before = await addresses.count();
  if (password) await dialog.locator('[name=password]').fill(password);
  await dialog.getByRole('button', { name: words(locale, 'sharing.create') }).click();
  await expect(addresses).toHaveCount(before + 1);
  return new URL(await addresses.first().inputValue()).pathname;
}

/**
 * Sends the result that is open as a story by the system's sheet, which a browser without a screen has not: it is stood
 * in for by one that takes what it is given. Answers the size of the picture, its type, and the path of the link in the words.
 */
export async function sendStory(page: Page, locale: Locale) {
  await page.evaluate(() => {
    const take = async ({ files, text }: ShareData) => {
      const [file] = files ?? [];
      if (!file) return;
      const { width, height } = await createImageBitmap(file);
      Object.assign(window, { sent: { type: file.type, width, height, text } });
    };
    Object.assign(navigator, { canShare: () => true, share: take });
  });
  // Two presses; the third one is in the sheet.
  await page.getByRole('button', { name: words(locale, 'sharing.open'), exact: true }).click();
  await page.getByRole('button', { name: words(locale, 'sharing.picture.send'), exact: true }).click();
  const sent = await page.waitForFunction(() => (window as { sent?: unknown }).sent ?? null);
  const { text, ...picture } = (await sent.jsonValue()) as Record<'text' | 'type', string> & {
    width: number;
    height: number;
  };
  await page.keyboard.press('Escape');
  return { picture, path: new URL(text).pathname };
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
