import { createTranslator } from 'next-intl';
import { expect } from 'playwright/test';
import { newAccount } from '../support/account.ts';
import { type Locale, path, words } from '../support/words.ts';
import { keys, waitFor } from './engine.ts';
import type { Walker } from './walk.ts';

/** A sentence as it is read, with its values. */
export function sayIn(locale: Locale) {
  return (key: string, values?: Record<string, string | number>): string =>
    createTranslator({ locale, messages: { it: words(locale, key) } })('it', values);
}

/** The newest code that was "sent" to this number, from the page that stands in for messages. */
function codeFor(base: string, phone: string): Promise<string> {
  const shown = phone.replace(/^(\d{4})(\d{3})(\d{4})$/, '$1 $2 $3');
  return waitFor(async () => {
    const html = await (await fetch(new URL('/en/dev/outbox', base))).text();
    const [, mine] = html.split(shown);
    return mine && /\b(\d{6})\b/.exec(mine.replace(/<time.*?<\/time>/s, ''))?.[1];
  }, `a code for ${phone}`);
}

/** Signs up and proves the number: what is asked for is read, what is wrong is said, the new page is told. */
export async function signUp(at: Walker, base: string, locale: Locale, area: '' | '/vendor'): Promise<void> {
  const say = sayIn(locale);
  const { phone, password } = newAccount();
  await at.visit(path(locale, `${area}/signup`));
  await at.until('[type=submit]:not([disabled])');
  if (area) {
    await at.tabTo('[name=businessName]');
    await at.expectRead(say('auth.field.businessName'));
    await at.type('Atelier');
  }
  await at.tabTo('[name=phone]');
  await at.expectRead(`${say('auth.field.phone')} ${say('auth.field.phoneHint')}`);
  // Sent too early: what is wrong is said, and stands beside the field that has the focus.
  await at.press(keys.enter);
  const missing = say('auth.field.phoneMissing');
  await at.untilHeard(missing);
  await at.expectFocus('[name=phone][aria-invalid=true]');
  await at.expectRead(missing);
  await at.type(phone);
  await at.tabTo('[name=password]');
  await at.expectRead(say('auth.field.passwordHint'));
  await at.type(password);
  await at.press(keys.enter);
  await at.until('[name=code]');
  await at.untilPageTold(say('auth.verify.title'));
  await at.expectFocus('[name=code]');
  await at.expectRead(say('auth.field.code'));
  // The last digit sends it.
  await at.type(await codeFor(base, phone));
  await at.untilAt(new RegExp(`${path(locale, area || '/studio')}$`));
  await at.untilPageTold(say(area ? 'vendorHome.title' : 'studio.title'));
}

/** A button or a link, by the words that are read on it. */
const mark = (at: Walker, text: string, within = 'body') =>
  at.run(
    (given) => {
      const found = [...document.querySelectorAll(`${given.within} :is(button, a, summary)`)].find(
        (element) => element.textContent?.trim() === given.text,
      );
      found?.setAttribute('data-walk', given.text);
      return found !== undefined;
    },
    { text, within },
  );

/** Goes to it by Tab and presses Enter. */
export async function pressButton(at: Walker, text: string, within?: string): Promise<void> {
  await at.untilDone(async () => (await mark(at, text, within)) || undefined, `the button ${text}`);
  await at.tabTo(`[data-walk="${text}"]`);
  await at.press(keys.enter);
}

/** Buys a plan at the page that stands in for the bank. */
export async function pay(at: Walker, locale: Locale, area: '' | '/vendor', plan: string): Promise<void> {
  const say = sayIn(locale);
  await at.visit(path(locale, `${area}/billing/review/${plan}`));
  const [before = '', after = ''] = say('billing.review.pay', { amount: '|' }).split('|');
  const text = await at.untilDone(
    () =>
      at.run(
        (given) =>
          [...document.querySelectorAll('main button')]
            .map(({ textContent }) => textContent?.trim() ?? '')
            .find((one) => one.startsWith(given.before.trim()) && one.endsWith(given.after.trim())),
        { before, after },
      ),
    'the button that pays',
  );
  await pressButton(at, text, 'main');
  await at.untilAt(/\/StartPay\//);
  await at.tabTo('[data-pay=OK]');
  await at.press(keys.enter);
  await at.untilAt(/\/billing\/payments\/[0-9a-f-]{36}$/, 60_000);
  // In a live region that stood there before it was known, and as the page's own heading.
  await at.until('[role=status][data-state=paid] h1', '', 60_000);
  expect(await at.run(() => document.title)).toContain(say('billing.payment.title'));
}
