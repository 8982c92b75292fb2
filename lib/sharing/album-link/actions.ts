'use server';

import { cookies } from 'next/headers';
import { currentVendor } from '#lib/auth/door/current.ts';
import { publicAction, vendorAction } from '#lib/auth/door/door.ts';
import { succeed } from '#lib/core/result.ts';
import { sealUnlock, unlockCookieName, unlockCookieOptions } from '../unlock-cookie.ts';
import { countAlbumView as countView } from './count-album-view.ts';
import { createAlbumLink as create } from './create-album-link.ts';
import { unlockAlbumLink as unlock } from './find-album-link.ts';
import {
  albumLinkIdInput,
  albumTokenInput,
  createAlbumLinkInput,
  openAlbumLinkInput,
  updateAlbumLinkInput,
} from './input.ts';
import { revokeAlbumLink as revoke } from './revoke-album-link.ts';
import { updateAlbumLink as update } from './update-album-link.ts';

/** Makes a private link to one of the vendor's albums. */
export const createAlbumLink = vendorAction({
  input: createAlbumLinkInput,
  limit: 'link.change',
  handler: ({ actor, input }) => create(actor, input),
});

/** Changes the name, end, password and download of one of the vendor's links. */
export const updateAlbumLink = vendorAction({
  input: updateAlbumLinkInput,
  limit: 'link.change',
  handler: ({ actor, input }) => update(actor, input),
});

/** Ends one of the vendor's links. */
export const revokeAlbumLink = vendorAction({
  input: albumLinkIdInput,
  limit: 'link.change',
  handler: ({ actor, input }) => revoke(actor, input.id),
});

/** Opens an album's link with its password, in this browser, for half a day. */
export const unlockAlbumLink = publicAction({
  input: openAlbumLinkInput,
  limit: 'form.submit',
  handler: async ({ input, device }) => {
    const opened = await unlock(input, device.address);
    if (!opened.ok) return opened;
    const lock = opened.value;
    if (lock) (await cookies()).set(unlockCookieName(lock), sealUnlock(lock), unlockCookieOptions());
    return succeed(null);
  },
});

/** Counts that somebody has opened a linked album. */
export const countAlbumView = publicAction({
  input: albumTokenInput,
  limit: 'form.submit',
  handler: async ({ input }) => {
    const [jar, vendor] = await Promise.all([cookies(), currentVendor()]);
    const cookieOf = (name: string) => jar.get(name)?.value;
    return countView(input.token, { cookieOf, vendorId: vendor?.vendorId ?? null });
  },
});
