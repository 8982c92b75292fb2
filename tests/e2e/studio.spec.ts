import { fileURLToPath } from 'node:url';
import { newAccount, signUp } from './support/account.ts';
import { bringPhoto, convert } from './support/studio.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { path, words } from './support/words.ts';

/** Two public-domain portraits: see public/samples/NOTICE.md. */
const photo = (name: string) => fileURLToPath(new URL(`../../scripts/rig/photos/${name}`, import.meta.url));

test('two photos go together: the cost is said before, both are charged, the history follows them', async ({
  page,
}) => {
  await signUp(page, 'en', newAccount());
  await page.goto('/en/studio');
  await page.locator('[name=file]').setInputFiles([photo('portrait.jpg'), photo('second.jpg')]);
  const chosen = page.getByRole('list', { name: words('en', 'studio.photos') });
  await expect(chosen.getByRole('button', { name: /^Leave out/ })).toHaveCount(2);
  await page.locator('[name=style][value=noir]').check();
  await expect(page.getByText(/2 pictures, 2 conversions/)).toBeVisible();
  await expect(page.getByText(/about (a|\d+) (second|minute)/)).toBeVisible();
  // Once more by mistake: what has begun neither begins again nor is paused.
  await page.getByRole('button', { name: 'Make 2 pictures' }).dblclick();

  await expect(page).toHaveURL(/\/en\/conversions$/, { timeout: 60_000 });
  const entries = page.locator('main a[href*="/conversions/"]');
  await expect(entries).toHaveCount(2);
  // The list follows by itself: no badge is left when both are done.
  await expect(page.getByText(words('en', 'conversions.status.pending'), { exact: true })).toHaveCount(0, {
    timeout: 60_000,
  });
  await expect(page.getByText(words('en', 'conversions.status.processing'), { exact: true })).toHaveCount(0, {
    timeout: 60_000,
  });
  await page.goto('/en/studio');
  await expect(page.getByText(words('en', 'studio.usedUp.free'))).toBeVisible();
});

test(
  'more photos than conversions left are refused before anything is charged',
  fullOnly(true),
  async ({ page }) => {
    await signUp(page, 'en', newAccount());
    await bringPhoto(page, 'en');
    await convert(page, 'en', 'noir');
    await page.goto('/en/studio');
    await page.locator('[name=file]').setInputFiles([photo('portrait.jpg'), photo('second.jpg')]);
    await expect(page.getByRole('button', { name: /^Leave out/ })).toHaveCount(2);
    await page.locator('[name=style][value=noir]').check();
    await page.getByRole('button', { name: 'Make 2 pictures' }).click();
    await expect(page.getByText(words('en', 'studio.fewer')).first()).toBeVisible();
    await page.getByRole('button', { name: 'Leave out photo 2' }).click();
    await page.getByRole('button', { name: words('en', 'studio.convert') }).click();
    await expect(page).toHaveURL(/\/en\/conversions\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  },
);

for (const { locale, viewport } of [
  { locale: 'fa', viewport: { width: 360, height: 720 } },
  { locale: 'en', viewport: { width: 1440, height: 900 } },
] as const) {
  test.describe(`the studio on a screen of ${viewport.width} px`, () => {
    test.use({ viewport });

    test(
      `loses nothing by a reload, hides nothing behind its bar, and shows the styles on the photo (${locale})`,
      fullOnly(locale === 'en'),
      async ({ page }) => {
        await signUp(page, locale, newAccount());
        await bringPhoto(page, locale);
        await page.locator('[name=style][value=ink]').check();
        await expect(page).toHaveURL(/style=ink$/);
        await page.reload();
        await expect(
          page.getByRole('img', { name: words(locale, 'studio.photoAlt'), exact: true }),
        ).toBeVisible();
        await expect(page.locator('[name=style][value=ink]')).toBeChecked();
        await expect(page.locator('fieldset label img[src^="blob:"]').first()).toBeVisible({
          timeout: 40_000,
        });

        // The rail of styles lies above the bar with the button, whole.
        const rail = await page.locator('label:has([name=style])').first().boundingBox();
        const button = await page
          .getByRole('button', { name: words(locale, 'studio.convert') })
          .boundingBox();
        if (!rail || !button) throw new Error('the studio is not on the page');
        expect(rail.y + Math.min(rail.height, 110)).toBeLessThanOrEqual(button.y);
      },
    );

    test(
      `a result is named, marked, seen near, kept, found by filters and deleted (${locale})`,
      fullOnly(locale === 'fa'),
      async ({ page }) => {
        await signUp(page, locale, newAccount());
        await bringPhoto(page, locale);
        await convert(page, locale, 'noir');
        await page.getByRole('button', { name: words(locale, 'conversions.favourite.add') }).click();
        await expect(
          page.getByRole('button', { name: words(locale, 'conversions.favourite.remove') }),
        ).toBeVisible();
        await page.getByRole('button', { name: words(locale, 'conversions.rename.action') }).click();
        await page.locator('[name=title]').fill('Summer');
        await page.getByRole('button', { name: words(locale, 'conversions.rename.save') }).click();
        await expect(page.getByRole('heading', { level: 1, name: 'Summer' })).toBeVisible();

        await page.getByRole('button', { name: words(locale, 'conversions.zoom.open') }).click();
        const zoom = page.getByRole('dialog', { name: words(locale, 'conversions.zoom.title') });
        await expect(zoom.getByRole('img')).toBeVisible();
        await page.keyboard.press('+');
        await page.keyboard.press('Escape');
        await expect(zoom).toHaveCount(0);

        await page.getByRole('button', { name: words(locale, 'conversions.download') }).click();
        const [png] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('menuitem', { name: words(locale, 'conversions.png.name') }).click(),
        ]);
        expect(await png.failure()).toBeNull();

        await page.goto(path(locale, '/conversions?show=favourites'));
        const entries = page.locator('main a[href*="/conversions/"]');
        await expect(entries).toHaveCount(1);
        await page.getByRole('link', { name: words(locale, 'history.failed'), exact: true }).click();
        await expect(page.getByText(words(locale, 'history.none.failed.title'))).toBeVisible();
        await page.goto(path(locale, '/conversions'));
        await entries.first().click();
        await page.getByRole('button', { name: words(locale, 'conversions.delete.action') }).click();
        await page
          .getByRole('dialog')
          .getByRole('button', { name: words(locale, 'conversions.delete.confirm'), exact: true })
          .click();
        await expect(page).toHaveURL(new RegExp(`${path(locale, '/conversions')}$`));
        await expect(page.getByText(words(locale, 'conversions.empty.title'))).toBeVisible();
      },
    );
  });
}
