import { system } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { deleteImage } from '#lib/files/image/delete-image.ts';
import { galleryLimits } from '../policy.ts';
import { listEndedTrash } from './trash-store.ts';

const atOnce = 500;

/** Purges what has lain in the trash for its thirty days. One that fails is tried again the next time. */
export async function sweepTrash(): Promise<number> {
  let purged = 0;
  for (const { id, vendorId } of await listEndedTrash(galleryLimits.trashDays, atOnce)) {
    const result = await deleteImage({ vendorId }, id, { actor: system, reason: 'trashEnd' });
    if (result.ok) purged += 1;
    else log.warn({ imageId: id, detail: result.detail }, 'a picture stays in the trash');
  }
  if (purged > 0) log.info({ purged }, 'pictures purged from the trash');
  return purged;
}
