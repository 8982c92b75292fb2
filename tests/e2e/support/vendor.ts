import type { Page } from 'playwright/test';
import sharp from 'sharp';
import { type Account, readCode } from './account.ts';
import { expect } from './test.ts';
import { type Locale, path } from './words.ts';

/** Signs up as a business, proves the number and ends up at the vendor's desk. */
export async function signUpVendor(
  page: Page,
  locale: Locale,
  account: Account & { businessName: string },
): Promise<void> {
  await page.goto(path(locale, '/vendor/signup'));
  await page.locator('[name=businessName]').fill(account.businessName);
  await page.locator('[name=phone]').fill(account.phone);
  await page.locator('[name=password]').fill(account.password);
  await page.locator('form:has([name=password]) [type=submit]').click();
  await expect(page.locator('[name=code]')).toBeVisible();
  // The last digit sends it.
  await page.locator('[name=code]').fill(await readCode(page, account.phone));
  await expect(page).toHaveURL(new RegExp(`${path(locale, '/vendor')}$`));
}

/** A form is filled once the browser runs the page; before that it would be set back. */
export async function fillIn(page: Page, name: string, value: string): Promise<void> {
  const submit = page.locator(`form:has([name=${name}]) [type=submit]`);
  await expect(submit).toBeEnabled();
  await page.locator(`[name=${name}]`).fill(value);
  await submit.click();
}

const colours = ['#0B7A75', '#E9A820', '#21409A', '#B3402E', '#7A1F2B', '#16384A', '#3E8E5A', '#C08A5A'];

/** Plain pictures, each of another colour, as a file chooser gives them. */
export function newPictures(count: number): Promise<{ name: string; mimeType: string; buffer: Buffer }[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => ({
      name: `picture-${index + 1}.jpg`,
      mimeType: 'image/jpeg',
      buffer: await sharp({
        create: {
          width: 640,
          height: 420 + index,
          channels: 3,
          background: colours[index % colours.length] ?? '',
        },
      })
        .jpeg()
        .toBuffer(),
    })),
  );
}
