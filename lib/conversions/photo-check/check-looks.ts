import { fail, type Result, succeed } from '#lib/core/result.ts';
import { readVariant } from '#lib/files/image/read-image.ts';
import { findPhotoObstacle } from '#lib/styles/node/photo-student.ts';
import { type LookRequest, lookOn, type PhotoTaps } from '../input.ts';
import { findReferenceRow } from '../reference/store.ts';
import { findPhotoSize } from './store.ts';

/** Kinds for which a photo needs nobody. */
const needNobody = new Set(['light', 'painting']);

/**
 * Says before anything is charged that a photo has nobody, or nothing, on which a look could be tried: fails with
 * `conversion.noPerson`, `.noFace`, `.noClothes` or `.noHair`. What is not found is left to the function that charges
 * for it, and what cannot be looked at now (too many wait) to the engine, which gives the charge back.
 */
export async function checkLooks(
  userId: string,
  imageIds: readonly string[],
  looks: readonly LookRequest[],
  photoTaps?: PhotoTaps,
): Promise<Result<null>> {
  for (const look of looks) {
    if (!('reference' in look)) continue;
    const reference = await findReferenceRow(look.reference);
    if (!reference || needNobody.has(reference.lookKind)) continue;
    for (const imageId of imageIds) {
      if (!(await findPhotoSize(userId, imageId))) continue;
      const photo = await readVariant(imageId, 'w640');
      if (!photo.ok) continue;
      const on = lookOn(look, imageId, photoTaps);
      const taps = 'reference' in on ? on.taps : undefined;
      const found = await findPhotoObstacle(photo.value, {
        kind: reference.lookKind,
        ...(taps ? { taps } : {}),
      });
      if (found.ok && found.value)
        return fail(
          `conversion.${found.value}`,
          `photo ${imageId} has ${found.value} for ${reference.lookKind}`,
        );
    }
  }
  return succeed(null);
}
