import type { Page } from 'playwright/test';
import { newAccount, signInAsDemoVendor, signUp } from './support/account.ts';
import { listen } from './support/heard.ts';
import { bringPhoto, convert } from './support/studio.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

test('the focus comes back from dialogs and menus, and what is deleted gives it to its neighbour', async ({
  page,
}) => {
  await signInAsDemoVendor(page, 'en');
  await page.goto('/en/vendor/images');
  const opener = page.locator('main li').nth(2).locator('button').first();
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();

  // A dialog that an item of a menu opens: back to the button of the menu.
  const menu = page.locator('main li').nth(2).locator('[aria-haspopup=menu]');
  await menu.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toBeFocused();

  // What goes away while it has the focus.
  await page.goto('/en/dev/ui');
  const toast = page.getByRole('button', { name: 'Toast', exact: true });
  await toast.click();
  await expect(page.getByRole('region', { name: 'Messages' }).getByText('Saved')).toBeVisible();
  await toast.focus();
  await toast.evaluate((button) => button.remove());
  await expect(page.getByRole('button', { name: 'Tooltip', exact: true })).toBeFocused();
});

test('forced colours leave the chosen, the main button and a measure told apart', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('/en/dev/ui');
  const fill = (locator: ReturnType<Page['locator']>) =>
    locator.first().evaluate((element) => getComputedStyle(element).backgroundColor);
  const page0 = await fill(page.locator('body'));
  const chosen = await fill(page.locator('label:has([type=radio]:checked)'));
  const other = await fill(page.locator('label:has([type=radio]:not(:checked))'));
  expect(chosen).not.toBe(other);
  expect(await fill(page.getByRole('button', { name: 'Start conversion' }))).toBe(chosen);
  expect(await fill(page.getByRole('button', { name: 'See the styles' }))).not.toBe(chosen);
  expect(await fill(page.locator('[role=progressbar] > div'))).not.toBe(page0);
});

test('one hears which picture stands large, the styles being ready and the result; the slider obeys the arrows', async ({
  page,
}) => {
  const violations: string[] = [];
  await page.exposeFunction('tellViolation', (text: string) => violations.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      (window as unknown as { tellViolation: (text: string) => void }).tellViolation(event.violatedDirective),
    );
  });
  await signUp(page, 'fa', newAccount());
  const heard = await listen(page);
  await bringPhoto(page, 'fa');
  const say = (key: string) => words('fa', key);
  await expect(page.locator('label:has([name=style]) img[src^="blob:"]:not(.grayscale)')).toHaveCount(15, {
    timeout: 60_000,
  });
  await expect.poll(heard).toContain(say('studio.previews.done'));
  // Never before they are.
  expect((await heard()).indexOf(say('studio.previews.working'))).toBeLessThan(
    (await heard()).indexOf(say('studio.previews.done')),
  );
  await page.getByRole('region', { name: say('studio.stage.label') }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(heard).toContain(say('styles.watercolor.title'));
  await convert(page, 'fa', 'noir');
  await expect
    .poll(async () => (await page.locator('[data-announcer]').innerText()).trim())
    .toBe(say('conversions.progress.ready'));
  await expect(page).toHaveTitle(new RegExp(say('styles.noir.title')));
  const slider = page.getByRole('slider');
  await slider.focus();
  const before = Number(await slider.inputValue());
  await page.keyboard.press('ArrowRight');
  // To the right, where reading begins: less of the photo as it was.
  expect(Number(await slider.inputValue())).toBeLessThan(before);
  await expect(slider).toHaveAttribute('aria-valuetext', /۴۸/);
  expect(violations).toEqual([]);
});
