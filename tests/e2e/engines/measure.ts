import { expect } from 'playwright/test';
import { type Locale, path } from '../support/words.ts';
import type { Walker } from './walk.ts';

/** What a desk shows at 400 %, and the smallest phone (WCAG 2.2, 1.4.10), in CSS pixels. */
const narrow = 320;
/** What an engine that shows everything larger is out by. */
const rounding = 2;

/** The first link, on the page that is open, to one of this kind. */
const linkTo = (at: Walker, locale: Locale, page: string) =>
  at.run(
    (pattern) =>
      [...document.querySelectorAll('a')]
        .map(({ pathname }) => pathname)
        .find((pathname) => new RegExp(pattern).test(pathname)),
    `^${path(locale, page).replace(/\[\w+\]/g, '[\\w-]{8,}')}$`,
  );

/** Opens these pages as narrow as they must be read: each has a title and one heading, and nothing lies beside it. */
export async function measurePages(at: Walker, locale: Locale, pages: readonly string[]): Promise<void> {
  await at.resize(narrow);
  const faults: string[] = [];
  for (const page of pages) {
    // Lists may come after the page they stand on.
    const address = page.includes('[')
      ? await at.untilDone(() => linkTo(at, locale, page), `a link to ${page}`)
      : path(locale, page);
    await at.visit(address);
    // A page that draws itself again is nothing for a moment.
    await at.until('main h1');
    const seen = await at.run(() => ({
      shown: window.innerWidth,
      needed: document.documentElement.scrollWidth,
      headings: document.querySelectorAll('h1').length,
      title: document.title,
    }));
    if (
      seen.shown > narrow + rounding ||
      seen.needed > narrow + rounding ||
      seen.headings !== 1 ||
      !seen.title
    )
      faults.push(`${address}: ${JSON.stringify(seen)}`);
  }
  expect(faults).toEqual([]);
}
