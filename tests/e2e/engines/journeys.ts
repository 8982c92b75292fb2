import { expect } from 'playwright/test';
import { demoHandle } from '#scripts/seed/demo-gallery.ts';
import { newAccount } from '../support/account.ts';
import { samplePhoto } from '../support/studio.ts';
import { type Locale, path, words } from '../support/words.ts';
import { keys, waitFor } from './engine.ts';
import type { Walker } from './walk.ts';

/** The main journeys with the keyboard alone; where the focus is, is asserted before each key that does something. */

/** The newest code that was "sent" to this number, from the page that stands in for messages. */
function codeFor(base: string, phone: string): Promise<string> {
  const shown = phone.replace(/^(\d{4})(\d{3})(\d{4})$/, '$1 $2 $3');
  return waitFor(async () => {
    const html = await (await fetch(new URL('/en/dev/outbox', base))).text();
    const [, mine] = html.split(shown);
    return mine && /\b(\d{6})\b/.exec(mine.replace(/<time.*?<\/time>/s, ''))?.[1];
  }, `a code for ${phone}`);
}

/** Signs up and proves the number. */
async function signUp(at: Walker, base: string, locale: Locale, area: '' | '/vendor'): Promise<void> {
  const { phone, password } = newAccount();
  await at.visit(path(locale, `${area}/signup`));
  await at.until('[type=submit]:not([disabled])');
  if (area) {
    await at.tabTo('[name=businessName]');
    await at.type('Atelier');
  }
  await at.tabTo('[name=phone]');
  await at.type(phone);
  await at.tabTo('[name=password]');
  await at.type(password);
  await at.press(keys.enter);
  await at.until('[name=code]');
  await at.expectFocus('[name=code]');
  // The last digit sends it.
  await at.type(await codeFor(base, phone));
  await at.untilAt(new RegExp(`${path(locale, area || '/studio')}$`));
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

async function pressButton(at: Walker, text: string, within?: string): Promise<void> {
  await at.untilDone(async () => (await mark(at, text, within)) || undefined, `the button ${text}`);
  await at.tabTo(`[data-walk="${text}"]`);
  await at.press(keys.enter);
}

/** Sees a result made, compares it, and shares it. */
async function convertAndShare(at: Walker, locale: Locale): Promise<void> {
  const say = (key: string) => words(locale, key);
  await at.setFiles('[name=file]', [samplePhoto]);
  await at.until(`img[alt="${say('studio.photoAlt')}"]`);
  await at.tabTo('[name=style]');
  await at.untilDone(async () => {
    await at.press(keys.down);
    return (await at.run(() => document.querySelector('[name=style]:checked')?.getAttribute('value'))) ===
      'noir'
      ? true
      : undefined;
  }, 'the style noir by arrow keys');
  await at.expectFocus('[name=style][value=noir]');
  await pressButton(at, say('studio.convert'));
  await at.untilAt(/\/conversions\/[0-9a-f-]{36}$/, 60_000);
  await at.until('main [type=range]', '', 60_000);
  await at.until('[data-announcer]', say('conversions.progress.ready'));
  const said = await at.run(() => document.title);
  expect(said).toContain(say('styles.noir.title'));

  await at.tabTo('main [type=range]');
  const value = () =>
    at.run(() => Number(document.querySelector<HTMLInputElement>('main [type=range]')?.value));
  const before = await value();
  await at.press(keys.right);
  // To the right is more of the left picture, whichever way one reads.
  expect(Math.sign((await value()) - before)).toBe(locale === 'fa' ? -1 : 1);

  await pressButton(at, say('sharing.open'));
  await at.until('[role=dialog]');
  await at.tabTo('[role=dialog] [role=tab][aria-selected=true]');
  await at.press(locale === 'fa' ? keys.left : keys.right);
  await at.expectFocus('[role=dialog] [role=tab][aria-selected=true]');
  await pressButton(at, say('sharing.create'), '[role=dialog]');
  await at.until('[role=dialog] input[readonly]');
  const address = await at.run(
    () => document.querySelector<HTMLInputElement>('[role=dialog] input[readonly]')?.value ?? '',
  );
  await at.press(keys.escape);
  await at.expectFocus(`[data-walk="${say('sharing.open')}"]`);
  await at.visit(new URL(address).pathname);
  await at.untilDone(
    () =>
      at.run(
        () =>
          (document.querySelector<HTMLImageElement>('main figure img')?.naturalWidth ?? 0) > 100 || undefined,
      ),
    'the shared picture',
  );
}

/** Opens a picture of a gallery, turns to the next and comes back to where one was. */
async function lookAtGallery(at: Walker, locale: Locale): Promise<void> {
  await at.visit(path(locale, `/g/${demoHandle}`));
  await at.tabTo('main a[id^=image-]');
  const tile = await at.run(() => document.activeElement?.id ?? '');
  await at.press(keys.enter);
  await at.until('[role=dialog] h2');
  const name = await at.textOf('[role=dialog] h2');
  await at.press(locale === 'fa' ? keys.left : keys.right);
  await at.untilDone(
    async () => ((await at.textOf('[role=dialog] h2')) !== name ? true : undefined),
    'the next picture',
  );
  const heard = await at.textOf('[role=dialog] [aria-live]');
  const alt = await at.run(() => document.querySelector('[role=dialog] img')?.getAttribute('alt') ?? '');
  expect(heard).toContain(alt);
  await at.press(keys.escape);
  await at.expectFocus('main a[id^=image-]');
  expect(await at.run(() => document.activeElement?.id ?? '')).not.toBe(tile);
}

/** Buys a plan at the page that stands in for the bank. */
async function pay(at: Walker, locale: Locale): Promise<void> {
  await at.visit(path(locale, '/billing/review/basic'));
  const [before = '', after = ''] = words(locale, 'billing.review.pay').split('{amount}');
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
  await at.until('[data-state=paid]', '', 60_000);
}

/** Makes an album, brings pictures into it and puts the second before the first. */
async function orderAlbum(at: Walker, locale: Locale): Promise<void> {
  const files = [samplePhoto, samplePhoto.replace('portrait', 'second')];
  await at.visit(path(locale, '/vendor/albums'));
  await at.tabTo('main [name=title]');
  await at.type('Spring');
  await at.press(keys.enter);
  await at.untilAt(/\/vendor\/albums\/[0-9a-f-]{36}$/);
  await at.setFiles('[name=file]', files);
  const order = () =>
    at.run(() =>
      [...document.querySelectorAll('[data-sort-handle]')].map(
        (one) => one.getAttribute('data-sort-handle') ?? '',
      ),
    );
  const [first = '', second = ''] = await at.untilDone(async () => {
    const ids = await order();
    return ids.length === files.length ? ids : undefined;
  }, 'the pictures in the album');
  await at.tabTo(`[data-sort-handle="${second}"]`);
  await at.press(keys.space);
  await at.until('[role=status]', locale === 'fa' ? '۲' : '2');
  await at.press(locale === 'fa' ? keys.right : keys.left);
  await at.press(keys.space);
  await at.untilDone(async () => ((await order())[0] === second ? true : undefined), 'the new order');
  await at.expectFocus(`[data-sort-handle="${second}"]`);
  await at.untilDone(async () => {
    await at.visit(await at.run(() => location.pathname));
    return (await order()).join() === [second, first].join() ? true : undefined;
  }, 'the order being kept');
}

/** What a person does, from the sign-up to the receipt. */
export async function personsDay(at: Walker, base: string, locale: Locale): Promise<void> {
  await signUp(at, base, locale, '');
  await convertAndShare(at, locale);
  await lookAtGallery(at, locale);
  await pay(at, locale);
}

/** What a vendor does, from the sign-up to an album in order. */
export async function vendorsDay(at: Walker, base: string, locale: Locale): Promise<void> {
  await signUp(at, base, locale, '/vendor');
  await orderAlbum(at, locale);
}
