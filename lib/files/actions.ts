'use server';

import { userAction, vendorAction } from '#lib/auth/door.ts';
import { deleteImage } from './delete-image.ts';
import { imageChoice, lifeChoice } from './input.ts';
import { publishImage } from './publish-image.ts';
import { setPhotoLife as setLife } from './set-photo-life.ts';
import { unpublishImage } from './unpublish-image.ts';

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

/** Deletes one of the vendor's pictures with its files. */
export const deleteGalleryImage = vendorAction({
  input: imageChoice,
  limit: 'file.change',
  handler: ({ actor, input }) =>
    deleteImage({ vendorId: actor.vendorId }, input.id, { actor, reason: 'owner' }),
});

/** Lets everybody see one of the vendor's pictures. */
export const publishGalleryImage = vendorAction({
  input: imageChoice,
  limit: 'file.change',
  handler: ({ actor, input }) => publishImage(actor, input.id),
});

/** Takes one of the vendor's pictures back from everybody. */
export const unpublishGalleryImage = vendorAction({
  input: imageChoice,
  limit: 'file.change',
  handler: ({ actor, input }) => unpublishImage(actor, input.id),
});
