import { expect } from 'playwright/test';
import { type Locale, path } from '../support/words.ts';
import type { Walker } from './walk.ts';

/** What a desk shows at 400 %, and the smallest phone (WCAG 2.2, 1.4.10), in CSS pixels. */
const narrow = 320;
/** What an engine that shows everything larger is out by. */
const rounding = 2;

/** Opens these pages as narrow as they must be read: each has a title and one heading, and nothing lies beside it. */
export async function measurePages(at: Walker, locale: Locale, pages: readonly string[]): Promise<void> {
  await at.resize(narrow);
  const links = new Set<string>();
  const faults: string[] = [];
  for (const page of pages) {
    const pattern = new RegExp(`^${path(locale, page).replace(/\[\w+\]/g, '[\\w-]{8,}')}$`);
    const address = page.includes('[')
      ? ([...links].find((link) => pattern.test(link)) ?? '')
      : path(locale, page);
    if (!address) {
      faults.push(`${page}: no link leads there`);
      continue;
    }
    await at.visit(address);
    // A page that draws itself again is nothing for a moment.
    await at.until('main h1');
    const { hrefs, ...seen } = await at.run(() => ({
      hrefs: [...document.querySelectorAll('a')].map(({ pathname }) => decodeURI(pathname)),
      shown: window.innerWidth,
      needed: document.documentElement.scrollWidth,
      headings: document.querySelectorAll('h1').length,
      title: document.title,
    }));
    for (const href of hrefs) links.add(href);
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
