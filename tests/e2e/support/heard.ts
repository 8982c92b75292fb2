import type { Page } from 'playwright/test';

/**
 * In the page: keeps everything that is said from now on to somebody who hears the page. A live region is read when it changes
 * while it is there, an alert also when it comes, and nothing that a dialog has hidden or that is not displayed; shadow trees
 * are listened to as well: the framework has an announcer of its own in one. The function sees nothing of this file.
 */
export function keepHeard(): null {
  const heard: string[] = [];
  Object.assign(window, { heard });
  const elementOf = (node: Node) => (node instanceof Element ? node : node.parentElement);
  const isRead = (target: Node, added: Node) => {
    if (elementOf(target)?.closest('[aria-hidden=true], [inert]')) return false;
    if (!elementOf(target)?.checkVisibility({ visibilityProperty: true })) return false;
    const isLive = elementOf(target)?.closest('[aria-live=polite], [aria-live=assertive], [role=status]');
    return isLive || elementOf(added)?.closest('[role=alert]');
  };
  const listenTo = (root: Node) => {
    new MutationObserver((records) => {
      for (const { target, addedNodes, type } of records) {
        for (const node of type === 'characterData' ? [target] : addedNodes) {
          if (node instanceof Element && node.shadowRoot) listenTo(node.shadowRoot);
          const text = node.textContent?.trim();
          if (text && isRead(target, node)) heard.push(text);
        }
      }
    }).observe(root, { childList: true, subtree: true, characterData: true });
  };
  listenTo(document.body);
  for (const { shadowRoot } of document.querySelectorAll('*')) {
    if (shadowRoot) listenTo(shadowRoot);
  }
  return null;
}

/** In the page: what was kept, in order; null on a page that was loaded since. */
export const heardSoFar = (): string[] | null => (window as unknown as { heard?: string[] }).heard ?? null;

/** In the page: what is read when the focus comes to where it is: name, state, value and description. */
export function focusRead(): string {
  const at = document.activeElement;
  if (!at) return '';
  const textOf = (ids: string | null) =>
    (ids ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '');
  const pictures = [...at.querySelectorAll('img')].map(({ alt }) => alt);
  const labels = at instanceof HTMLInputElement ? [...(at.labels ?? [])].map((one) => one.textContent) : [];
  const said = at.getAttribute('aria-label') ?? textOf(at.getAttribute('aria-labelledby')).join(' ');
  const name = said.trim() ? [said] : [...labels, at.textContent, ...pictures];
  const more = [at.getAttribute('aria-valuetext'), ...textOf(at.getAttribute('aria-describedby'))];
  return [...name, ...more].filter(Boolean).join(' ').replace(/\s+/g, ' ').trim();
}

/** Everything that a live region says from now on, in order: what somebody hears who does not look. */
export async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(keepHeard);
  return async () => (await page.evaluate(heardSoFar)) ?? [];
}
