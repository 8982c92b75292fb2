import { expect } from 'playwright/test';
import { demoHandle } from '#scripts/seed/demo-gallery.ts';
import { samplePhoto } from '../support/studio.ts';
import { type Locale, path } from '../support/words.ts';
import { keys } from './engine.ts';
import { everyPage } from './every-page.ts';
import { measurePages } from './measure.ts';
import { pay, pressButton, sayIn, signUp } from './steps.ts';
import type { Walker } from './walk.ts';

/**
 * The main journeys without a pointer and without sight: the keyboard alone, with where the focus is asserted before each key
 * that does something, and each step waited for by what is said or read of it.
 */

/** Hears the styles being drawn, chooses one, and hears the picture being made. */
async function convert(at: Walker, locale: Locale): Promise<void> {
  const say = sayIn(locale);
  await at.setFiles('[name=file]', [samplePhoto]);
  await at.untilHeard(say('studio.previews.working'));
  // Fifteen styles on however busy a processor.
  await at.untilHeard(say('studio.previews.done'), 150_000);
  await at.tabTo('[name=style]');
  await at.untilDone(async () => {
    await at.press(keys.down);
    return (await at.run(() => document.querySelector('[name=style]:checked')?.getAttribute('value'))) ===
      'noir'
      ? true
      : undefined;
  }, 'the style noir by arrow keys');
  await at.expectFocus('[name=style][value=noir]');
  await at.expectRead(say('styles.noir.title'));
  await pressButton(at, say('studio.convert'));
  await at.untilHeard(say('studio.making.preparing'));
  await at.untilHeard(say('studio.making.starting'));
  await at.untilAt(/\/conversions\/[0-9a-f-]{36}$/, 60_000);
  await at.untilHeard(say('conversions.progress.ready'));
  await at.untilDone(
    async () => (await at.run(() => document.title)).includes(say('styles.noir.title')) || undefined,
    'the title of the result',
  );
}

/** Compares the result with the photo by arrow keys. */
async function compare(at: Walker, locale: Locale): Promise<void> {
  const say = sayIn(locale);
  await at.until('main [type=range]');
  await at.tabTo('main [type=range]');
  await at.expectRead(say('conversions.slider.label'));
  const value = () =>
    at.run(() => Number(document.querySelector<HTMLInputElement>('main [type=range]')?.value));
  const before = await value();
  await at.press(keys.right);
  // To the right is more of the left picture, whichever way one reads.
  expect(Math.sign((await value()) - before)).toBe(locale === 'fa' ? -1 : 1);
  const share = new Intl.NumberFormat(locale, { style: 'percent' }).format((await value()) / 100);
  await at.expectRead(`${say('conversions.slider.before')} ${share}`);
}

/** Makes a link, copies it, and sees what a stranger sees. */
async function share(at: Walker, locale: Locale): Promise<void> {
  const say = sayIn(locale);
  await pressButton(at, say('sharing.open'));
  await at.until('[role=dialog]');
  // Where the focus lands is within what has a name.
  const title = () =>
    at.run(() => {
      const id = document.activeElement?.closest('[role=dialog]')?.getAttribute('aria-labelledby');
      return document.getElementById(id ?? '')?.textContent ?? undefined;
    });
  expect(await at.untilDone(title, 'the focus in the dialog')).toBe(say('sharing.title'));
  await at.tabTo('[role=dialog] [role=tab][aria-selected=true]');
  await at.expectRead(say('sharing.tabs.picture'));
  await at.press(locale === 'fa' ? keys.left : keys.right);
  await at.expectFocus('[role=dialog] [role=tab][aria-selected=true]');
  await at.expectRead(say('sharing.tabs.link'));
  await pressButton(at, say('sharing.create'), '[role=dialog]');
  await at.until('[role=dialog] input[readonly]');
  // "The link is made", or "made and copied", as the browser allows.
  await at.untilHeard(say('sharing.created').split(' ').slice(0, 2).join(' '));
  await at.tabTo('[role=dialog] input[readonly]');
  await at.expectRead(say('sharing.address'));
  const address = await at.run(
    () => document.querySelector<HTMLInputElement>('[role=dialog] input[readonly]')?.value ?? '',
  );
  await at.press(keys.escape);
  await at.expectFocus(`[data-walk="${say('sharing.open')}"]`);
  await at.visit(new URL(address).pathname);
  await at.untilDone(
    () =>
      at.run(() => {
        const picture = document.querySelector<HTMLImageElement>('main figure img');
        return ((picture?.naturalWidth ?? 0) > 100 && picture?.alt) || undefined;
      }),
    'the shared picture and what it shows',
  );
}

/** Opens a picture of a gallery, turns to the next and comes back to where one was. */
async function lookAtGallery(at: Walker, locale: Locale): Promise<void> {
  const say = sayIn(locale);
  await at.visit(path(locale, `/g/${demoHandle}`));
  await at.tabTo('main a[id^=image-]');
  const focused = () => at.run(() => document.activeElement?.id ?? '');
  const tile = await focused();
  const name = await at.run(() => document.activeElement?.querySelector('img')?.alt ?? '');
  await at.expectRead(name);
  await at.press(keys.enter);
  await at.until('[role=dialog] h2');
  await at.press(locale === 'fa' ? keys.left : keys.right);
  const next = await at.untilDone(async () => {
    const alt = await at.run(() => document.querySelector('[role=dialog] img')?.getAttribute('alt') ?? '');
    return alt && alt !== name ? alt : undefined;
  }, 'the next picture');
  await at.untilHeard(next);
  await at.press(keys.escape);
  await at.expectFocus('main a[id^=image-]');
  expect(await focused()).not.toBe(tile);
  await at.visit(path(locale, '/contact'));
  // Which colours there are now is heard each time, of the same button.
  await at.tabTo('header button:has(> .lucide-moon)');
  await at.expectRead(say('shell.theme.toDark'));
  for (const colours of ['dark', 'light']) {
    await at.press(keys.enter);
    await at.untilHeard(say(`ui.themeNow.${colours}`));
  }
  // The other page is told by its name.
  await pressButton(at, say('shell.pages.styles'), 'footer');
  await at.untilPageTold(say('catalogue.title'));
}

/** What a person does, from the sign-up to the receipt; then every page of theirs as narrow as it must be read. */
export async function personsDay(at: Walker, base: string, locale: Locale): Promise<void> {
  await signUp(at, base, locale, '');
  await convert(at, locale);
  await compare(at, locale);
  await share(at, locale);
  await lookAtGallery(at, locale);
  await pay(at, locale, '', 'basic');
  await measurePages(at, locale, [...everyPage.user, ...everyPage.visitor]);
}
