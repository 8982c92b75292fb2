'use client';

import { useEffect, useRef } from 'react';
import { announce } from './announce.ts';

/**
 * Says a sentence when it comes and whenever it changes. For text that comes together with its place: a live region that
 * was not there before it changed is not read by everything that reads.
 */
export function useAnnouncement(text: string | null): void {
  const said = useRef<string | null>(null);
  useEffect(() => {
    if (text && text !== said.current) announce(text);
    said.current = text;
  }, [text]);
}
