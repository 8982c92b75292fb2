'use client';

import { useEffect } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { countLinkView } from '#lib/sharing/actions.ts';

/** Says once a visit that somebody has opened a link; programs that only fetch its page are not counted. */
export function ViewCounter({ opens, token }: { opens: 'album' | 'result'; token: string }) {
  useEffect(() => {
    const key = `seen ${opens} ${token}`;
    try {
      if (sessionStorage.getItem(key)) return;
      sessionStorage.setItem(key, '1');
    } catch {
      // Without storage every load counts.
    }
    void callAction(countLinkView, { opens, token }, { isUnasked: true });
  }, [opens, token]);
  return null;
}
