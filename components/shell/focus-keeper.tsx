'use client';

import { useEffect } from 'react';
import { type FocusPlace, focusNear, focusPlaceOf } from '#components/ui/overlay/focus-place.ts';

/** Dialogs and menus give the focus back a moment after they have gone: theirs is the better answer. */
const waitMs = 80;

/** Between what has the focus and the bar below it, in CSS pixels: its ring is seen too. */
const gap = 8;

/**
 * Browsers are content with an edge of what has the focus, in a rail that scrolls aside; and a bar at the foot of the screen is as
 * high as what it says, which no scroll padding knows.
 */
function uncover(element: Element): void {
  element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  for (const bar of document.querySelectorAll('[data-bar]')) {
    if (bar.contains(element)) continue;
    // One that has not come to its place yet goes along with the page.
    for (let turn = 0; turn < 6; turn += 1) {
      const { top, bottom } = element.getBoundingClientRect();
      const by = Math.min(bottom + gap - bar.getBoundingClientRect().top, top - gap);
      if (by <= 0 || top > window.innerHeight) break;
      window.scrollBy({ top: by, behavior: 'instant' });
    }
  }
}

const isGone = (element: Element) =>
  !element.isConnected || element.matches(':disabled, [hidden], [hidden] *');

const isLostOnPurpose = (element: Element) => !isGone(element) && document.activeElement === document.body;

/**
 * Somebody who works with the keyboard, or listens, loses the place when what they have just pressed goes away: the
 * browser drops the focus to the body. Here, once for every page, it goes to what stands nearest, and no bar lies over it.
 */
export function FocusKeeper() {
  useEffect(() => {
    let place: FocusPlace | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let byPointer = false;

    const isLost = () =>
      place !== null &&
      (document.activeElement === document.body || document.activeElement === null) &&
      isGone(place.element);
    const look = () => {
      if (!isLost() || timer) return;
      timer = setTimeout(() => {
        timer = undefined;
        // A dialog of the library holds the focus itself.
        if (place && isLost() && !document.querySelector('[role=dialog][data-state=open]')) {
          focusNear(place, !byPointer);
        }
      }, waitMs);
    };
    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || target === document.body) return;
      place = focusPlaceOf(target);
      // After the browser's own scrolling.
      if (!byPointer) requestAnimationFrame(() => uncover(target));
    };
    const pointed = () => {
      byPointer = true;
    };
    const typed = () => {
      byPointer = false;
    };
    // A press on nothing gives the focus up on purpose. Browsers may also tell of it when the element is removed.
    const left = ({ target, relatedTarget }: FocusEvent) => {
      if (relatedTarget !== null) return;
      setTimeout(() => {
        if (place?.element === target && isLostOnPurpose(place.element)) place = null;
      });
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['disabled', 'hidden'],
    });
    document.addEventListener('focusin', remember);
    document.addEventListener('focusout', left);
    document.addEventListener('pointerdown', pointed, true);
    document.addEventListener('keydown', typed, true);
    return () => {
      observer.disconnect();
      clearTimeout(timer);
      document.removeEventListener('focusin', remember);
      document.removeEventListener('focusout', left);
      document.removeEventListener('pointerdown', pointed, true);
      document.removeEventListener('keydown', typed, true);
    };
  }, []);
  return null;
}
