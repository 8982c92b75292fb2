'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { carriedState } from './grown-lists.ts';

/** The address of this page with another image, or none, opened. */
function addressWith(imageId: string | null): string {
  const url = new URL(window.location.href);
  if (imageId) url.searchParams.set('image', imageId);
  else url.searchParams.delete('image');
  return `${url.pathname}${url.search}${url.hash}`;
}

/**
 * Which image of a page is opened stands in its address, so that it can be shared and "back" closes it. Opening
 * adds a step to the history; going on to the next image does not. The page follows at once, the address only
 * tells: two presses in a row must not wait for it.
 */
export function useOpenImage() {
  const [openId, setOpenId] = useState(useSearchParams().get('image'));
  // Whether the step before this one is the page without an image.
  const stepped = useRef(false);

  useEffect(() => {
    const follow = () => {
      stepped.current = false;
      setOpenId(new URLSearchParams(window.location.search).get('image'));
    };
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);

  const open = useCallback((imageId: string) => {
    window.history.pushState(carriedState(), '', addressWith(imageId));
    stepped.current = true;
    setOpenId(imageId);
  }, []);
  const turnTo = useCallback((imageId: string) => {
    window.history.replaceState(carriedState(), '', addressWith(imageId));
    setOpenId(imageId);
  }, []);
  const close = useCallback(() => {
    setOpenId(null);
    if (stepped.current) window.history.back();
    else window.history.replaceState(carriedState(), '', addressWith(null));
  }, []);
  return { openId, open, turnTo, close };
}
