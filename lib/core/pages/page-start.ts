/*
 * What runs in the browser before any script of a page, as text in the page itself: each function is sent as it stands here
 * and uses nothing but its arguments.
 */

/**
 * Begins the scripts of a page once it is painted, with the pictures that count most on it: until then the line and the
 * processor are theirs. What arrives later begins at once. A page that nobody looks at is not painted, and does not wait.
 *
 * @param type what scripts are called until then: no browser fetches a script of a type that it does not know
 * @param patience in milliseconds; a page whose picture or whose paint does not come goes on without it
 */
export function beginWhenPainted(type: string, patience: number): void {
  let hasBegun = false;
  const own = document.currentScript?.nonce;
  const beginAll = () => {
    for (const found of document.querySelectorAll<HTMLScriptElement>(`script[type="${type}"]`)) {
      // What this begins needs no nonce by the policy's `strict-dynamic`, so it begins none that did not bring the page's.
      if (!own || found.nonce !== own) continue;
      const script = document.createElement('script');
      // As it is written: the bundler's runtime knows a script by its path.
      script.src = found.getAttribute('src') ?? '';
      script.async = true;
      script.noModule = found.noModule;
      script.nonce = found.nonce;
      found.replaceWith(script);
    }
  };
  // A frame whose document is open keeps the page from being loaded, as the scripts would that are not there yet.
  const open = document.createElement('iframe');
  const begin = () => {
    if (hasBegun) return;
    hasBegun = true;
    beginAll();
    open.contentDocument?.close();
    open.remove();
    if (document.readyState !== 'loading') return;
    const watch = new MutationObserver(beginAll);
    watch.observe(document, { childList: true, subtree: true });
    document.addEventListener('DOMContentLoaded', () => {
      beginAll();
      watch.disconnect();
    });
  };
  const beginUnlessAwaited = () => {
    const awaited = [...document.images].filter((image) => image.fetchPriority === 'high' && !image.complete);
    if (awaited.length === 0) begin();
    for (const image of awaited) {
      image.addEventListener('load', beginUnlessAwaited, { once: true });
      image.addEventListener('error', beginUnlessAwaited, { once: true });
    }
  };
  open.hidden = true;
  document.head.append(open);
  open.contentDocument?.open();
  setTimeout(begin, patience);
  if (document.hidden) begin();
  else if (PerformanceObserver.supportedEntryTypes.includes('paint'))
    // An empty page is painted first in some browsers.
    new PerformanceObserver((seen) => {
      if (seen.getEntriesByName('first-contentful-paint').length > 0) beginUnlessAwaited();
    }).observe({ type: 'paint', buffered: true });
  else requestAnimationFrame(() => requestAnimationFrame(beginUnlessAwaited));
}

/**
 * A button can be pressed before the page's scripts are there, and would do nothing. The last such press is kept, and comes
 * again when React has taken the button over. Links need no script, and forms cannot be sent before.
 *
 * @param patience in milliseconds; whoever waits longer for scripts has a page without them
 */
export function keepPresses(patience: number): void {
  const everyMs = 100;
  let kept: HTMLButtonElement | null = null;
  let timer = 0;
  // React marks what it has taken over by a property of the element's own.
  const isTakenOver = (element: Element) =>
    Object.keys(element).some((name) => name.startsWith('__reactProps'));
  const again = (button: HTMLButtonElement) => {
    const point = { bubbles: true, cancelable: true, button: 0, pointerType: 'mouse' };
    // Menus open when a pointer goes down, before it is a click.
    button.dispatchEvent(new PointerEvent('pointerdown', point));
    button.dispatchEvent(new PointerEvent('pointerup', point));
    button.click();
  };
  let wasTakenOver = false;
  const look = () => {
    const [button, isReady] = [kept, wasTakenOver];
    wasTakenOver = button !== null && isTakenOver(button);
    // A moment later than React: what was put into fields before is told to it first.
    if (button?.isConnected && !(wasTakenOver && isReady)) return;
    clearInterval(timer);
    [kept, timer, wasTakenOver] = [null, 0, false];
    if (button?.isConnected) again(button);
  };
  const onClick = (event: Event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (!button || isTakenOver(button) || (button.form && button.type === 'submit')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    kept = button;
    timer ||= window.setInterval(look, everyMs);
  };
  addEventListener('click', onClick, true);
  setTimeout(() => removeEventListener('click', onClick, true), patience);
}
