'use client';

import { useEffect } from 'react';
import { forgetOldDraft } from '#components/studio/draft/draft-flag.ts';

/**
 * Brings in `public/sw.js` once the page stands. Where a browser will not have it, nothing is missed. And a draft of
 * the studio that nobody came back for goes, whichever page is opened.
 */
export function OfflineWorker() {
  useEffect(() => {
    forgetOldDraft();
    if (process.env.NODE_ENV !== 'production') return;
    navigator.serviceWorker?.register('/sw.js', { updateViaCache: 'none' }).catch(() => undefined);
  }, []);
  return null;
}
