import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { newAccount, signUp } from './support/account.ts';
import { samplePhoto } from './support/studio.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { words } from './support/words.ts';

/** Until the service worker stands between this page and the network. */
async function untilInstalled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    );
  });
}

// Cutting the line of a browser that shares two cores with another is a matter of seconds: the full run has them.
test(
  'a page that cannot be fetched says so in the reader’s language, and comes when the line is back',
  fullOnly(true),
  async ({ page, context, expectFailure }) => {
    // The page asks by itself whether the line is back.
    expectFailure(/\/(plans|en\/plans|api\/health\/live)$/);
    await page.goto('/');
    await untilInstalled(page);
    await context.setOffline(true);
    await page.goto('/plans');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('fa', 'offline.title'));
    await page.goto('/en/plans');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('en', 'offline.title'));
    expect(await page.evaluate(() => getComputedStyle(document.body).display), 'it is dressed').toBe('grid');
    await expect(page.getByRole('link', { name: words('en', 'offline.retry') })).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('en', 'plans.title'));
  },
);

test('a photo shared from another app waits in the studio until its owner sends it', async ({ page }) => {
  await signUp(page, 'fa', newAccount());
  await untilInstalled(page);
  const bytes = await readFile(samplePhoto, 'base64');
  // What the system does when somebody picks this app in the share sheet of their phone.
  await page.evaluate((photo) => {
    const data = new DataTransfer();
    const content = Uint8Array.from(atob(photo), (sign) => sign.charCodeAt(0));
    data.items.add(new File([content], 'عکس من.jpg', { type: 'image/jpeg' }));
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', enctype: 'multipart/form-data', action: '/studio/share' });
    const input = Object.assign(document.createElement('input'), { type: 'file', name: 'photo' });
    input.files = data.files;
    form.append(input);
    document.body.append(form);
    form.submit();
  }, bytes);
  await expect(page.getByRole('img', { name: 'عکس من.jpg' })).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'آوردن عکس' }).click();
  await expect(page.getByRole('img', { name: words('fa', 'studio.photoAlt'), exact: true })).toBeVisible();
  await page.goto('/studio');
  await expect(page.getByRole('img', { name: 'عکس من.jpg' }), 'it was taken').toHaveCount(0);
});

test('the app can be installed: its manifest and icons are there in both languages', async ({ page }) => {
  for (const address of ['/', '/en']) {
    await page.goto(address);
    const manifest = await page.evaluate(async () => {
      const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
      return (await fetch(link?.href ?? '')).json();
    });
    expect(manifest).toMatchObject({ lang: address === '/' ? 'fa' : 'en', display: 'standalone' });
    for (const { src, sizes } of manifest.icons) {
      const size = await page.evaluate(async (icon) => {
        const picture = await createImageBitmap(await (await fetch(icon)).blob());
        return `${picture.width}x${picture.height}`;
      }, src);
      expect(size).toBe(sizes);
    }
  }
});

test('an address that cannot be read is the asker’s mistake, not ours', async ({ request }) => {
  expect((await request.get('/%E0%A4%A')).status()).toBe(400);
  expect((await request.get('/explore?q=100%')).status()).toBe(200);
});
