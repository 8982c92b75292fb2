'use client';

import { useEffect } from 'react';

/** Brings in `public/sw.js` once the page stands. Where a browser will not have it, nothing is missed. */
export function OfflineWorker() {
  useEffect(() => {
    if (process.env.NODE_ENV !== 'production') return;
    navigator.serviceWorker?.register('/sw.js', { updateViaCache: 'none' }).catch(() => undefined);
  }, []);
  return null;
}
