import type { Locator, Page } from 'playwright/test';
import { everyPage } from './engines/every-page.ts';
import { newAccount, signInAsDemoVendor, signUp } from './support/account.ts';
import { bringPhoto, convert } from './support/studio.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';

/** Of openers alike in a list this many are tried a page. */
const mostAlike = 3;
const floating = '[role=dialog], [role=alertdialog], [role=menu]';

/** Where a part of an address is in brackets: the first link to such a page on the one before. */
async function open(page: Page, address: string): Promise<boolean> {
  if (!address.includes('[')) return Boolean(await page.goto(`/en${address}`));
  const pattern = new RegExp(`^/en${address.replace(/\[\w+\]/g, '[\\w-]{20,}')}$`);
  const links = await page
    .locator('main a[href]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
  const link = links.find((one) => pattern.test(one));
  return Boolean(link && (await page.goto(link)));
}

/** Opens by keyboard, closes by Escape: the focus is where it was. */
async function opensAndReturns(page: Page, opener: Locator, back: Locator, what: string): Promise<void> {
  await opener.press('Enter');
  const shown = page.locator(floating).locator('visible=true');
  await expect(shown, `${what} opens`).not.toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(shown, `${what} closes`).toHaveCount(0);
  await expect(back, `${what} has the focus again`).toBeFocused();
}

/** Every button of the page that opens something, and every item of its menus that does; returns how many were tried. */
async function tryOpeners(page: Page, where: string): Promise<number> {
  const openers = page.locator('button[aria-haspopup]:enabled:visible');
  const tried = new Map<string, number>();
  for (let at = 0; at < (await openers.count()); at += 1) {
    const opener = openers.nth(at);
    const kind = `${await opener.getAttribute('aria-haspopup')} ${await opener.evaluate((one) => one.closest('li, tr')?.parentElement?.className ?? one.textContent)}`;
    tried.set(kind, (tried.get(kind) ?? 0) + 1);
    if ((tried.get(kind) ?? 0) > mostAlike) continue;
    const what = `${where}: ${await opener.evaluate((one) => one.ariaLabel ?? one.textContent)}`;
    await opensAndReturns(page, opener, opener, what);
    if ((await opener.getAttribute('aria-haspopup')) !== 'menu') continue;
    await opener.press('Enter');
    const items = await page.locator('[role=menuitem][aria-haspopup=dialog]').count();
    await page.keyboard.press('Escape');
    for (let item = 0; item < items; item += 1) {
      await opener.press('Enter');
      const entry = page.locator('[role=menuitem][aria-haspopup=dialog]').nth(item);
      await opensAndReturns(page, entry, opener, `${what}, item ${item + 1}`);
    }
  }
  return [...tried.values()].reduce((sum, one) => sum + Math.min(one, mostAlike), 0);
}

for (const who of ['visitor', 'user', 'vendor'] as const) {
  test(
    `whatever opens a dialog, a sheet or a menu has the focus again when that closes (${who})`,
    fullOnly(true),
    async ({ page }) => {
      test.setTimeout(300_000);
      if (who === 'user') {
        await signUp(page, 'en', newAccount());
        await bringPhoto(page, 'en');
        await convert(page, 'en', 'noir');
      }
      if (who === 'vendor') await signInAsDemoVendor(page, 'en');
      const tried: Record<string, number> = {};
      for (const address of everyPage[who]) {
        if (!(await open(page, address))) continue;
        // The page of the parts has a skeleton as one of them.
        if (!address.startsWith('/dev/'))
          await expect(page.locator('main .animate-breathe'), address).toHaveCount(0);
        await expect(page.locator('main h1').first()).toBeVisible();
        tried[address] = await tryOpeners(page, address);
      }
      const all = Object.values(tried).reduce((sum, one) => sum + one, 0);
      expect(all, JSON.stringify(tried)).toBeGreaterThan({ visitor: 3, user: 5, vendor: 12 }[who]);
    },
  );
}
