import { samplePhoto } from '../support/studio.ts';
import { type Locale, path } from '../support/words.ts';
import { keys } from './engine.ts';
import { everyPage } from './every-page.ts';
import { measurePages } from './measure.ts';
import { pay, pressButton, sayIn, signUp } from './steps.ts';
import type { Walker } from './walk.ts';

/** Makes an album, brings pictures into it and puts the second before the first: each step is heard before the next. */
async function orderAlbum(at: Walker, locale: Locale): Promise<void> {
  const say = sayIn(locale);
  const files = [samplePhoto, samplePhoto.replace('portrait', 'second')];
  await at.visit(path(locale, '/vendor/albums'));
  await at.tabTo('main [name=title]');
  await at.expectRead(say('albums.field.name'));
  await at.type('Spring');
  await at.press(keys.enter);
  await at.untilAt(/\/vendor\/albums\/[0-9a-f-]{36}$/);
  await at.untilPageTold(say('albums.one'));
  await at.setFiles('[name=file]', files);
  await at.untilHeard(say('files.many.total', { done: 2, all: 2 }));
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
  const name = 'second.jpg';
  await at.expectRead(say('albums.order.handle', { name }));
  await at.expectRead(say('albums.order.howTo'));
  const heard = (what: string, place: number) =>
    at.untilHeard(say(`albums.order.${what}`, { name, place, all: files.length }));
  await at.press(keys.space);
  await heard('taken', 2);
  // The keys begin to move it a moment after that is said; there is no place before the first.
  const over = say('albums.order.over', { name, place: 1, all: files.length });
  await at.untilDone(async () => {
    await at.press(locale === 'fa' ? keys.right : keys.left);
    return (await at.hasHeard(over)) || undefined;
  }, `hearing "${over}"`);
  await heard('over', 1);
  await at.press(keys.space);
  await heard('dropped', 1);
  await at.untilDone(async () => ((await order())[0] === second ? true : undefined), 'the new order');
  await at.expectFocus(`[data-sort-handle="${second}"]`);
  await at.untilDone(async () => {
    await at.visit(await at.run(() => location.pathname));
    return (await order()).join() === [second, first].join() ? true : undefined;
  }, 'the order being kept');

  // The same by a menu: the new place is heard, and the focus is back at what opened it.
  const other = 'portrait.jpg';
  const menu = say('library.gallery.menu', { name: other });
  await pressButton(at, menu, 'main');
  const item = () =>
    at.run(() => (document.activeElement?.role === 'menuitem' && document.activeElement.textContent) || '');
  await at.untilDone(async () => {
    if ((await item()).includes(say('albums.order.earlier'))) return true;
    if (await item()) await at.press(keys.down);
    return undefined;
  }, 'the item that moves it');
  await at.press(keys.enter);
  await at.untilHeard(say('albums.order.dropped', { name: other, place: 1, all: files.length }));
  await at.expectFocus(`[data-walk="${menu}"]`);
  await at.untilDone(async () => ((await order())[0] === first ? true : undefined), 'the order by the menu');
}

/** What a vendor does, from the sign-up to an album in order and a plan; then the pages of a business, narrow. */
export async function vendorsDay(at: Walker, base: string, locale: Locale): Promise<void> {
  await signUp(at, base, locale, '/vendor');
  await orderAlbum(at, locale);
  await pay(at, locale, '/vendor', 'vendor_pro');
  await measurePages(at, locale, everyPage.vendor);
}
