'use client';

import { useEffect } from 'react';
import { scanMark } from '#lib/gallery/public/paths.ts';
import { tellVisit } from './visits.ts';

/** Says that a page of a gallery is looked at, once it is on the screen. */
export function VisitBeacon({ vendor, album }: { vendor: string; album?: string }) {
  useEffect(() => {
    tellVisit(album ? { vendor, album } : { vendor });
    if (window.location.hash !== scanMark) return;
    const image = new URLSearchParams(window.location.search).get('image');
    tellVisit({ vendor, ...(album && { album }), ...(image && { images: [image] }), scanned: true });
    // Whoever gets the address from here did not stand at the window.
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
  }, [vendor, album]);
  return null;
}
