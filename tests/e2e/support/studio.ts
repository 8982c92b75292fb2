import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright/test';
import { expect } from './test.ts';
import { type Locale, words } from './words.ts';

/** Grace Hopper, a public-domain portrait of the US Navy (see public/samples/NOTICE.md). */
export const samplePhoto = fileURLToPath(
  new URL('../../../scripts/rig/photos/portrait.jpg', import.meta.url),
);

/** Another photo. */
export const secondPhoto = fileURLToPath(new URL('../../../scripts/rig/photos/second.jpg', import.meta.url));

/** Brings the sample photo into the studio that is open. */
export async function bringPhoto(page: Page, locale: Locale): Promise<void> {
  await page.locator('[name=file]').setInputFiles(samplePhoto);
  await expect(page.getByRole('img', { name: words(locale, 'studio.photoAlt'), exact: true })).toBeVisible();
}

/** Chooses a style, starts, and waits until the result stands beside the original. */
export async function convert(page: Page, locale: Locale, style: string): Promise<void> {
  await page.locator(`[name=style][value=${style}]`).check();
  await page.getByRole('button', { name: words(locale, 'studio.convert') }).click();
  await expect(page).toHaveURL(/\/conversions\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  await expect(page.getByRole('slider', { name: words(locale, 'conversions.slider.label') })).toBeAttached({
    timeout: 60_000,
  });
}
