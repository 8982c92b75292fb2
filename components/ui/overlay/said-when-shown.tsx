'use client';

import { useEffect, useRef } from 'react';
import { announce } from './announce.ts';

/** Says the text of the element that it stands in, once, when that comes. See `useAnnouncement`. */
export function SaidWhenShown() {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const text = place.current?.parentElement?.textContent?.trim();
    if (text) announce(text);
  }, []);
  return <span ref={place} hidden />;
}
