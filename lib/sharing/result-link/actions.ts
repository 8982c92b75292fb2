'use server';

import { cookies } from 'next/headers';
import { currentUser } from '#lib/auth/door/current.ts';
import { publicAction, userAction } from '#lib/auth/door/door.ts';
import { succeed } from '#lib/core/result.ts';
import { sealUnlock, unlockCookieName, unlockCookieOptions } from '../unlock-cookie.ts';
import { countResultView as countView } from './count-result-view.ts';
import { createResultLink as create } from './create-result-link.ts';
import { unlockResultLink as unlock } from './find-result-link.ts';
import { createResultLinkInput, openResultLinkInput, resultLinkIdInput, resultTokenInput } from './input.ts';
import { revokeResultLink as revoke } from './revoke-result-link.ts';

/** Makes a link to one of the user's results. */
export const createResultLink = userAction({
  input: createResultLinkInput,
  limit: 'link.change',
  handler: ({ actor, input }) => create(actor, input),
});

/** Ends one of the user's links. */
export const revokeResultLink = userAction({
  input: resultLinkIdInput,
  limit: 'link.change',
  handler: ({ actor, input }) => revoke(actor, input.id),
});

/** Opens a link with its password, in this browser, for half a day. */
export const unlockResultLink = publicAction({
  input: openResultLinkInput,
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
export const countResultView = publicAction({
  input: resultTokenInput,
  limit: 'form.submit',
  handler: async ({ input }) => {
    const [jar, user] = await Promise.all([cookies(), currentUser()]);
    const cookieOf = (name: string) => jar.get(name)?.value;
    return countView(input.token, { cookieOf, userId: user?.userId ?? null });
  },
});
