import { newAccount, signIn, signOut, signUp } from './support/account.ts';
import { bringPhoto, convert } from './support/studio.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { path, words } from './support/words.ts';

/** In Persian on a phone, in English on a desk: the two ways most people will come. */
const settings = [
  { locale: 'fa', viewport: { width: 360, height: 780 }, hasTouch: true },
  { locale: 'en', viewport: { width: 1440, height: 900 }, hasTouch: false },
] as const;

for (const { locale, ...screen } of settings) {
  test.describe(`on a screen of ${screen.viewport.width} px`, () => {
    test.use(screen);

    test(
      `a newcomer converts twice, compares, downloads, and the third time is told why not (${locale})`,
      fullOnly(locale === 'en'),
      async ({ page }) => {
        const account = newAccount();
        await signUp(page, locale, account);

        await bringPhoto(page, locale);
        await convert(page, locale, 'noir');

        // Compare: the arrow keys move the edge, and so does the mouse.
        const slider = page.getByRole('slider');
        await slider.focus();
        await page.keyboard.press('ArrowUp');
        await expect(slider).toHaveValue('52');
        const frame = page.locator('[data-touched]');
        const box = await frame.boundingBox();
        if (!box) throw new Error('the slider is not on the page');
        await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
        await page.mouse.down();
        await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2, { steps: 4 });
        await page.mouse.up();
        await expect(slider).toHaveValue(locale === 'fa' ? /^7[45]$/ : /^2[45]$/);

        // Download: a real picture, kept under the style's name.
        await page.getByRole('button', { name: words(locale, 'conversions.download') }).click();
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('menuitem', { name: words(locale, 'conversions.jpeg.name') }).click(),
        ]);
        expect(download.suggestedFilename()).toBe(`${words(locale, 'styles.noir.title')}.jpg`);
        expect(await download.failure()).toBeNull();

        // Another style on the same photo, without bringing it again.
        await page.getByRole('link', { name: words(locale, 'conversions.again') }).click();
        await expect(page.getByText(words(locale, 'studio.lastFree'))).toBeVisible();
        await expect(
          page.getByRole('img', { name: words(locale, 'studio.photoAlt'), exact: true }),
        ).toBeVisible();
        await convert(page, locale, 'duotone');

        // The third is refused with the reason and the way on; nothing is charged and nothing is added.
        await page.goto(path(locale, '/studio?style=oil'));
        await expect(page.locator('[name=style][value=oil]')).toBeChecked();
        await expect(page.getByText(words(locale, 'studio.usedUp.free'))).toBeVisible();
        // The button stays, beside the reason and what a plan costs.
        await expect(page.getByRole('button', { name: words(locale, 'studio.convert') })).toBeVisible();
        await page
          .locator('form')
          .getByRole('link', { name: words(locale, 'studio.seePlans') })
          .click();
        await expect(page).toHaveURL(new RegExp(`${path(locale, '/plans')}$`));

        // Both are in the history, also after signing out and in again.
        await signOut(page, locale);
        await signIn(page, locale, account);
        await page.goto(path(locale, '/conversions'));
        await expect(page.locator('main a[href*="/conversions/"]')).toHaveCount(2);
        await page.locator('main a[href*="/conversions/"]').last().click();
        await expect(page.getByRole('slider')).toBeAttached();
      },
    );
  });
}

test(
  'a studio left open on another device is refused by the server when the quota is gone',
  fullOnly(true),
  async ({ page, browser }) => {
    const account = newAccount();
    await signUp(page, 'en', account);
    const elsewhere = await browser.newContext();
    const other = await elsewhere.newPage();
    await signIn(other, 'en', account);
    await bringPhoto(other, 'en');
    await bringPhoto(page, 'en');
    await convert(page, 'en', 'noir');
    await page.goto('/en/studio');
    await bringPhoto(page, 'en');
    await convert(page, 'en', 'duotone');

    await other.locator('[name=style][value=ink]').check();
    await other.getByRole('button', { name: words('en', 'studio.convert') }).click();
    // What was chosen stays when the page has learned of it, too.
    await expect(other.locator('[data-bar]').getByText(words('en', 'studio.usedUp.free'))).toBeVisible({
      timeout: 30_000,
    });
    await expect(other).toHaveURL(/\/en\/studio\?style=ink$/);
    await elsewhere.close();
  },
);

test(
  'a stranger sees neither the conversion nor that it exists',
  fullOnly(true),
  async ({ page, browser, expectFailure }) => {
    expectFailure(/\/conversions\//);
    await signUp(page, 'en', newAccount());
    await bringPhoto(page, 'en');
    await convert(page, 'en', 'noir');
    const address = page.url();

    const stranger = await browser.newContext();
    const strangersPage = await stranger.newPage();
    await strangersPage.goto(address);
    await expect(strangersPage).toHaveURL(/\/en\/login\?next=/);
    await signUp(strangersPage, 'en', newAccount());
    const answer = await strangersPage.goto(address);
    expect(answer?.status()).toBe(404);
    await stranger.close();
  },
);
