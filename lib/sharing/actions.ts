'use server';

import { cookies } from 'next/headers';
import { currentUser, currentVendor } from '#lib/auth/door/current.ts';
import { publicAction } from '#lib/auth/door/door.ts';
import { succeed } from '#lib/core/result.ts';
import { countAlbumView, findAlbumLink } from './album-link/find-album-link.ts';
import { linkInput, unlockInput } from './input.ts';
import { unlockLink as unlock } from './open-link.ts';
import { countResultView, findResultLink } from './result-link/find-result-link.ts';
import { sealUnlock, unlockCookieName, unlockCookieOptions } from './unlock-cookie.ts';

/** Opens a link with its password, in this browser, for half a day. */
export const unlockLink = publicAction({
  input: unlockInput,
  limit: 'form.submit',
  handler: async ({ input: { opens, token, password }, device }) => {
    const find = opens === 'album' ? findAlbumLink : findResultLink;
    const opened = await unlock(await find(token, () => undefined), password, device.address);
    if (!opened.ok) return opened;
    const lock = opened.value;
    if (lock) (await cookies()).set(unlockCookieName(lock), sealUnlock(lock), unlockCookieOptions());
    return succeed(null);
  },
});

/** Counts that somebody has opened a link; its owner's own looks are not counted. */
export const countLinkView = publicAction({
  input: linkInput,
  limit: 'form.submit',
  handler: async ({ input: { opens, token } }) => {
    const jar = await cookies();
    const cookieOf = (name: string) => jar.get(name)?.value;
    if (opens === 'album') {
      const vendor = await currentVendor();
      return countAlbumView(token, { cookieOf, vendorId: vendor?.vendorId ?? null });
    }
    const user = await currentUser();
    return countResultView(token, { cookieOf, userId: user?.userId ?? null });
  },
});
