import { z } from 'zod';
import { paragraphs } from '#lib/auth/input.ts';
import { newLinkPassword } from '../link-password.ts';
import { linkLives } from '../policy.ts';

const longestLinkName = 80;

/** For its maker alone: who the link was made for. */
const name = z
  .string()
  .max(longestLinkName * 2, 'albumLinks.nameLong')
  .transform((text) => text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim())
  .refine((text) => [...text].length <= longestLinkName, 'albumLinks.nameLong')
  .transform((text) => text || null);

/** From now on, in days; null is until it is revoked. */
const days = z.union([z.literal(linkLives.filter((some) => some !== null)), z.null()]);

/** What visitors may do behind a link, and what is said at its end. */
const manners = {
  mayDownload: z.boolean(),
  // A page of the release before this one says nothing of these.
  hasPicks: z.boolean().default(false),
  hasMark: z.boolean().default(false),
  givesSent: z.boolean().default(false),
  closingWords: paragraphs(400, 'albumLinks.closing.long')
    .default('')
    .transform((text) => text || null),
};

/** What may not be downloaded is not given as it was sent either. */
const inHarmony = <Link extends { mayDownload: boolean; givesSent: boolean }>(link: Link): Link => ({
  ...link,
  givesSent: link.givesSent && link.mayDownload,
});

/** A new link to an album of one's own. */
export const createAlbumLinkInput = z
  .strictObject({
    albumId: z.uuid(),
    name,
    days,
    password: newLinkPassword,
    ...manners,
  })
  .transform(inHarmony);
export type CreateAlbumLink = z.output<typeof createAlbumLinkInput>;

/** What a link is from now on. Its end and its password stay as they are unless another one is given. */
export const updateAlbumLinkInput = z
  .strictObject({
    id: z.uuid(),
    name,
    days: z.union([days, z.literal('same')]),
    /** Another password; empty: none is given. */
    password: newLinkPassword,
    /** Whether the link is to be without a password, whatever it had. */
    isOpen: z.boolean(),
    ...manners,
  })
  .transform(inHarmony);
export type UpdateAlbumLink = z.output<typeof updateAlbumLinkInput>;

export const albumLinkIdInput = z.strictObject({ id: z.uuid() });
