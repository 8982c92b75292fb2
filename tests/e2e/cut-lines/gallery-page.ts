import type { Page } from 'playwright/test';
import { expect } from '../support/test.ts';
import { say } from './walk.ts';

export const list = (page: Page) =>
  page.getByRole('list', { name: say('library.gallery.list'), exact: true });
export const card = (page: Page, index = 0) => list(page).getByRole('listitem').nth(index);
export const inBar = (key: string) => (page: Page) =>
  page
    .getByRole('region', { name: say('library.gallery.selection.label') })
    .getByRole('button', { name: say(key), exact: true });
/** Chooses a picture: once the browser runs the page, which shows by the bar. */
export async function choose(page: Page, picture = card(page)): Promise<void> {
  const bar = page.getByRole('region', { name: say('library.gallery.selection.label') });
  await expect(async () => {
    await picture.getByRole('checkbox').setChecked(false);
    await picture.getByRole('checkbox').check();
    await bar.waitFor({ timeout: 1000 });
  }).toPass({ timeout: 20_000 });
}
/** In the trash there is one picture. */
export async function trashOne(page: Page): Promise<void> {
  await page.goto('/en/vendor/images');
  await choose(page);
  const before = await list(page).getByRole('listitem').count();
  await inBar('library.gallery.trash')(page).click();
  await expect(list(page).getByRole('listitem')).toHaveCount(before - 1);
  await page.goto('/en/vendor/images?show=trash');
}
export const inTrash = (page: Page) =>
  page
    .getByRole('list', { name: say('library.gallery.bin.list') })
    .getByRole('listitem')
    .first();
/** Opens the menu of a card, which closes with each press. */
export const inMenu = (key: string) => async (page: Page) => {
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await card(page).locator('[aria-haspopup=menu]').click();
  await page.getByRole('menuitem', { name: say(key), exact: true }).click();
};
export const item = (page: Page) => card(page).locator('[aria-haspopup=menu]');
