import { demoHandle } from '#scripts/seed/demo-gallery.ts';
import { newAccount, signInAsDemoVendor, signUp } from './support/account.ts';
import { checkPage } from './support/check-page.ts';
import { openLink, shareResult } from './support/sharing.ts';
import { bringPhoto, convert } from './support/studio.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { path } from './support/words.ts';

const open = [
  '/',
  '/styles',
  '/explore',
  '/explore?sort=tried',
  `/g/${demoHandle}`,
  '/plans',
  '/privacy',
  '/developers',
  '/terms',
  '/contact',
  '/signup',
  '/login',
  '/verify',
  '/forgot-password',
  '/reset-password',
  '/vendor/signup',
  // The same forms for vendors.
  ...(process.env.TEST_FULL
    ? ['/vendor/login', '/vendor/verify', '/vendor/forgot-password', '/vendor/reset-password']
    : []),
  '/dev/empty',
  '/dev/ui',
  '/dev/outbox',
];

for (const locale of ['fa', 'en'] as const) {
  test(
    `every open page is accessible and fits a phone, light and dark (${locale})`,
    fullOnly(locale === 'en'),
    async ({ page }) => {
      test.setTimeout(420_000);
      for (const address of open) await checkPage(page, path(locale, address));
    },
  );

  test(
    `every page of somebody signed in is accessible and fits a phone, light and dark (${locale})`,
    fullOnly(locale === 'en'),
    async ({ page }) => {
      test.setTimeout(420_000);
      await signUp(page, locale, newAccount());
      await checkPage(page, path(locale, '/conversions'));
      await checkPage(page, path(locale, '/studio'));
      await page.setViewportSize({ width: 1280, height: 800 });
      await bringPhoto(page, locale);
      await convert(page, locale, 'noir');
      const conversion = new URL(page.url()).pathname;
      await checkPage(page, conversion);
      const link = await shareResult(page, locale, { password: 'a quiet lantern' });
      await checkPage(page, path(locale, '/conversions'));
      await checkPage(page, path(locale, '/conversions?show=favourites'));
      // Its own owner sees what everybody with the link does; a password is asked of them too.
      await checkPage(page, link);
      await openLink(page, locale, 'a quiet lantern');
      await checkPage(page, link);
      await checkPage(page, path(locale, `/studio?again=${conversion.split('/').at(-1)}&style=noir`));
      await checkPage(page, path(locale, '/'));
      for (const address of ['/account', '/notices', '/billing', '/billing/review/basic', '/plans']) {
        await checkPage(page, path(locale, address));
      }
    },
  );

  test(
    `every page of a vendor is accessible and fits a phone, light and dark (${locale})`,
    fullOnly(locale === 'en'),
    async ({ page }) => {
      test.setTimeout(420_000);
      await signInAsDemoVendor(page, locale);
      for (const address of [
        '/vendor',
        '/vendor/images',
        '/vendor/images?show=trash',
        '/vendor/albums',
        '/vendor/insight',
        '/vendor/billing',
        '/vendor/billing/review/vendor_pro',
        '/vendor/profile',
        '/vendor/notices',
      ]) {
        await checkPage(page, path(locale, address));
      }
      await page.goto(path(locale, '/vendor/albums'));
      await checkPage(page, (await page.locator('main h2 a').first().getAttribute('href')) ?? '');
    },
  );

  test(`a page we do not have answers 404 in the reader's language (${locale})`, async ({
    page,
    expectFailure,
  }) => {
    expectFailure(/\/nowhere/);
    const answer = await page.goto(path(locale, '/nowhere/at/all'));
    expect(answer?.status()).toBe(404);
    await expect(page.locator('html')).toHaveAttribute('lang', locale);
    await expect(page.locator('html')).toHaveAttribute('dir', locale === 'fa' ? 'rtl' : 'ltr');
    await checkPage(page, path(locale, '/nowhere/at/all'));
  });
}

test('a dialog, a sheet, a menu and a toast open by keyboard, are accessible and give the focus back', async ({
  page,
}) => {
  await page.goto('/en/dev/ui');
  for (const name of ['Dialog', 'Sheet', 'Menu']) {
    const opener = page.getByRole('button', { name, exact: true });
    await opener.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole(name === 'Menu' ? 'menu' : 'dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole(name === 'Menu' ? 'menu' : 'dialog')).toHaveCount(0);
    await expect(opener).toBeFocused();
  }
  await page.getByRole('button', { name: 'Toast', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Messages' }).getByText('Saved')).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss message' }).click();
  await expect(page.getByRole('region', { name: 'Messages' }).getByText('Saved')).toHaveCount(0);
});

test(
  'at 400 % what stays in its place takes at most a third of what is seen',
  fullOnly(true),
  async ({ page }) => {
    /** The share of the middle line of the screen that does not move with the page. */
    const standing = () =>
      page.evaluate(() => {
        const isStanding = (element: Element | null): boolean =>
          element !== null &&
          (['fixed', 'sticky'].includes(getComputedStyle(element).position) ||
            isStanding(element.parentElement));
        const rows = Array.from({ length: innerHeight }, (_, y) =>
          document.elementFromPoint(innerWidth / 2, y),
        );
        return rows.filter(isStanding).length / rows.length;
      });
    await page.setViewportSize({ width: 320, height: 256 });
    await signUp(page, 'en', newAccount());
    for (const address of ['/en/studio', '/en/conversions', '/en/plans', '/en/explore']) {
      await page.goto(address);
      await page.evaluate(() => scrollTo(0, 400));
      await expect.poll(standing, address).toBeLessThanOrEqual(0.34);
    }
    await page.context().clearCookies();
    await signInAsDemoVendor(page, 'en');
    await page.goto('/en/vendor/images');
    await page.locator('main li [type=checkbox]').first().check();
    await expect.poll(standing, 'with something chosen').toBeLessThanOrEqual(0.34);
  },
);

test('the theme one chose stays after a reload and is there before the first paint', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/en');
  await expect(page.locator('html')).not.toHaveClass(/dark/);
  await page.getByRole('button', { name: 'Use dark colours' }).click();
  await expect(page.locator('html')).toHaveClass(/dark/);
  // The class is set by the inline script, so it is there as soon as the body is.
  await page.goto('/en/plans', { waitUntil: 'commit' });
  await page.waitForSelector('body', { state: 'attached' });
  await expect(page.locator('html')).toHaveClass(/dark/);
});

test('the other language shows the same page, with its query', async ({ page }) => {
  await page.goto('/plans?from=test');
  await page.getByRole('link', { name: 'Read this page in English' }).click();
  await expect(page).toHaveURL(/\/en\/plans\?from=test$/);
  await expect(page.locator('html')).toHaveAttribute('dir', 'ltr');
});
