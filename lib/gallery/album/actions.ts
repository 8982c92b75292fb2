'use server';

import { vendorAction } from '#lib/auth/door/door.ts';
import {
  createAlbum as makeAlbum,
  moveAlbum as placeAlbum,
  deleteAlbum as removeAlbum,
  updateAlbum as saveAlbum,
  chooseCover as setCover,
  publishAlbum as showAlbum,
} from './change-album.ts';
import { dropSentFiles as dropSent } from './drop-sent-files.ts';
import {
  albumChoice,
  albumImagesInput,
  albumInput,
  albumMoveInput,
  albumPublicInput,
  coverInput,
  newAlbumInput,
  orderInput,
  transferInput,
} from './input.ts';
import {
  fillAlbum as addToAlbum,
  transferImages as carryImages,
  orderImages as placeImages,
  takeFromAlbum as takeOut,
} from './place-images.ts';

export const createAlbum = vendorAction({
  input: newAlbumInput,
  limit: 'gallery.change',
  handler: ({ actor, input, newId }) => makeAlbum(actor, input, newId),
});

/** Name, description, how its images are ordered, and whether it is a style kit. */
export const updateAlbum = vendorAction({
  input: albumInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => saveAlbum(actor, input),
});

/** Shows an album to everybody, or hides it. */
export const publishAlbum = vendorAction({
  input: albumPublicInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => showAlbum(actor, input),
});

export const chooseCover = vendorAction({
  input: coverInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => setCover(actor, input),
});

/** The album goes, its images stay. */
export const deleteAlbum = vendorAction({
  input: albumChoice,
  limit: 'gallery.change',
  handler: ({ actor, input }) => removeAlbum(actor, input),
});

/** Deletes what an album keeps of files as they were sent, a hundred at a time; the pictures stay. */
export const dropSentFiles = vendorAction({
  input: albumChoice,
  limit: 'gallery.change',
  handler: ({ actor, input }) => dropSent(actor, input),
});

/** Puts an album before another. */
export const moveAlbum = vendorAction({
  input: albumMoveInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => placeAlbum(actor, input),
});

export const fillAlbum = vendorAction({
  input: albumImagesInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => addToAlbum(actor, input),
});

export const takeFromAlbum = vendorAction({
  input: albumImagesInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => takeOut(actor, input),
});

/** Moves images from one album to another. */
export const transferImages = vendorAction({
  input: transferInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => carryImages(actor, input),
});

/** Puts images of an album before another of it. */
export const orderImages = vendorAction({
  input: orderInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => placeImages(actor, input),
});
