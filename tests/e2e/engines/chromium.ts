import type { Page } from 'playwright/test';
import { callText, type Engine, keys } from './engine.ts';

const names = new Map(
  Object.entries({
    [keys.tab]: 'Tab',
    [keys.enter]: 'Enter',
    [keys.escape]: 'Escape',
    [keys.left]: 'ArrowLeft',
    [keys.up]: 'ArrowUp',
    [keys.right]: 'ArrowRight',
    [keys.down]: 'ArrowDown',
  }),
);

/** Chromium, as the other journeys drive it; the page's own test watches what goes wrong. */
export function onChromium(page: Page): Engine {
  return {
    goto: async (url) => void (await page.goto(url)),
    run: async (work, given) => JSON.parse(await page.evaluate<string>(callText(work, given))),
    async press(...pressed) {
      for (const key of pressed) await page.keyboard.press(names.get(key) ?? key);
    },
    resize: (width) => page.setViewportSize({ width, height: 720 }),
    setFiles: (selector, paths) => page.locator(selector).setInputFiles([...paths]),
    troubles: () => [],
    close: async () => undefined,
  };
}
