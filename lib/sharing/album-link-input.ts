import { z } from 'zod';
import { knownLinkPassword, newLinkPassword } from './link-password.ts';
import { isLinkToken } from './link-token.ts';
import { linkLives } from './policy.ts';

export const longestLinkName = 80;

/** A new link to an album of one's own. The name is for its maker alone: who it was made for. */
export const createAlbumLinkInput = z.strictObject({
  albumId: z.uuid(),
  name: z
    .string()
    .max(longestLinkName * 2, 'albumLinks.nameLong')
    .transform((text) => text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim())
    .refine((text) => [...text].length <= longestLinkName, 'albumLinks.nameLong')
    .transform((text) => text || null),
  days: z.union([z.literal(linkLives.filter((days) => days !== null)), z.null()]),
  password: newLinkPassword,
  mayDownload: z.boolean(),
});
export type CreateAlbumLink = z.output<typeof createAlbumLinkInput>;

export const albumLinkIdInput = z.strictObject({ id: z.uuid() });

const token = z.string().refine(isLinkToken);

/** What a visitor sends to open a link. */
export const openAlbumLinkInput = z.object({ token, password: knownLinkPassword });

export const albumTokenInput = z.object({ token });
