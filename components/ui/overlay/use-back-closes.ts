'use client';

import { useEffect, useEffectEvent } from 'react';

/** What marks the entry of the history that stands for something that floats. */
const mark = 'floating';

const marked = (): unknown => (window.history.state as Record<string, unknown> | null)?.[mark];

/**
 * On a phone "back" closes what lies over the page before it leaves the page: while it is open, an entry of its own
 * stands in the history, under the same address. Closed by hand, the entry goes. The router hears of neither: its
 * page is the same, and what it is just asking for would be dropped.
 */
export function useBackCloses(isOpen: boolean, close: () => void): void {
  const closeNow = useEffectEvent(close);
  useEffect(() => {
    if (!isOpen) return;
    const id = Math.random().toString(36).slice(2);
    const here = window.location.href;
    let isOver = false;
    window.history.pushState({ ...window.history.state, [mark]: id }, '');
    const onBack = (event: PopStateEvent) => {
      if (marked() === id || window.location.href !== here) return;
      event.stopImmediatePropagation();
      window.removeEventListener('popstate', onBack, true);
      if (!isOver) closeNow();
      isOver = true;
    };
    window.addEventListener('popstate', onBack, true);
    return () => {
      const wasByBack = isOver;
      isOver = true;
      // A router that draws the page anew writes its own state over ours, without the mark: the entry is ours all the same.
      const isOurs = [id, undefined].includes(marked() as string | undefined);
      // Where closing leads to another page, its entry stands behind ours by now.
      if (wasByBack || !isOurs || window.location.href !== here) {
        window.removeEventListener('popstate', onBack, true);
      } else window.history.back();
    };
  }, [isOpen]);
}
