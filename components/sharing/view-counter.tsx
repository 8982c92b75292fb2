'use client';

import { useEffect } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { countResultView } from '#lib/sharing/result-link/actions.ts';

/** Says once a visit that somebody has seen the page; programs that only fetch it are not counted. */
export function ViewCounter({ token }: { token: string }) {
  useEffect(() => {
    const key = `seen ${token}`;
    try {
      if (sessionStorage.getItem(key)) return;
      sessionStorage.setItem(key, '1');
    } catch {
      // Without storage every load counts.
    }
    void callAction(countResultView, { token });
  }, [token]);
  return null;
}
