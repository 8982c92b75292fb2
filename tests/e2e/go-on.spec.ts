import type { Page } from 'playwright/test';
import { newAccount, signUp } from './support/account.ts';
import { expectState, payWords } from './support/billing.ts';
import { listen } from './support/heard.ts';
import { bringPhoto, secondPhoto } from './support/studio.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { type Locale, path, words } from './support/words.ts';

const stage = (page: Page) => page.locator('[data-stage=large]');
const make = (page: Page, locale: Locale) =>
  page.getByRole('button', { name: words(locale, 'studio.convert'), exact: true });
const thumbs = (page: Page) => page.locator('label:has([name=style]) img[src^="blob:"]:not(.grayscale)');

for (const locale of ['fa', 'en'] as const) {
  test.describe(`after buying a plan (${locale})`, () => {
    test.use({ viewport: locale === 'fa' ? { width: 390, height: 844 } : { width: 1280, height: 800 } });

    test(
      `one continues where one was: the picture that was asked for is made, with nothing lost (${locale})`,
      fullOnly(true),
      async ({ page }) => {
        test.setTimeout(240_000);
        const say = (key: string) => words(locale, key);
        await signUp(page, locale, newAccount());
        // Both free conversions are used.
        await bringPhoto(page, locale);
        await page.locator('[name=style][value=noir]').check();
        const pick = page.getByRole('button', { name: say('studio.stage.pick') });
        await pick.click();
        await page.locator('[name=style][value=vintage]').check();
        await pick.click();
        await page.locator('form:has([name=style]) [type=submit]').click();
        await expect(page).toHaveURL(new RegExp(`${path(locale, '/conversions')}$`), { timeout: 60_000 });

        // Another photo, another style, half of it: asked for, and not to be had.
        await page.goto(path(locale, '/studio'));
        await page.locator('[name=file]').setInputFiles(secondPhoto);
        await page.locator('[name=style][value=oil]').check();
        await expect(stage(page)).toBeVisible({ timeout: 90_000 });
        await page.locator('[name=strength]').fill('50');
        await make(page, locale).click();
        const bar = page.locator('[data-bar]').filter({ has: make(page, locale) });
        // Said before it is pressed, and then louder.
        await expect(bar.locator('p', { hasText: say('studio.usedUp.free') })).toBeVisible();
        await bar.getByRole('link', { name: say('studio.seePlans') }).click();
        await page.locator('[data-plan=basic]').click();
        await page.getByRole('button', { name: payWords(locale) }).click();
        await page.locator('[data-pay=OK]').click({ timeout: 60_000 });
        await expectState(page, 'paid');

        // Nothing is chosen again: the wish is carried out by itself.
        await page.getByRole('link', { name: say('billing.payment.next.goOn') }).click();
        await expect(page).toHaveURL(/\/conversions\/[0-9a-f-]{36}$/, { timeout: 60_000 });
        await expect(page.getByRole('slider')).toBeAttached({ timeout: 60_000 });
        await expect(page).toHaveTitle(new RegExp(say('styles.oil.title')));
        const half = new Intl.NumberFormat(locale, { style: 'percent' }).format(0.5);
        await expect(page.getByText(half).first()).toBeVisible();
        // Once, and the draft is off the device.
        await page.goto(path(locale, '/conversions'));
        await expect(page.locator('main a[href*="/conversions/"]')).toHaveCount(3);
        await page.goto(path(locale, '/studio?make=1'));
        await expect(page.locator('[name=file]').first()).toBeAttached();
        await expect(page.getByRole('list', { name: say('studio.photos') })).toHaveCount(0);
        await page.goto(path(locale, '/conversions'));
        await expect(page.locator('main a[href*="/conversions/"]')).toHaveCount(3);
      },
    );
  });
}

test.describe('the worker that paints on the device', () => {
  /** As one ends that ran out of memory: what it was at is lost, and nobody answers. */
  const kill = async (page: Page) => {
    await expect.poll(() => page.workers().length).toBeGreaterThan(0);
    await page
      .workers()
      .at(-1)
      ?.evaluate(() => {
        setTimeout(() => {
          throw new Error('out of memory');
        });
      });
  };

  test(
    'dies while somebody waits: another goes on, and every style comes',
    fullOnly(true),
    async ({ page }) => {
      await page.goto('/en/studio');
      const heard = await listen(page);
      await bringPhoto(page, 'en');
      await expect(thumbs(page).first()).toBeVisible({ timeout: 30_000 });
      await kill(page);
      await expect(thumbs(page)).toHaveCount(15, { timeout: 60_000 });
      await expect(stage(page)).toBeVisible({ timeout: 30_000 });
      await expect.poll(heard).toContain(words('en', 'studio.previews.done'));
      await expect(page.getByText(words('en', 'studio.samples.failed'))).toHaveCount(0);
    },
  );

  test(
    'dies again and again: samples stand there, that is said, and the picture is made all the same',
    fullOnly(true),
    async ({ page }) => {
      await signUp(page, 'en', newAccount());
      await page.addInitScript(() => {
        const RealWorker = Worker;
        // A device on which one style is too much for any worker.
        window.Worker = class extends RealWorker {
          override postMessage(job: { look?: { style?: string } }) {
            super.postMessage(job);
            if (job.look?.style === 'linocut')
              this.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
          }
        };
      });
      await page.goto('/en/studio');
      const heard = await listen(page);
      await bringPhoto(page, 'en');
      await expect(page.getByText(words('en', 'studio.samples.failed'))).toBeVisible({ timeout: 60_000 });
      expect(await heard()).not.toContain(words('en', 'studio.previews.done'));
      await page.locator('[name=style][value=linocut]').check();
      await make(page, 'en').click();
      await expect(page).toHaveURL(/\/conversions\/[0-9a-f-]{36}$/, { timeout: 60_000 });
      await expect(page.getByRole('slider')).toBeAttached({ timeout: 60_000 });
    },
  );
});
