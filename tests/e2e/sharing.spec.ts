import { newAccount, signUp } from './support/account.ts';
import { openLink, sendStory, sharedPicture, shareResult } from './support/sharing.ts';
import { bringPhoto, convert } from './support/studio.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { words } from './support/words.ts';

for (const { locale, viewport } of [
  { locale: 'fa', viewport: { width: 360, height: 780 } },
  { locale: 'en', viewport: { width: 1440, height: 900 } },
] as const) {
  test.describe(`links on a screen of ${viewport.width} px`, () => {
    test.use({ viewport });

    test(
      `a result is shared, seen by a stranger, and taken back at once (${locale})`,
      fullOnly(locale === 'en'),
      async ({ page, browser }) => {
        await signUp(page, locale, newAccount());
        await bringPhoto(page, locale);
        await convert(page, locale, 'noir');
        const { picture, path: open } = await sendStory(page, locale);
        expect(picture).toEqual({ type: 'image/jpeg', width: 1080, height: 1920 });

        // A stranger sees the picture, and a card of it stands in the page's head.
        const stranger = await browser.newContext({ viewport });
        const strangersPage = await stranger.newPage();
        await strangersPage.goto(open);
        await expect(sharedPicture(strangersPage)).toBeVisible();
        await expect(strangersPage.locator('meta[name=robots]')).toHaveAttribute('content', /noindex/);
        const card = await strangersPage.locator('meta[property="og:image"]').getAttribute('content');
        const cardPath = new URL(card ?? '').pathname;
        expect((await strangersPage.request.get(cardPath)).headers()['content-type']).toBe('image/jpeg');
        // Nothing of the owner, nor of the photo, comes with it.
        expect(await strangersPage.content()).not.toContain('/api/files/');

        // Their look is counted, once.
        await strangersPage.reload();
        await expect(sharedPicture(strangersPage)).toBeVisible();
        await expect(async () => {
          await page.reload();
          await page.getByRole('button', { name: words(locale, 'sharing.open'), exact: true }).click();
          await page.getByRole('tab', { name: words(locale, 'sharing.tabs.link') }).click();
          await expect(page.getByText(locale === 'fa' ? 'یک بار دیده شده' : 'Seen once')).toBeVisible({
            timeout: 1000,
          });
        }).toPass();

        // Closed: the page and the picture are gone with the next request.
        const dialog = page.getByRole('dialog', { name: words(locale, 'sharing.title') });
        await dialog
          .getByRole('button', {
            name: new RegExp(words(locale, 'sharing.revoke.label').split('{')[0] ?? ''),
          })
          .click();
        await page
          .getByRole('button', { name: words(locale, 'sharing.revoke.confirm'), exact: true })
          .click();
        await expect(page.getByText(words(locale, 'sharing.revoke.done')).first()).toBeVisible();
        await strangersPage.goto(open);
        await expect(
          strangersPage.getByRole('heading', { name: words(locale, 'sharing.closed.title') }),
        ).toBeVisible();
        expect((await strangersPage.request.get(cardPath)).status()).toBe(404);
        expect((await strangersPage.request.get(cardPath.replace('card', 'w640'))).status()).toBe(404);
        await stranger.close();
      },
    );

    test(
      `a link with a password asks for it, in this browser, and never in the address (${locale})`,
      fullOnly(true),
      async ({ page, browser }) => {
        await signUp(page, locale, newAccount());
        await bringPhoto(page, locale);
        await convert(page, locale, 'duotone');
        const locked = await shareResult(page, locale, { password: 'گل سرخ ۱۴' });

        const stranger = await browser.newContext({ viewport });
        const strangersPage = await stranger.newPage();
        await strangersPage.goto(locked);
        await expect(sharedPicture(strangersPage)).toHaveCount(0);
        await expect(strangersPage.locator('meta[property="og:image"]')).toHaveCount(0);
        await openLink(strangersPage, locale, 'گل سرخ ۱۵');
        await expect(strangersPage.getByText(words(locale, 'errors.link.passwordWrong'))).toBeVisible();
        // The digits of the other keyboard are the same digits.
        await openLink(strangersPage, locale, 'گل سرخ 14');
        await expect(sharedPicture(strangersPage)).toBeVisible();
        await expect(strangersPage).toHaveURL(new RegExp(`${locked}$`));
        await stranger.close();

        const another = await browser.newContext({ viewport });
        const anothersPage = await another.newPage();
        await anothersPage.goto(locked);
        await expect(anothersPage.locator('[name=password]')).toBeVisible();
        await another.close();
      },
    );
  });
}
