import { z } from 'zod';
import { vendorOperation } from '#lib/auth/door/token-route.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { publishImage, trashImage, unpublishImage } from '#lib/files/image/publish-image.ts';
import { imageChoice } from '#lib/files/photo/input.ts';
import { pictureLimits } from '#lib/files/policy.ts';
import { takeWhole } from '#lib/files/upload/take-whole.ts';
import { insightDays, readInsight } from '#lib/gallery/insight/read-insight.ts';
import { editImage } from '#lib/gallery/library/edit-images.ts';
import { imageEditInput, imageFilters } from '#lib/gallery/library/input.ts';
import { findOwnImage, listOwnImages } from '#lib/gallery/library/list-images.ts';
import { keepsSent, placeUpload } from '#lib/gallery/library/place-upload.ts';
import { setLook } from '#lib/gallery/library/set-look.ts';
import { restoreImages } from '#lib/gallery/library/trash-images.ts';
import { lookKindInput, lookSettingsInput } from '#lib/gallery/look/input.ts';
import { offerIdInput, offerInput } from '#lib/gallery/offer/input.ts';
import { removeOffer, saveOffer } from '#lib/gallery/offer/save-offer.ts';
import { serveOwn } from '../serve-own.ts';
import { insight, picture, picturePage, toInsight, toPicture } from '../shapes/gallery.ts';
import { pictureContents, pictureSize, takenPicture, toTaken } from '../shapes/photo.ts';

/** How a picture is now that something was done to it. */
async function changed(
  actor: VendorActor,
  id: string,
  done: Result<unknown> = succeed(null),
): Promise<Result<z.input<typeof picture>>> {
  if (!done.ok) return done;
  const found = await findOwnImage(actor, id);
  return found.ok ? succeed(toPicture(found.value)) : found;
}

