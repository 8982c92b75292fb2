'use server';

import { cookies } from 'next/headers';
import { currentUser } from '#lib/auth/door/current.ts';
import { publicAction, userAction } from '#lib/auth/door/door.ts';
import { succeed } from '#lib/core/result.ts';
import { sealUnlock, unlockCookieName, unlockCookieOptions } from '../unlock-cookie.ts';
import { countShareView as countView } from './count-share-view.ts';
import { createShareLink as create } from './create-share-link.ts';
import { createShareLinkInput, openShareLinkInput, shareLinkIdInput, shareTokenInput } from './input.ts';
import { revokeShareLink as revoke } from './revoke-share-link.ts';
import { unlockShareLink as unlock } from './unlock-share-link.ts';

/** Makes a link to one of the user's results. */
export const createShareLink = userAction({
  input: createShareLinkInput,
  limit: 'link.change',
  handler: ({ actor, input }) => create(actor, input),
});

/** Ends one of the user's links. */
export const revokeShareLink = userAction({
  input: shareLinkIdInput,
  limit: 'link.change',
  handler: ({ actor, input }) => revoke(actor, input.id),
});

/** Opens a link with its password, in this browser, for half a day. */
export const unlockShareLink = publicAction({
  input: openShareLinkInput,
  limit: 'form.submit',
  handler: async ({ input, device }) => {
    const opened = await unlock(input, device.address);
    if (!opened.ok) return opened;
    const lock = opened.value;
    if (lock) (await cookies()).set(unlockCookieName(lock), sealUnlock(lock), unlockCookieOptions());
    return succeed(null);
  },
});

/** Counts that somebody has seen a shared result. */
export const countShareView = publicAction({
  input: shareTokenInput,
  limit: 'form.submit',
  handler: async ({ input }) => {
    const [jar, user] = await Promise.all([cookies(), currentUser()]);
    const cookieOf = (name: string) => jar.get(name)?.value;
    return countView(input.token, { cookieOf, userId: user?.userId ?? null });
  },
});
