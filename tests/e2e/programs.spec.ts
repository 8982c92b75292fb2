import type { Page } from 'playwright/test';
import { newAccount, signUp } from './support/account.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { type Locale, path, words } from './support/words.ts';

/** What a person gives programs: tokens, and addresses that are told. */
const settings = [
  { locale: 'fa', viewport: { width: 390, height: 844 } },
  { locale: 'en', viewport: { width: 1440, height: 900 } },
] as const;

const card = (page: Page, locale: Locale, name: string) =>
  page.getByRole('region', { name: words(locale, `account.${name}.title`) });

const told = (page: Page, locale: Locale, key: string) =>
  expect(page.getByText(words(locale, key)).first()).toBeVisible();

for (const { locale, viewport } of settings) {
  test.describe(`programs of an account on a screen of ${viewport.width} px (${locale})`, () => {
    test.use({ viewport });
    const say = (key: string) => words(locale, key);

    test(
      'a token is shown once, opens what it was allowed, and nothing after it is revoked',
      fullOnly(true),
      async ({ page }) => {
        const account = newAccount();
        await signUp(page, locale, account);
        await page.goto(path(locale, '/account'));
        const tokens = card(page, locale, 'tokens');
        await tokens.getByRole('button', { name: say('account.tokens.new') }).click();
        // What is missing stands beside its field, and nothing is made.
        await tokens.locator('[type=submit]').click();
        await told(page, locale, 'tokens.field.nameMissing');
        await told(page, locale, 'tokens.field.scopesMissing');
        await tokens.locator('[name=name]').fill('فروشگاه <b>');
        await tokens.getByLabel(say('account.tokens.scope.account_read')).check();
        await tokens.locator('[name=password]').fill('not the right one');
        await tokens.locator('[type=submit]').click();
        await expect(tokens.locator('[name=password][aria-invalid=true]')).toBeVisible();
        await tokens.locator('[name=password]').fill(account.password);
        await tokens.locator('[type=submit]').click();
        const shown = tokens.getByRole('textbox', { name: say('account.tokens.shown') });
        await expect(shown).toBeFocused();
        const token = await shown.inputValue();
        await tokens.getByRole('button', { name: say('account.tokens.done') }).click();
        await expect(tokens.getByText('فروشگاه <b>')).toBeVisible();
        expect(await page.content(), 'it is not shown again').not.toContain(token);

        const asked = async (what: string) => {
          const headers = { authorization: `Bearer ${token}` };
          return (await page.request.get(`/api/v1${what}`, { headers, timeout: 20_000 })).status();
        };
        expect([await asked('/account'), await asked('/photos')]).toEqual([200, 403]);
        // From the page for programmers too, where another one is refused by the same words as anywhere.
        const developers = await page.context().newPage();
        await developers.goto(path(locale, '/developers'));
        for (const [shownToken, says] of [
          [token, 'HTTP 200'],
          [`${token}x`, 'HTTP 401'],
        ] as const) {
          await developers.locator('[name=token]').fill(shownToken);
          await developers.getByRole('button', { name: say('developers.try.send') }).click();
          await expect(developers.getByText(says)).toBeVisible();
        }
        await developers.close();
        await tokens
          .getByRole('button', { name: say('account.tokens.revokeThis').replace('{name}', 'فروشگاه <b>') })
          .click();
        await page.getByRole('dialog').locator('[name=confirm]').click();
        await told(page, locale, 'account.tokens.revoked');
        await told(page, locale, 'account.tokens.none');
        expect(await asked('/account')).toBe(401);
      },
    );

    test(
      'an address is refused where it leads inside, gets a test message, another secret, and goes',
      fullOnly(true),
      async ({ page }) => {
        await signUp(page, locale, newAccount());
        await page.goto(path(locale, '/account'));
        const hooks = card(page, locale, 'webhooks');
        await hooks.getByRole('button', { name: say('webhooks.new') }).click();
        await hooks.locator('[name=url]').fill('https://127.0.0.1/inside');
        await hooks.getByLabel(say('webhooks.events.payment_completed')).check();
        await hooks.locator('[type=submit]').click();
        await told(page, locale, 'webhooks.field.inside');
        // An address that is given out to nobody's use but stands on the open network: nothing answers there.
        const url = 'https://93.184.216.34/told';
        await hooks.locator('[name=url]').fill(url);
        await hooks.locator('[type=submit]').click();
        const secret = hooks.getByRole('textbox', { name: say('webhooks.secret') });
        await expect(secret).toHaveValue(/^whsec_/);
        const first = await secret.inputValue();
        await hooks.getByRole('button', { name: say('account.tokens.done') }).click();
        await expect(hooks.getByText(url)).toBeVisible();
        await told(page, locale, 'webhooks.quiet');

        await hooks.getByRole('button', { name: say('webhooks.ping') }).click();
        await told(page, locale, 'webhooks.pinged');
        await hooks.locator('summary').click();
        await expect(hooks.getByText(say('webhooks.events.ping'), { exact: true })).toBeVisible();

        await hooks.getByRole('button', { name: say('webhooks.rotate') }).click();
        await page.getByRole('dialog').locator('[name=confirm]').click();
        await expect(secret).toHaveValue(/^whsec_/);
        expect(await secret.inputValue()).not.toBe(first);
        await hooks.getByRole('button', { name: say('account.tokens.done') }).click();

        await hooks.getByRole('button', { name: say('webhooks.remove') }).click();
        await page.getByRole('dialog').locator('[name=confirm]').click();
        await told(page, locale, 'webhooks.none');
      },
    );
  });
}
