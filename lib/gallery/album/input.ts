import { z } from 'zod';
import { line, paragraphs } from '#lib/auth/input.ts';
import { galleryLimits, imageOrders } from '../policy.ts';

/** What vendors type and choose about albums. A message is a key in `messages/`. */

const { maxAlbumNameLength, maxDescriptionLength, maxAtOnce } = galleryLimits;

const name = line(maxAlbumNameLength, 'albums.field.nameLong').refine(
  (text) => text.length > 0,
  'albums.field.nameMissing',
);
const id = z.uuid('errors.notFound');

/** Images that one action is about. */
const imageIds = z.array(id).min(1).max(maxAtOnce);

export const newAlbumInput = z.object({ title: name });

export const albumInput = z.object({
  id,
  title: name,
  description: paragraphs(maxDescriptionLength, 'albums.field.descriptionLong'),
  imageOrder: z.enum(imageOrders),
  isStyleKit: z.boolean(),
  // A page of the release before this one says nothing of it.
  keepsSent: z.boolean().optional(),
});
export type AlbumInput = z.output<typeof albumInput>;

export const albumChoice = z.strictObject({ id });
export const albumPublicInput = z.strictObject({ id, isPublic: z.boolean() });
export const coverInput = z.strictObject({ id, imageId: id.nullable() });
/** `before`: the one it is put before; null puts it last. */
export const albumMoveInput = z.strictObject({ id, before: id.nullable() });
export const albumImagesInput = z.strictObject({ id, imageIds });
export const transferInput = z.strictObject({ from: id, to: id, imageIds });
/** `version`: the order that was on the screen. */
export const orderInput = z.strictObject({
  id,
  imageIds,
  before: id.nullable(),
  version: z.number().int().nonnegative(),
});

/** What the address of an album's page says: which album, and which page of its images (from 1). */
export const albumPageQuery = z.object({
  id: z.uuid(),
  page: z.coerce.number().int().min(1).max(1000).catch(1),
});
