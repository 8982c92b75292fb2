import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright/test';
import { newAccount, readCode } from './support/account.ts';
import { bringPhoto } from './support/studio.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { path, words } from './support/words.ts';

const second = fileURLToPath(new URL('../../scripts/rig/photos/second.jpg', import.meta.url));
const stage = (page: Page) => page.locator('[data-stage=large]');

/** The smallest phone, and one of today; both with the strip that says that payments are simulated. */
for (const [locale, width, height] of [
  ['fa', 360, 640],
  ['en', 360, 640],
  ['fa', 390, 844],
  ['en', 390, 844],
] as const) {
  test.describe(`on ${width} by ${height} (${locale})`, () => {
    test.use({ viewport: { width, height }, hasTouch: true, isMobile: true });

    test(
      `the bar takes a fifth of a phone at most, covers no names, and its button stands above the fold (${locale}, ${width} by ${height})`,
      fullOnly(true),
      async ({ page, context, expectFailure }) => {
        expectFailure(/./);
        const look = () =>
          page.evaluate(() => {
            const box = (selector: string) => {
              const found = document.querySelector(selector)?.getBoundingClientRect();
              if (!found) throw new Error(`no ${selector} on the page`);
              return found;
            };
            return {
              share: box('[data-bar]').height / window.innerHeight,
              names: box('[data-bar]').top - box('label:has([name=style])').bottom,
              button: box('nav.fixed').top - box('[data-bar] [type=submit]').bottom,
            };
          });
        const isLow = async () => {
          const { share, names, button } = await look();
          expect(share).toBeLessThanOrEqual(0.2);
          expect(button).toBeGreaterThanOrEqual(0);
          expect(names).toBeGreaterThanOrEqual(0);
        };
        const pick = page.getByRole('button', { name: words(locale, 'studio.stage.pick') });
        await page.goto(path(locale, '/studio'));
        await isLow();
        await bringPhoto(page, locale);
        await expect(stage(page)).toBeVisible({ timeout: 30_000 });
        await isLow();
        await expect(page.getByText(words(locale, 'studio.untilAsked'))).toBeVisible();
        await pick.click();
        await page.locator('[name=style][value=noir]').check();
        await pick.click();
        await page.getByRole('button', { name: words(locale, 'studio.add') }).click();
        await page.locator('[name=file]').setInputFiles(second);
        await expect(
          page.getByRole('list', { name: words(locale, 'studio.photos') }).getByRole('listitem'),
        ).toHaveCount(3);
        await expect(stage(page)).toBeVisible({ timeout: 30_000 });
        await isLow();
        // What stops a press is said beside the button, and the looks stay free.
        await context.setOffline(true);
        await page.locator('[data-bar] [type=submit]').click();
        await expect(page.getByText(words(locale, 'errors.line.offline'))).toBeVisible();
        await isLow();
        await context.setOffline(false);
        // Four pictures of two: said at once, and again when asked for.
        await page.evaluate(() => window.scrollTo(0, 0));
        const account = newAccount();
        await page.locator('[data-bar] [type=submit]').click();
        await page.locator('[name=phone]').fill(account.phone);
        await page.locator('[name=password]').fill(account.password);
        await page.getByRole('dialog').locator('[type=submit]').click();
        await page.locator('[name=code]').fill(await readCode(page, account.phone));
        const bar = page.locator('[data-bar]');
        await expect(bar.getByText(words(locale, 'studio.fewer'))).toBeVisible({ timeout: 30_000 });
        // The sheet has to go first.
        await expect(isLow).toPass({ timeout: 10_000 });
        await expect(bar.getByRole('link', { name: words(locale, 'studio.seePlans') })).toBeVisible();
        // One that is made; then photos of earlier stand below the chooser, higher than the screen.
        const photos = page.getByRole('list', { name: words(locale, 'studio.photos') });
        await photos.getByRole('button').nth(3).click();
        await page.locator('[data-bar] [type=submit]').click();
        await expect(page).toHaveURL(/\/conversions$/, { timeout: 60_000 });
        await page.goto(path(locale, '/studio'));
        await expect(page.getByRole('region', { name: words(locale, 'library.title') })).toBeVisible();
        const { share, button } = await look();
        expect(share).toBeLessThanOrEqual(0.2);
        expect(button).toBeGreaterThanOrEqual(0);
      },
    );
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test(
    'what a look is worn on is corrected with the whole photo in view',
    fullOnly(true),
    async ({ page }) => {
      await page.goto('/en/studio');
      await bringPhoto(page, 'en');
      await expect(stage(page)).toBeVisible({ timeout: 30_000 });
      await page.getByRole('button', { name: words('en', 'studio.kits.title') }).tap();
      await page.getByRole('group', { name: 'رنگ مو' }).locator('[name=style]').first().check();
      await page
        .getByRole('button', { name: words('en', 'studio.parts.open.hair') })
        .tap({ timeout: 60_000 });
      const area = page.getByRole('button', { name: words('en', 'studio.parts.area') });
      await expect(area).toBeFocused();
      await expect(area).toBeInViewport({ ratio: 1 });
      const bar = await page.locator('[data-bar]').boundingBox();
      const done = await page.getByRole('button', { name: words('en', 'studio.parts.done') }).boundingBox();
      expect((done?.y ?? 0) + (done?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
    },
  );
});
