import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { expect } from './test.ts';

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** On a desk by day and on a small phone by night. */
const settings = [
  { colorScheme: 'light', width: 1280, height: 800 },
  { colorScheme: 'dark', width: 360, height: 720 },
] as const;

/**
 * What every page promises in both themes: nothing axe finds fault with, no wider than a
 * desk at 400 %, a small phone or a tablet, and no cell of a table over the next.
 */
export async function checkPage(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.locator('main#main')).toHaveCount(1);
  for (const { colorScheme, width, height } of settings) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    await expect(page.locator('html')).toHaveClass(colorScheme === 'dark' ? /dark/ : /light/);
    // Frames of other origins, which the newer mode opens a page for each time, are not ours to judge.
    const { violations } = await new AxeBuilder({ page }).withTags(levels).setLegacyMode().analyze();
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
    expect.soft(found, `${address}, ${colorScheme}`).toEqual([]);
  }
  for (const width of [320, 360, 768]) {
    await page.setViewportSize({ width, height: 720 });
    await expect
      .configure({ soft: true })
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth), `${address} at ${width} px`)
      .toBeLessThanOrEqual(width);
    expect.soft(await page.evaluate(spilledCells), `${address} at ${width} px`).toEqual([]);
  }
}

/** In the page: cells of tables whose text lies over the next one. */
const spilledCells = () =>
  [...document.querySelectorAll('main td')]
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
    .map(({ textContent }) => textContent?.trim() ?? '');
