'use client';

import { useState, useTransition } from 'react';
import { forgetDraft } from '#components/studio/draft/draft-flag.ts';
import { callAction } from '#components/ui/action/call-action.ts';
import { useSafeRefresh } from '#components/ui/action/use-safe-refresh.ts';
import { signOutUser, signOutVendor } from '#lib/auth/actions.ts';
import { signOutCookieName, signOutCookieSeconds } from '#lib/auth/session/sign-out-cookie.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';

/**
 * Ends the session in this browser. When the site cannot be reached, `isWaiting` says that it ends with the next
 * contact, whichever page makes it; this one tries by itself. `to` is where it leads.
 */
export function useSignOut(kind: AccountKind, to = kind === 'user' ? '/' : '/vendor/login') {
  const router = useRouter();
  const refresh = useSafeRefresh();
  const [isLeaving, start] = useTransition();
  const [isWaiting, setWaiting] = useState(false);

  const leave = () =>
    start(async () => {
      // The next person at this device sees nothing of it, whether or not the site is reached.
      if (kind === 'user') await forgetDraft().catch(() => undefined);
      const left = await callAction(kind === 'user' ? signOutUser : signOutVendor, {});
      if (left.ok) {
        router.push(to);
        return router.refresh();
      }
      // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser we serve
      document.cookie = `${signOutCookieName(kind)}=1; path=/; samesite=lax; max-age=${signOutCookieSeconds}`;
      setWaiting(true);
      refresh();
    });

  return { isLeaving, isWaiting, leave };
}
