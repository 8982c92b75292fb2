import type { Page } from 'playwright/test';
import { newAccount, signInAsDemoVendor, signUp } from './support/account.ts';
import { listen } from './support/heard.ts';
import { samplePhoto } from './support/studio.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { path, words } from './support/words.ts';

/** What the server calls the page. */
async function titleOf(page: Page, address: string): Promise<string> {
  const html = await (await page.request.get(address)).text();
  return page.evaluate(
    (text) => new DOMParser().parseFromString(text, 'text/html').title.trim(),
    /<title>.*?<\/title>/s.exec(html)?.[0] ?? '',
  );
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.tagName);

for (const locale of ['fa', 'en'] as const) {
  test(
    `each of sixteen pages that are come to without a load is told by its title, once (${locale})`,
    fullOnly(true),
    async ({ page }) => {
      test.setTimeout(180_000);
      /** From where one stands, link by link. */
      const walk = async (from: string, addresses: readonly string[]) => {
        await page.goto(path(locale, from));
        const heard = await listen(page);
        const titles: string[] = [];
        for (const address of addresses.map((one) => path(locale, one))) {
          titles.push(await titleOf(page, address));
          await page.locator(`a[href="${address}"]:visible`).first().press('Enter', { timeout: 20_000 });
          await expect(page).toHaveURL(new RegExp(`${address}$`));
          const told = async () => (await heard()).filter((one) => one.endsWith(words(locale, 'site.name')));
          await expect.poll(told, address).toEqual(titles);
          await expect.poll(() => focused(page), address).not.toBe('BODY');
        }
      };
      await walk('/contact', [
        '/styles',
        '/explore',
        '/plans',
        '/privacy',
        '/terms',
        '/developers',
        '/login',
        '/signup',
      ]);
      await signUp(page, locale, newAccount());
      await walk('/contact', ['/studio', '/conversions', '/billing', '/explore']);
      await page.context().clearCookies();
      await signInAsDemoVendor(page, locale);
      await walk('/vendor', ['/vendor/images', '/vendor/albums', '/vendor/insight', '/vendor/profile']);
    },
  );
}

test(
  'where a page takes the focus with it, the heading of the next one has it',
  fullOnly(true),
  async ({ page }) => {
    await page.goto('/en/styles');
    await page.locator('main a[href^="/en/studio"]').first().press('Enter', { timeout: 20_000 });
    await expect(page).toHaveURL(/\/en\/studio/);
    await expect(page.locator('main h1')).toBeFocused();
  },
);

test(
  'what is ticked, typed and chosen before the scripts are there counts when they are',
  fullOnly(true),
  async ({ page }) => {
    await signInAsDemoVendor(page, 'en');
    let letScriptsCome = () => {};
    const openWithoutScripts = async (address: string) => {
      const { promise: scripts, resolve } = Promise.withResolvers<void>();
      letScriptsCome = resolve;
      await page.unrouteAll();
      await page.route('**/_next/static/**/*.js*', async (route) => {
        await scripts;
        await route.continue();
      });
      await page.goto(address, { waitUntil: 'commit' });
    };

    await openWithoutScripts('/en/vendor/images');
    const box = page.locator('main li [type=checkbox]').first();
    await box.check();
    letScriptsCome();
    await expect(
      page.getByRole('region', { name: words('en', 'library.gallery.selection.label') }),
    ).toBeVisible();
    await expect(box).toBeChecked();

    await page.context().clearCookies();
    await openWithoutScripts('/en/signup');
    const { phone, password } = newAccount();
    await page.locator('[name=phone]').fill(phone);
    await page.locator('[name=password]').fill(password);
    letScriptsCome();
    await page.locator('form:has([name=password]) [type=submit]:enabled').click();
    await expect(page.locator('[name=code]')).toBeVisible();

    await openWithoutScripts('/en/studio');
    await page.locator('[name=file]').setInputFiles(samplePhoto);
    letScriptsCome();
    await expect(page.locator('[data-stage=large]')).toBeVisible({ timeout: 30_000 });
  },
);
