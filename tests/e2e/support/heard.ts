import type { Page } from 'playwright/test';

/** Everything that a live region says from now on, in order: what somebody hears who does not look. */
export async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const isLive = (node: Node) =>
      (node instanceof Element ? node : node.parentElement)?.closest(
        '[aria-live], [role=status], [role=alert]',
      );
    new MutationObserver((records) => {
      for (const { target, addedNodes, type } of records) {
        const said = type === 'characterData' ? [target] : [...addedNodes];
        for (const node of said) {
          const text = node.textContent?.trim();
          if (text && isLive(target)) heard.push(text);
        }
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}
