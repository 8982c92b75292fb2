'use client';

import { useEffect } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { countAlbumView } from '#lib/sharing/album-link/actions.ts';

/** Says once a visit that somebody has opened a linked album; programs that only fetch it are not counted. */
export function AlbumViewCounter({ token }: { token: string }) {
  useEffect(() => {
    const key = `seen album ${token}`;
    try {
      if (sessionStorage.getItem(key)) return;
      sessionStorage.setItem(key, '1');
    } catch {
      // Without storage every load counts.
    }
    void callAction(countAlbumView, { token });
  }, [token]);
  return null;
}
