'use server';

import { userAction } from '#lib/auth/door/door.ts';
import { succeed } from '#lib/core/result.ts';
import { deleteImage } from '../image/delete-image.ts';
import { findKeptPhoto as findKept } from './find-kept-photo.ts';
import { imageChoice, lifeChoice, photoPageChoice, sentDigest } from './input.ts';
import { listPhotos } from './list-photos.ts';
import { setPhotoLife as setLife } from './set-photo-life.ts';

/** The next page of the user's photos. */
export const listMorePhotos = userAction({
  input: photoPageChoice,
  limit: 'file.change',
  handler: async ({ actor, input }) => succeed(await listPhotos(actor, input.after)),
});

/** The user's photo that came as these bytes and is still there, so that nothing is sent twice; or null. */
export const findKeptPhoto = userAction({
  input: sentDigest,
  limit: 'file.change',
  handler: async ({ actor, input }) => succeed(await findKept(actor.userId, input.sha256)),
});

/** Deletes one of the user's photos with its files. */
export const deletePhoto = userAction({
  input: imageChoice,
  limit: 'file.change',
  handler: ({ actor, input }) => deleteImage({ userId: actor.userId }, input.id, { actor, reason: 'owner' }),
});

/** Says how long one of the user's photos is kept. */
export const setPhotoLife = userAction({
  input: lifeChoice,
  limit: 'file.change',
  handler: ({ actor, input }) => setLife(actor, input),
});
