import { z } from 'zod';
import { userOperation } from '#lib/auth/door/token-route.ts';
import { checkPhoto } from '#lib/conversions/photo-check/check-photo.ts';
import { cursorText } from '#lib/core/cursor.ts';
import { succeed } from '#lib/core/result.ts';
import { deleteImage } from '#lib/files/image/delete-image.ts';
import { imageChoice, lifeChoice } from '#lib/files/photo/input.ts';
import { findOwnPhoto, listPhotos } from '#lib/files/photo/list-photos.ts';
import { setPhotoLife } from '#lib/files/photo/set-photo-life.ts';
import { pictureLimits } from '#lib/files/policy.ts';
import { takeWhole } from '#lib/files/upload/take-whole.ts';
import { serveOwn } from '../serve-own.ts';
import {
  photo,
  photoCheck,
  photoPage,
  pictureContents,
  pictureSize,
  takenPicture,
  toPhoto,
  toPhotoCheck,
  toTaken,
} from '../shapes/photo.ts';

export const photoOperations = [
  userOperation({
    at: 'GET /photos',
    id: 'listPhotos',
    scope: 'photos:read',
    input: z.object({ cursor: cursorText.optional() }),
    limit: 'account.read',
    answer: { status: 200, json: photoPage },
    handler: async ({ actor, input }) => {
      const { photos, next } = await listPhotos(actor, input.cursor);
      return succeed({ items: photos.map(toPhoto), next });
    },
  }),
  userOperation({
    at: 'POST /photos',
    id: 'addPhoto',
    scope: 'photos:write',
    input: z.object({
      fileName: z.string().max(300).optional().describe('For bytes as the body: what the file is called.'),
      agreedTo: z
        .string()
        .max(60)
        .optional()
        .describe('The code of `photoTerms` in the account, where a person was shown them and agreed.'),
    }),
    pictureBytes: pictureLimits.maxBytes,
    limit: 'file.upload',
    answer: { status: 201, json: takenPicture },
    handler: async ({ actor, input, picture, newId }) => {
      const taken = await takeWhole(
        { userId: actor.userId },
        {
          id: newId.replaceAll('-', ''),
          bytes: picture.bytes,
          mimeType: picture.mimeType,
          fileName: input.fileName ?? picture.fileName,
          agreedTo: input.agreedTo,
        },
      );
      return taken.ok ? succeed(toTaken('photos', taken.value)) : taken;
    },
  }),
  userOperation({
    at: 'GET /photos/{id}',
    id: 'getPhoto',
    scope: 'photos:read',
    input: imageChoice,
    limit: 'account.read',
    answer: { status: 200, json: photo },
    handler: async ({ actor, input }) => {
      const found = await findOwnPhoto(actor, input.id);
      return found.ok ? succeed(toPhoto(found.value)) : found;
    },
  }),
  userOperation({
    at: 'GET /photos/{id}/content',
    id: 'getPhotoContent',
    scope: 'photos:read',
    input: z.object({ id: z.uuid(), size: pictureSize }),
    limit: 'account.read',
    answer: { status: 200, bytes: pictureContents },
    handler: async ({ actor, input, request }) => {
      const found = await findOwnPhoto(actor, input.id);
      return found.ok ? serveOwn(request, actor, found.value, input.size) : found;
    },
  }),
  userOperation({
    at: 'POST /photos/{id}/check',
    id: 'checkPhoto',
    scope: 'photos:read',
    input: imageChoice,
    limit: 'photo.check',
    answer: { status: 200, json: photoCheck },
    handler: async ({ actor, input }) => {
      const checked = await checkPhoto(actor, input.id);
      return checked.ok ? succeed(toPhotoCheck(checked.value)) : checked;
    },
  }),
  userOperation({
    at: 'PUT /photos/{id}/life',
    id: 'setPhotoLife',
    scope: 'photos:write',
    input: lifeChoice,
    limit: 'file.change',
    answer: { status: 200, json: photo },
    handler: async ({ actor, input }) => {
      const set = await setPhotoLife(actor, input);
      if (!set.ok) return set;
      const found = await findOwnPhoto(actor, input.id);
      return found.ok ? succeed(toPhoto(found.value)) : found;
    },
  }),
  userOperation({
    at: 'DELETE /photos/{id}',
    id: 'deletePhoto',
    scope: 'photos:write',
    input: imageChoice,
    limit: 'file.change',
    answer: { status: 204 },
    handler: ({ actor, input }) =>
      deleteImage({ userId: actor.userId }, input.id, { actor, reason: 'owner' }),
  }),
];
