import type { Page } from 'playwright/test';
import { newAccount, signUp } from './support/account.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { type Locale, path, words } from './support/words.ts';

const settings = [
  { locale: 'fa', viewport: { width: 390, height: 844 } },
  { locale: 'en', viewport: { width: 1440, height: 900 } },
] as const;

const typed = { name: 'نرگس از پیش', bio: 'چند خط\nکه هنوز فرستاده نشده' };

async function fill(page: Page): Promise<void> {
  for (const [name, text] of Object.entries(typed)) await page.locator(`[name=${name}]`).fill(text);
}

async function expectTyped(page: Page): Promise<void> {
  for (const [name, text] of Object.entries(typed))
    await expect(page.locator(`[name=${name}]`)).toHaveValue(text);
}

async function save(page: Page, locale: Locale): Promise<void> {
  await page.locator('form:has([name=name]) [type=submit]').click();
  await expect(page.getByText(words(locale, 'account.profile.saved')).first()).toBeVisible();
}

const notice = (page: Page, locale: Locale) => page.getByText(words(locale, 'ui.notice.outdated.title'));
const reload = (page: Page, locale: Locale) =>
  page.getByRole('button', { name: words(locale, 'ui.notice.outdated.action') }).click();

for (const { locale, ...screen } of settings) {
  test.describe(`a new version of the site (${locale})`, () => {
    test.use(screen);

    test(
      `is told, and what was typed is there after loading it (${locale})`,
      // Half a minute of a page's own clock; the other case below is walked every time.
      fullOnly(true),
      async ({ page }) => {
        await signUp(page, locale, newAccount());
        await page.clock.install();
        await page.goto(path(locale, '/account'));
        await fill(page);
        // Without a new version the page is as it was saved.
        await page.reload();
        await expect(page.locator('[name=bio]')).toHaveValue('');

        await fill(page);
        const answered = page.route('**/api/health/live', (route) =>
          route.fulfill({ json: { status: 'live', release: 'another' } }),
        );
        await answered;
        await page.clock.fastForward('05:01');
        await expect(async () => {
          await page.clock.fastForward('00:11');
          await expect(notice(page, locale)).toBeVisible({ timeout: 300 });
        }).toPass();
        await page.unrouteAll();
        await reload(page, locale);
        await expect(notice(page, locale)).toHaveCount(0);
        await expectTyped(page);
        await save(page, locale);
      },
    );

    test(
      `is told when a form is sent to it that it does not know, with nothing lost (${locale})`,
      fullOnly(locale === 'fa'),
      async ({ page, expectFailure }) => {
        expectFailure(/\/account$/);
        await signUp(page, locale, newAccount());
        await page.goto(path(locale, '/account'));
        await fill(page);
        let asked = 0;
        await page.route('**/account', (route) => {
          if (route.request().method() !== 'POST') return route.continue();
          asked += 1;
          const headers = { 'x-nextjs-action-not-found': '1', 'content-type': 'text/plain' };
          return route.fulfill({ status: 404, headers, body: 'Server action not found.' });
        });
        await page.locator('form:has([name=name]) [type=submit]').click();
        await expect(page.getByText(words(locale, 'errors.page.outdated')).first()).toBeVisible();
        // Another server might have known it.
        expect(asked).toBe(3);
        await expectTyped(page);
        await page.unrouteAll();
        await reload(page, locale);
        await expectTyped(page);
        await save(page, locale);
      },
    );
  });
}
