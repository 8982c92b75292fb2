import { inOrder, pageTimes } from './support/page-times.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

for (const path of ['/', '/explore', '/studio', '/nowhere']) {
  test(`${path} is painted before it asks for a script, and loaded when it has run them`, async ({
    page,
    expectFailure,
  }) => {
    if (path === '/nowhere') expectFailure(/\/nowhere$/);
    await page.goto(path);
    expect(inOrder(await page.evaluate(pageTimes))).toBe(true);
  });
}

test('a page whose first picture never comes goes on without it', async ({ page }) => {
  await page.route(/\/samples\/styles\/.*\.(avif|webp|jpg)/, () => undefined);
  await page.goto('/', { waitUntil: 'domcontentloaded' });
  await expect(page.locator('img[fetchpriority="high"]').first()).toBeAttached();
  await expect(page.locator('script[type="text/waiting"]')).toHaveCount(0, { timeout: 10_000 });
});

test('what is pressed before the scripts are there is done when they are: a switch, a menu', async ({
  page,
}) => {
  let arrive: () => void = () => undefined;
  const late = async (path: string) => {
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await page.unroute(/_next.static.chunks.*\.js/);
    await page.route(/_next.static.chunks.*\.js/, async (route) => {
      await arrived;
      await route.continue();
    });
    await page.goto(path, { waitUntil: 'commit' });
  };
  await page.emulateMedia({ colorScheme: 'light' });
  await late('/contact');
  await page
    .getByRole('button', { name: words('fa', 'shell.theme.toDark') })
    .first()
    .click();
  await expect(page.locator('html')).not.toHaveClass(/dark/);
  arrive();
  await expect(page.locator('html')).toHaveClass(/dark/);

  await late('/dev/ui');
  await page.locator('button[aria-haspopup="menu"]').first().click();
  arrive();
  await expect(page.getByRole('menu')).toBeVisible();
});

test('a script that somebody put into a page is not begun with the others: it has no nonce', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.route('**/contact', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(
      '</head>',
      '<script type="text/waiting" src="/_next/static/chunks/theirs.js"></script></head>',
    );
    await route.fulfill({ response, body });
  });
  await page.goto('/contact');
  await expect(page.locator('script[type="text/waiting"]')).toHaveAttribute('src', /theirs/);
  await page
    .getByRole('button', { name: words('fa', 'shell.theme.toDark') })
    .first()
    .click();
  expect(asked.filter((path) => path.includes('theirs'))).toEqual([]);
});
