import { z } from 'zod';
import { vendorOperation } from '#lib/auth/door/token-route.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import {
  chooseCover,
  createAlbum,
  deleteAlbum,
  publishAlbum,
  updateAlbum,
} from '#lib/gallery/album/change-album.ts';
import {
  albumChoice,
  albumImagesInput,
  albumInput,
  albumPublicInput,
  coverInput,
  newAlbumInput,
  orderInput,
} from '#lib/gallery/album/input.ts';
import { fillAlbum, orderImages, takeFromAlbum } from '#lib/gallery/album/place-images.ts';
import { findAlbumRow, listAlbumRows } from '#lib/gallery/album/store.ts';
import { toAlbumView } from '#lib/gallery/album/view.ts';
import { listAlbumImageRows } from '#lib/gallery/library/store.ts';
import { toOwnImage } from '#lib/gallery/library/view.ts';
import { galleryLimits } from '#lib/gallery/policy.ts';
import {
  added,
  album,
  albumList,
  made,
  ordered,
  picturePage,
  taken,
  toAlbum,
  toPicture,
} from '../shapes/gallery.ts';

async function readAlbum({ vendorId }: VendorActor, id: string): Promise<Result<z.input<typeof album>>> {
  const row = await findAlbumRow(vendorId, id);
  return row ? succeed(toAlbum(toAlbumView(row))) : fail('notFound', `album ${id} of vendor ${vendorId}`);
}

/** Does something to an album and answers how it is now. */
async function changed(actor: VendorActor, id: string, done: Result<null>) {
  return done.ok ? readAlbum(actor, id) : done;
}

export const albumOperations = [
  vendorOperation({
    at: 'GET /albums',
    id: 'listAlbums',
    scope: 'gallery:read',
    input: z.object({}),
    limit: 'account.read',
    answer: { status: 200, json: albumList },
    handler: async ({ actor }) =>
      succeed({ items: (await listAlbumRows(actor.vendorId)).map((row) => toAlbum(toAlbumView(row))) }),
  }),
  vendorOperation({
    at: 'POST /albums',
    id: 'createAlbum',
    scope: 'gallery:write',
    input: newAlbumInput,
    limit: 'gallery.change',
    answer: { status: 201, json: made },
    handler: ({ actor, input, newId }) => createAlbum(actor, input, newId),
  }),
  vendorOperation({
    at: 'GET /albums/{id}',
    id: 'getAlbum',
    scope: 'gallery:read',
    input: albumChoice,
    limit: 'account.read',
    answer: { status: 200, json: album },
    handler: ({ actor, input }) => readAlbum(actor, input.id),
  }),
  vendorOperation({
    at: 'PUT /albums/{id}',
    id: 'updateAlbum',
    scope: 'gallery:write',
    input: albumInput,
    limit: 'gallery.change',
    answer: { status: 200, json: album },
    handler: async ({ actor, input }) => changed(actor, input.id, await updateAlbum(actor, input)),
  }),
  vendorOperation({
    at: 'PUT /albums/{id}/visibility',
    id: 'publishAlbum',
    scope: 'gallery:write',
    input: albumPublicInput,
    limit: 'gallery.change',
    answer: { status: 200, json: album },
    handler: async ({ actor, input }) => changed(actor, input.id, await publishAlbum(actor, input)),
  }),
  vendorOperation({
    at: 'PUT /albums/{id}/cover',
    id: 'chooseCover',
    scope: 'gallery:write',
    input: coverInput,
    limit: 'gallery.change',
    answer: { status: 200, json: album },
    handler: async ({ actor, input }) => changed(actor, input.id, await chooseCover(actor, input)),
  }),
  vendorOperation({
    at: 'DELETE /albums/{id}',
    id: 'deleteAlbum',
    scope: 'gallery:write',
    input: albumChoice,
    limit: 'gallery.change',
    answer: { status: 204 },
    handler: ({ actor, input }) => deleteAlbum(actor, input),
  }),
  vendorOperation({
    at: 'GET /albums/{id}/pictures',
    id: 'listAlbumPictures',
    scope: 'gallery:read',
    input: z.object({
      id: z.uuid(),
      cursor: z
        .string()
        .regex(/^\d{1,6}$/)
        .optional(),
    }),
    limit: 'account.read',
    answer: { status: 200, json: picturePage },
    handler: async ({ actor, input }) => {
      const row = await findAlbumRow(actor.vendorId, input.id);
      if (!row) return fail('notFound', `album ${input.id} of vendor ${actor.vendorId}`);
      const { albumPageSize: limit } = galleryLimits;
      const skip = Number(input.cursor ?? 0);
      const part = { skip, limit: limit + 1 };
      const rows = await listAlbumImageRows(actor.vendorId, input.id, row.imageOrder, part);
      const items = rows.slice(0, limit).map((one) => toPicture(toOwnImage(one)));
      return succeed({ items, next: rows.length > limit ? String(skip + limit) : null });
    },
  }),
  vendorOperation({
    at: 'POST /albums/{id}/pictures',
    id: 'fillAlbum',
    scope: 'gallery:write',
    input: albumImagesInput,
    limit: 'gallery.change',
    answer: { status: 200, json: added },
    handler: ({ actor, input }) => fillAlbum(actor, input),
  }),
  vendorOperation({
    at: 'POST /albums/{id}/pictures/remove',
    id: 'takeFromAlbum',
    scope: 'gallery:write',
    input: albumImagesInput,
    limit: 'gallery.change',
    answer: { status: 200, json: taken },
    handler: ({ actor, input }) => takeFromAlbum(actor, input),
  }),
  vendorOperation({
    at: 'POST /albums/{id}/pictures/order',
    id: 'orderPictures',
    scope: 'gallery:write',
    input: orderInput,
    limit: 'gallery.change',
    answer: { status: 200, json: ordered },
    handler: ({ actor, input }) => orderImages(actor, input),
  }),
];
