'use server';

import { vendorAction } from '#lib/auth/door/door.ts';
import { publishImage, trashImage, unpublishImage } from '#lib/files/image/publish-image.ts';
import { eachImage } from './each-image.ts';
import {
  tagImages as giveTags,
  describeImages as sayWhatTheyShow,
  editImage as writeWords,
} from './edit-images.ts';
import {
  describeImagesInput,
  imageEditInput,
  imagesInput,
  imagesLookInput,
  nothingInput,
  tagImagesInput,
} from './input.ts';
import { setLook } from './set-look.ts';
import { purgeImages as purge, emptyTrash as purgeAll, restoreImages as restore } from './trash-images.ts';

/** Title, description and tags of one image. */
export const editImage = vendorAction({
  input: imageEditInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => writeWords(actor, input),
});

/** What several images show, in words, for people who cannot see them. */
export const describeImages = vendorAction({
  input: describeImagesInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => sayWhatTheyShow(actor, input.images),
});

/** Tags for several images, or off them. */
export const tagImages = vendorAction({
  input: tagImagesInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => giveTags(actor, input),
});

/** Says what trying images on does. */
export const setImagesLook = vendorAction({
  input: imagesLookInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => setLook(actor, input),
});

/** Lets everybody see images. */
export const publishImages = vendorAction({
  input: imagesInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => eachImage(input.ids, (id) => publishImage(actor, id)),
});

/** Takes images back from everybody. */
export const unpublishImages = vendorAction({
  input: imagesInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => eachImage(input.ids, (id) => unpublishImage(actor, id)),
});

/** Puts images into the trash, from where they can be restored for thirty days. */
export const trashImages = vendorAction({
  input: imagesInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => eachImage(input.ids, (id) => trashImage(actor, id)),
});

export const restoreImages = vendorAction({
  input: imagesInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => restore(actor, input.ids),
});

/** Deletes images of the trash for good. */
export const purgeImages = vendorAction({
  input: imagesInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => purge(actor, input.ids),
});

/** Deletes everything in the trash for good. */
export const emptyTrash = vendorAction({
  input: nothingInput,
  limit: 'gallery.change',
  handler: ({ actor }) => purgeAll(actor),
});
