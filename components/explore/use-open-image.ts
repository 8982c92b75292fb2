'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useRef } from 'react';

/** The address of this page with another image, or none, opened. */
function addressWith(imageId: string | null): string {
  const url = new URL(window.location.href);
  if (imageId) url.searchParams.set('image', imageId);
  else url.searchParams.delete('image');
  return `${url.pathname}${url.search}${url.hash}`;
}

/**
 * Which image of a page is opened stands in its address, so that it can be shared and "back" closes it. Opening
 * adds a step to the history; going on to the next image does not.
 */
export function useOpenImage() {
  const openId = useSearchParams().get('image');
  // Whether the step before this one is the page without an image.
  const stepped = useRef(false);

  const open = useCallback((imageId: string) => {
    window.history.pushState(null, '', addressWith(imageId));
    stepped.current = true;
  }, []);
  const turnTo = useCallback((imageId: string) => {
    window.history.replaceState(null, '', addressWith(imageId));
  }, []);
  const close = useCallback(() => {
    if (stepped.current) window.history.back();
    else window.history.replaceState(null, '', addressWith(null));
    stepped.current = false;
  }, []);
  return { openId, open, turnTo, close };
}
