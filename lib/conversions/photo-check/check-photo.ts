import { z } from 'zod';
import { recordRefusal } from '#lib/audit/record-refusal.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { readVariant } from '#lib/files/image/read-image.ts';
import { measurePhoto } from '#lib/styles/node/photo-student.ts';
import { judgePhoto } from './judge-photo.ts';
import { findPhotoSize } from './store.ts';
import type { PhotoCheck } from './view.ts';

/**
 * Looks at the actor's photo before anything is charged, in well under a second, on a thread of its own. Fails
 * with `notFound` for everybody else's photo and `file.damaged` for one that can no longer be read.
 */
export async function checkPhoto(actor: UserActor, imageId: string): Promise<Result<PhotoCheck>> {
  const isId = z.uuid().safeParse(imageId).success;
  const size = isId ? await findPhotoSize(actor.userId, imageId) : null;
  if (!size) {
    await recordRefusal(actor, imageId, 'photo.check');
    return fail('notFound', `photo ${imageId.slice(0, 40)} is not one of user ${actor.userId}`);
  }
  const photo = await readVariant(imageId, 'w640');
  if (!photo.ok) return photo;
  const measures = await measurePhoto(photo.value);
  return measures.ok ? succeed({ imageId, ...judgePhoto(measures.value, size) }) : measures;
}
