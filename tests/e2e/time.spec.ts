import { newAccount, readCode, signUp } from './support/account.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

const say = (key: string) => words('en', key);

test('before a code lapses it is said once, and who needs longer has more time', async ({ page }) => {
  const { phone, password } = newAccount();
  await page.clock.install();
  await page.goto('/en/signup');
  await page.locator('[name=phone]').fill(phone);
  await page.locator('[name=password]').fill(password);
  await page.locator('form:has([name=password]) [type=submit]').click();
  const status = page.getByRole('status');
  await expect(page.getByText('The code works for 2 minutes')).toBeVisible();
  await expect(status.filter({ hasText: say('auth.life.ending') })).toHaveCount(0);
  await page.clock.fastForward('01:25');
  await expect(status.filter({ hasText: say('auth.life.ending') })).toBeVisible();
  await page.getByRole('button', { name: say('auth.life.button') }).press('Enter');
  await expect(status.filter({ hasText: say('auth.life.longer') })).toBeVisible();
  await expect(page.locator('[name=code]')).toBeFocused();
  await page.clock.fastForward('02:01');
  await expect(status.filter({ hasText: say('auth.life.over') })).toBeVisible();
  // For the server no time has passed.
  await page.locator('[name=code]').fill(await readCode(page, phone));
  await expect(page).toHaveURL(/\/en\/studio$/);
});

test('what was typed when a session ended is there after signing in again', async ({
  page,
  context,
  expectFailure,
}) => {
  expectFailure(/\/en\/account/);
  const account = newAccount();
  await signUp(page, 'en', account);
  await page.goto('/en/account');
  await page.locator('[name=bio]').fill('Not yet saved');
  await context.clearCookies();
  await page.locator('form:has([name=bio]) [type=submit]').click();
  await expect(page.getByText(say('ui.notice.ended.title'))).toBeVisible();
  await expect(page.locator('[name=bio]')).toHaveValue('Not yet saved');
  await page.getByRole('button', { name: say('ui.notice.ended.action') }).click();
  await expect(page).toHaveURL(/\/en\/login\?next=/);
  await page.locator('[name=phone]').fill(account.phone);
  await page.locator('[name=password]').fill(account.password);
  await page.locator('form:has([name=password]) [type=submit]').click();
  await expect(page).toHaveURL(/\/en\/account$/);
  await expect(page.locator('[name=bio]')).toHaveValue('Not yet saved');
  await page.locator('form:has([name=bio]) [type=submit]').click();
  await expect(page.getByText(say('account.profile.saved')).first()).toBeVisible();
});
