'use server';

import { userAction } from '#lib/auth/door/door.ts';
import { succeed } from '#lib/core/result.ts';
import { deleteImage } from '../image/delete-image.ts';
import { imageChoice, lifeChoice, photoPageChoice } from './input.ts';
import { listPhotos } from './list-photos.ts';
import { setPhotoLife as setLife } from './set-photo-life.ts';

/** The next page of the user's photos. */
export const listMorePhotos = userAction({
  input: photoPageChoice,
  limit: 'file.change',
  handler: async ({ actor, input }) => succeed(await listPhotos(actor, input.after)),
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
