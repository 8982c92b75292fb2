import { newAccount, readCode, tabTo } from './support/account.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { path } from './support/words.ts';

for (const locale of ['fa', 'en'] as const) {
  for (const kind of ['user', 'vendor'] as const) {
    test(
      `a ${kind} signs up, and signs in again, with the keyboard alone (${locale})`,
      fullOnly((kind === 'user') === (locale === 'en')),
      async ({ page, context }) => {
        const { phone, password } = newAccount();
        const area = kind === 'vendor' ? '/vendor' : '';
        const home = new RegExp(`${path(locale, kind === 'vendor' ? '/vendor' : '/studio')}$`);
        await page.goto(path(locale, `${area}/signup`));
        if (kind === 'vendor') {
          await tabTo(page, 'businessName');
          await page.keyboard.type('Atelier');
        }
        await tabTo(page, 'phone');
        await page.keyboard.type(phone);
        await tabTo(page, 'password');
        await page.keyboard.type(password);
        await page.keyboard.press('Enter');
        await expect(page.locator('[name=code]')).toBeVisible();
        const code = await readCode(page, phone);
        await tabTo(page, 'code');
        await page.keyboard.type(code);
        await page.keyboard.press('Enter');
        await expect(page).toHaveURL(home);

        await context.clearCookies();
        await page.goto(path(locale, `${area}/login`));
        await tabTo(page, 'phone');
        await page.keyboard.type(phone);
        await tabTo(page, 'password');
        await page.keyboard.type(password);
        await page.keyboard.press('Enter');
        await expect(page).toHaveURL(home);
      },
    );
  }
}
