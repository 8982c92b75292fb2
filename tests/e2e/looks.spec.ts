import { newAccount, signUp } from './support/account.ts';
import { shareResult } from './support/sharing.ts';
import { bringPhoto } from './support/studio.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { path, words } from './support/words.ts';

/** Words of a sentence with a number in it, up to the number. */
const counted = (taps: number) => `${taps} of 24 taps`;

test(
  'a gallery’s cloth is corrected by the keyboard, kept over a reload, credited, and tried by who sees it',
  fullOnly(true),
  async ({ page, browser }) => {
    test.setTimeout(180_000);
    await page.setViewportSize({ width: 1366, height: 850 });
    await signUp(page, 'en', newAccount());
    await page.goto('/en/explore?look=fabric');
    const link = await page.locator('main a[id^=image-]').first().getAttribute('id');
    const id = link?.replace('image-', '') ?? '';
    await page.goto(`/en/studio?reference=${id}`);
    await bringPhoto(page, 'en');
    const large = page.locator('[data-stage=large]');
    await expect(large).toBeVisible({ timeout: 60_000 });

    // What is tinted is corrected: a tap by keys, taken back, and set again.
    const open = page.getByRole('button', { name: words('en', 'studio.parts.open.clothes') });
    await open.click();
    await expect(page.locator('[data-mask]')).toBeVisible({ timeout: 30_000 });
    const area = page.getByRole('button', { name: words('en', 'studio.parts.area') });
    await area.press('ArrowDown');
    await area.press('Enter');
    await expect(page.getByText(counted(1))).toBeAttached();
    await page.getByRole('button', { name: words('en', 'studio.parts.undo') }).click();
    await expect(page.getByText(counted(0))).toBeAttached();
    await area.press('Enter');
    await page.getByRole('button', { name: words('en', 'studio.parts.done') }).click();
    await expect(large).toBeVisible();
    await page.reload();
    await expect(large).toBeVisible({ timeout: 60_000 });
    await open.click();
    await expect(page.getByText(counted(1))).toBeAttached();
    await page.getByRole('button', { name: words('en', 'studio.parts.done') }).click();

    // The result says whose look it is, and so does the page it is shared on, from where it is tried.
    await page.getByRole('button', { name: words('en', 'studio.convert') }).click();
    await expect(page).toHaveURL(/\/conversions\/[0-9a-f-]{36}$/, { timeout: 60_000 });
    const shop = (where: typeof page) => where.locator('main p a[href*="/g/"]').last();
    await expect(shop(page)).toBeVisible({ timeout: 60_000 });
    const name = await shop(page).innerText();
    const shared = await shareResult(page, 'en');
    const stranger = await browser.newContext();
    const strangers = await stranger.newPage();
    await strangers.goto(shared);
    await expect(shop(strangers)).toHaveText(name);
    await strangers.getByRole('link', { name: words('en', 'credit.try') }).click();
    await expect(strangers).toHaveURL(new RegExp(`${path('en', '/studio')}\\?reference=${id}`));
    await expect(strangers.locator('[name=style][value^=reference]')).toBeChecked();
    await stranger.close();
  },
);
