import type { Page } from 'playwright/test';
import { demoHandle } from '#scripts/seed/demo-gallery.ts';
import { newAccount, signInAsDemoVendor, signUp } from './support/account.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { path } from './support/words.ts';

/** What a page is made of for those who hear it: where they are, what it is about, and what it asks for. */
const kept =
  /^ *- (banner|navigation|main|contentinfo|complementary|search|form|heading|textbox|searchbox|combobox|checkbox|radio|switch|slider|table)\b/;

/**
 * The accessibility tree's landmarks, headings of the first two levels and fields, with their names. What is in lists changes
 * with what people publish, and is left out.
 */
async function treeOf(page: Page): Promise<string> {
  await expect(page.locator('main#main')).toHaveCount(1);
  await expect(page.locator('main form [type=submit][disabled]')).toHaveCount(0);
  const tree = await page.locator('body').ariaSnapshot();
  return tree
    .split('\n')
    .filter((line) => kept.test(line) && !/level=[3-6]/.test(line))
    .map((line) => line.replace(/:( .*)?$/, '').trimEnd())
    .join('\n');
}

/** What text looks like to readers who need it further apart (WCAG 2.2, 1.4.12). */
const spacing =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }';

/** Texts that are cut off without saying so; an ellipsis says so, and what is only heard is not seen anyway. */
const cutOff = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => {
        const { overflowX, overflowY, textOverflow, display, webkitLineClamp, position } =
          getComputedStyle(element);
        const isClipped = [overflowX, overflowY].some(
          (overflow) => overflow === 'hidden' || overflow === 'clip',
        );
        if (!isClipped || textOverflow === 'ellipsis' || webkitLineClamp !== 'none') return false;
        const [first] = element.childNodes;
        const hasText = first?.nodeType === Node.TEXT_NODE && Boolean(first.textContent?.trim());
        if (!hasText || position === 'absolute' || display === 'none' || element.offsetWidth === 0)
          return false;
        return (
          element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1
        );
      })
      .map(({ outerHTML }) => outerHTML.slice(0, 120)),
  );

const visitors = {
  home: '/',
  explore: '/explore',
  styles: '/styles',
  plans: '/plans',
  'sign-in': '/login',
  'sign-up': '/signup',
  forgotten: '/forgot-password',
  gallery: `/g/${demoHandle}`,
} as const;

for (const locale of ['fa', 'en'] as const) {
  const title = `twelve pages are heard as they were, and hold together with text further apart (${locale})`;
  test(title, fullOnly(locale === 'fa'), async ({ page }) => {
    const look = async (name: string, address: string) => {
      await page.goto(path(locale, address));
      expect.soft(await treeOf(page), address).toMatchSnapshot(`${name}.${locale}.txt`);
      // Persian letters are joined: nobody sets them apart.
      if (locale === 'fa') return;
      await page.evaluate((text) => {
        // As a reader's own style sheet, which no policy of ours keeps out.
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        document.adoptedStyleSheets = [sheet];
      }, spacing);
      expect.soft(await cutOff(page), address).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect.soft(width, address).toBeLessThanOrEqual(0);
    };
    for (const [name, address] of Object.entries(visitors)) await look(name, address);
    await signUp(page, locale, newAccount());
    await look('account', '/account');
    await look('history', '/conversions');
    await look('billing', '/billing');
    await page.context().clearCookies();
    await signInAsDemoVendor(page, locale);
    await look('business', '/vendor/profile');
  });
}
