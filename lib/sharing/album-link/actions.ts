'use server';

import { vendorAction } from '#lib/auth/door/door.ts';
import { revokeAlbumLink as revoke, updateAlbumLink as update } from './change-album-link.ts';
import { createAlbumLink as create } from './create-album-link.ts';
import { albumLinkIdInput, createAlbumLinkInput, updateAlbumLinkInput } from './input.ts';

/** Makes a private link to one of the vendor's albums. */
export const createAlbumLink = vendorAction({
  input: createAlbumLinkInput,
  limit: 'link.change',
  handler: ({ actor, input, newId }) => create(actor, input, newId),
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
