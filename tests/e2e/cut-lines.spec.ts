import type { Browser, Page } from 'playwright/test';
import { newAccount, readCode, signUp } from './support/account.ts';
import { type CuttingLine, startCuttingLine } from './support/cutting-line.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { signUpVendor } from './support/vendor.ts';
import { path, words } from './support/words.ts';

/**
 * Forms that make or change something, pressed while the line is cut before the request leaves, then after it was answered, then not at
 * all. That the second of two equal wishes has no effect is proved for every action by `tests/access/lost-commits.test.ts`;
 * here the page must send the very same wish again.
 */
const locale = 'en';
const lost = words(locale, 'errors.answer.lost');

let line: CuttingLine;
test.beforeEach(async ({ expectFailure }) => {
  expectFailure(/./);
  line = await startCuttingLine();
});
test.afterEach(() => line.close());

async function somebody(browser: Browser, baseURL: string | undefined): Promise<Page> {
  const context = await browser.newContext({ baseURL: baseURL ?? '', proxy: { server: line.server } });
  return context.newPage();
}

/** Types into one form and sends it until it goes through: twice the line is cut, and everything stays as it was typed. */
async function sendOverCutLine(
  page: Page,
  action: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const [first = ''] = Object.keys(values);
  const form = page.locator(`form:has([name=${first}])`).first();
  const send = form.locator('[type=submit]').first();
  await expect(send).toBeEnabled();
  for (const [name, value] of Object.entries(values)) await form.locator(`[name=${name}]`).fill(value);
  const address = page.url();
  line.begin();
  for (const what of ['cut before', 'cut after', 'passed'] as const) {
    await send.click();
    await expect.poll(() => line.calls.at(-1)?.what, { timeout: 20_000 }).toBe(what);
    if (what === 'passed') break;
    await expect(form.getByText(lost)).toBeVisible();
    await expect(send).toBeEnabled();
    expect(page.url()).toBe(address);
    for (const [name, value] of Object.entries(values))
      await expect(form.locator(`[name=${name}]`)).toHaveValue(value);
  }
  line.rest();
  expect(line.calls.map(({ name }) => name)).toEqual([action, action, action]);
  // The same words under the same name each time.
  expect(new Set(line.calls.map(({ said }) => said)).size).toBe(1);
}

test(
  'a new album is made once, whatever became of the answers',
  fullOnly(true),
  async ({ browser, baseURL }) => {
    const page = await somebody(browser, baseURL);
    await signUpVendor(page, locale, { ...newAccount(), businessName: 'House of quiet' });
    await page.goto(path(locale, '/vendor/albums'));
    await sendOverCutLine(page, 'gallery.createAlbum', { title: 'Quiet words' });
    await page.goto(path(locale, '/vendor/albums'));
    await expect(page.locator('main').getByRole('link', { name: 'Quiet words' })).toHaveCount(1);
  },
);

test('a profile is saved, whatever became of the answers', fullOnly(true), async ({ browser, baseURL }) => {
  const page = await somebody(browser, baseURL);
  await signUp(page, locale, newAccount());
  await page.goto(path(locale, '/account'));
  await sendOverCutLine(page, 'account.updateUserProfile', { bio: 'Quiet words', name: 'Quiet person' });
  await expect(page.getByText(words(locale, 'account.profile.saved')).first()).toBeVisible();
  await page.goto(path(locale, '/account'));
  await expect(page.locator('[name=bio]')).toHaveValue('Quiet words');
});

test(
  'a business is described, whatever became of the answers',
  fullOnly(true),
  async ({ browser, baseURL }) => {
    const page = await somebody(browser, baseURL);
    await signUpVendor(page, locale, { ...newAccount(), businessName: 'House of quiet' });
    await page.goto(path(locale, '/vendor/profile'));
    await sendOverCutLine(page, 'gallery.updateBusiness', { bio: 'Quiet words', city: 'Tehran' });
    await expect(page.getByText(words(locale, 'account.profile.saved')).first()).toBeVisible();
    await page.goto(path(locale, '/vendor/profile'));
    await expect(page.locator('[name=bio]')).toHaveValue('Quiet words');
  },
);

test(
  'somebody signs up and in, and asks for a new password, whatever became of the answers',
  fullOnly(true),
  async ({ browser, baseURL }) => {
    const account = newAccount();
    const asVisitor = async (address: string, action: string, values: Record<string, string>) => {
      await line.close();
      line = await startCuttingLine();
      const page = await somebody(browser, baseURL);
      await page.goto(path(locale, address));
      await sendOverCutLine(page, action, values);
      return page;
    };
    const { phone, password } = account;
    const joining = await asVisitor('/signup', 'auth.signUpUser', { phone, password });
    await joining.locator('[name=code]').fill(await readCode(joining, phone));
    await expect(joining).toHaveURL(/\/studio(\?|$)/);
    const coming = await asVisitor('/login', 'auth.signInUser', { phone, password });
    await expect(coming).toHaveURL(/\/studio(\?|$)/);
    const forgetful = await asVisitor('/forgot-password', 'auth.forgotUserPassword', { phone });
    await expect(forgetful).toHaveURL(/\/reset-password/);
  },
);