export const pictureOperations = [
  vendorOperation({
    at: 'GET /pictures',
    id: 'listPictures',
    scope: 'gallery:read',
    input: z.object({
      show: z.enum(imageFilters).default('all'),
      tag: z.string().trim().max(60).default(''),
      q: z.string().trim().max(80).default(''),
      cursor: z
        .string()
        .regex(/^\d{1,17}\.[0-9a-f-]{36}$/)
        .optional(),
    }),
    limit: 'account.read',
    answer: { status: 200, json: picturePage },
    handler: async ({ actor, input: { cursor, ...query } }) => {
      const { images, next } = await listOwnImages(actor, { ...query, after: cursor ?? null });
      return succeed({ items: images.map(toPicture), next });
    },
  }),
  vendorOperation({
    at: 'POST /pictures',
    id: 'addPicture',
    scope: 'gallery:write',
    input: z.object({
      fileName: z.string().max(300).optional().describe('For bytes as the body: what the file is called.'),
      albumId: z.uuid().optional().describe('The album that it is for.'),
    }),
    pictureBytes: pictureLimits.maxBytes,
    limit: 'gallery.upload',
    answer: { status: 201, json: takenPicture },
    handler: async ({ actor, input: { fileName, albumId }, picture: sent, newId }) => {
      const { vendorId } = actor;
      const taken = await takeWhole(
        { vendorId },
        {
          id: newId.replaceAll('-', ''),
          bytes: sent.bytes,
          mimeType: sent.mimeType,
          fileName: fileName ?? sent.fileName,
          keepsSent: albumId !== undefined && (await keepsSent({ vendorId, albumId })),
          place: async (tx, imageId) => {
            if (albumId) await placeUpload(tx, { vendorId, albumId, imageId });
          },
        },
      );
      return taken.ok ? succeed(toTaken('pictures', taken.value)) : taken;
    },
  }),
  vendorOperation({
    at: 'GET /pictures/{id}',
    id: 'getPicture',
    scope: 'gallery:read',
    input: imageChoice,
    limit: 'account.read',
    answer: { status: 200, json: picture },
    handler: ({ actor, input }) => changed(actor, input.id),
  }),
  vendorOperation({
    at: 'GET /pictures/{id}/content',
    id: 'getPictureContent',
    scope: 'gallery:read',
    input: z.object({ id: z.uuid(), size: pictureSize }),
    limit: 'account.read',
    answer: { status: 200, bytes: pictureContents },
    handler: async ({ actor, input, request }) => {
      const found = await findOwnImage(actor, input.id);
      return found.ok ? serveOwn(request, actor, found.value, input.size) : found;
    },
  }),
  vendorOperation({
    at: 'PUT /pictures/{id}',
    id: 'editPicture',
    scope: 'gallery:write',
    input: imageEditInput,
    limit: 'gallery.change',
    answer: { status: 200, json: picture },
    handler: async ({ actor, input }) => changed(actor, input.id, await editImage(actor, input)),
  }),
  vendorOperation({
    at: 'PUT /pictures/{id}/look',
    id: 'setPictureLook',
    scope: 'gallery:write',
    input: z.strictObject({ id: z.uuid(), kind: lookKindInput, settings: lookSettingsInput.optional() }),
    limit: 'gallery.change',
    answer: { status: 200, json: picture },
    handler: async ({ actor, input: { id, ...said } }) =>
      changed(actor, id, await setLook(actor, { ids: [id], ...said })),
  }),
  vendorOperation({
    at: 'PUT /pictures/{id}/offer',
    id: 'saveOffer',
    scope: 'gallery:write',
    input: offerInput,
    limit: 'gallery.change',
    answer: { status: 200, json: picture },
    handler: async ({ actor, input }) => changed(actor, input.id, await saveOffer(actor, input)),
  }),
  vendorOperation({
    at: 'DELETE /pictures/{id}/offer',
    id: 'removeOffer',
    scope: 'gallery:write',
    input: offerIdInput,
    limit: 'gallery.change',
    answer: { status: 204 },
    handler: ({ actor, input }) => removeOffer(actor, input.id),
  }),
  vendorOperation({
    at: 'POST /pictures/{id}/publish',
    id: 'publishPicture',
    scope: 'gallery:write',
    input: imageChoice,
    limit: 'gallery.change',
    answer: { status: 200, json: picture },
    handler: async ({ actor, input }) => changed(actor, input.id, await publishImage(actor, input.id)),
  }),
  vendorOperation({
    at: 'POST /pictures/{id}/unpublish',
    id: 'unpublishPicture',
    scope: 'gallery:write',
    input: imageChoice,
    limit: 'gallery.change',
    answer: { status: 200, json: picture },
    handler: async ({ actor, input }) => changed(actor, input.id, await unpublishImage(actor, input.id)),
  }),
  vendorOperation({
    at: 'DELETE /pictures/{id}',
    id: 'trashPicture',
    scope: 'gallery:write',
    input: imageChoice,
    limit: 'gallery.change',
    answer: { status: 204 },
    handler: async ({ actor, input }) => {
      const done = await trashImage(actor, input.id);
      return done.ok ? succeed(null) : done;
    },
  }),
  vendorOperation({
    at: 'POST /pictures/{id}/restore',
    id: 'restorePicture',
    scope: 'gallery:write',
    input: imageChoice,
    limit: 'gallery.change',
    answer: { status: 200, json: picture },
    handler: async ({ actor, input }) => changed(actor, input.id, await restoreImages(actor, [input.id])),
  }),
  vendorOperation({
    at: 'GET /insight',
    id: 'getInsight',
    scope: 'insight:read',
    input: z.object({
      days: z
        .enum(['7', '30', '90'])
        .default('30')
        .transform(Number)
        .pipe(z.literal([...insightDays])),
    }),
    limit: 'account.read',
    answer: { status: 200, json: insight },
    handler: async ({ actor, input }) => succeed(toInsight(await readInsight(actor, input.days))),
  }),
];
