import { expect } from 'playwright/test';
import { demoAccounts } from '#scripts/seed/demo-accounts.ts';
import { type Locale, path } from '../support/words.ts';
import { keys } from './engine.ts';
import { everyPage } from './every-page.ts';
import type { Walker } from './walk.ts';

/** Beyond this many stops a page's own are long past: lists repeat themselves. */
const mostStops = 70;

/**
 * In the page: what is wrong with how the focus is seen (WCAG 2.2, 2.4.7 and 2.4.11), null where nothing is; `over` when the walk
 * is through. The function sees nothing of this file.
 */
async function faultOfFocus(): Promise<string | null> {
  const at = document.activeElement;
  const kept = window as unknown as { stops?: WeakSet<Element> };
  kept.stops ??= new WeakSet();
  if (!at || at === document.body || kept.stops.has(at)) return 'over';
  kept.stops.add(at);
  for (let frame = 0; frame < 3; frame += 1) await new Promise((drawn) => requestAnimationFrame(drawn));
  // The page in a frame shows its own.
  if (at instanceof HTMLIFrameElement) return null;
  const label = at instanceof HTMLInputElement ? at.labels?.[0] : undefined;
  // A field that is drawn by its label is as large as that; one that lets everything through is drawn by what it stands in.
  const isThrough = getComputedStyle(at).pointerEvents === 'none';
  const drawn = isThrough ? at.parentElement : at.getBoundingClientRect().width < 2 ? label : at;
  const shown = drawn ?? at;
  const name = `${at.tagName} ${at.getAttribute('name') ?? at.getAttribute('aria-label') ?? at.textContent?.trim().slice(0, 30)}`;
  // Of each of its lines, what the window shows.
  const boxes = [...shown.getClientRects()].map(({ left, right, top, bottom }) => ({
    left: Math.max(0, left),
    right: Math.min(window.innerWidth, right),
    top: Math.max(0, top),
    bottom: Math.min(window.innerHeight, bottom),
  }));
  const shares = [0.1, 0.3, 0.5, 0.7, 0.9];
  const points = boxes.flatMap(({ left, right, top, bottom }) =>
    shares.flatMap((x) => shares.map((y) => [left + (right - left) * x, top + (bottom - top) * y] as const)),
  );
  const isOnTop = ([x, y]: readonly [number, number]) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && (shown.contains(hit) || label?.contains(hit));
  };
  const areaOf = (all: readonly { left: number; right: number; top: number; bottom: number }[]) =>
    all.reduce((sum, { left, right, top, bottom }) => sum + (right - left) * (bottom - top), 0);
  const { height } = shown.getBoundingClientRect();
  const inSight = areaOf(boxes) / areaOf([...shown.getClientRects()]);
  if (height < window.innerHeight / 2 && inSight < 0.6) return `${name} is mostly out of sight`;
  // Rounded corners and the ends of wrapped lines are no part of it.
  if (points.filter(isOnTop).length < points.length / 3) return `${name} is covered or out of sight`;
  const rings = [at, label, at.parentElement].flatMap((element) =>
    element ? [getComputedStyle(element), getComputedStyle(element, '::after')] : [],
  );
  const isRing = ({ outlineStyle, outlineWidth, outlineColor, boxShadow }: CSSStyleDeclaration) =>
    (outlineStyle !== 'none' &&
      Number.parseFloat(outlineWidth) >= 1 &&
      outlineColor !== 'rgba(0, 0, 0, 0)') ||
    boxShadow.includes('inset');
  return rings.some(isRing) ? null : `${name} has no ring`;
}

/** Goes through these pages by Tab, as narrow as they must be read: wherever the focus is, it is seen. */
async function seeFocus(at: Walker, locale: Locale, pages: readonly string[]): Promise<void> {
  await at.resize(320);
  const faults: string[] = [];
  let stops = 0;
  for (const page of pages) {
    await at.visit(path(locale, page));
    await at.until('main h1');
    for (let stop = 0; stop < mostStops; stop += 1) {
      await at.press(keys.tab);
      const fault = await at.run(faultOfFocus);
      if (fault === 'over') break;
      stops += 1;
      if (fault) faults.push(`${page}: ${fault}`);
    }
  }
  expect(stops).toBeGreaterThan(pages.length * 5);
  expect(faults).toEqual([]);
}

const areas = { user: '', vendor: '/vendor' } as const;

/** Every page that has an address of its own, of a visitor, of somebody signed in and of a business with pictures. */
export async function everyFocus(at: Walker, _base: string, locale: Locale): Promise<void> {
  const named = (pages: readonly string[]) => pages.filter((page) => !page.includes('['));
  await seeFocus(at, locale, named(everyPage.visitor));
  for (const kind of ['user', 'vendor'] as const) {
    const account = demoAccounts.find((one) => one.kind === kind);
    await at.visit(path(locale, `${areas[kind]}/login`));
    await at.until('[type=submit]:not([disabled])');
    await at.tabTo('[name=phone]');
    await at.type(account?.national.replaceAll(' ', '') ?? '');
    await at.tabTo('[name=password]');
    await at.type(account?.password ?? '');
    await at.press(keys.enter);
    await at.untilAt(new RegExp(`${path(locale, areas[kind] || '/studio')}$`));
    await seeFocus(at, locale, named(everyPage[kind]));
  }
}
