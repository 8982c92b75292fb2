import { recordEvent } from '#lib/audit/record-event.ts';
import { system, type VendorActor } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { deleteImage } from '#lib/files/image/delete-image.ts';
import { galleryLimits } from '../policy.ts';
import { eachImage } from './each-image.ts';
import { listEndedTrash, listTrash, takeOutOfTrash } from './trash-store.ts';
import type { BulkView } from './view.ts';

/** Takes images back out of the trash: unpublished, and where they stood in the albums that are still there. */
export async function restoreImages(actor: VendorActor, ids: readonly string[]): Promise<Result<BulkView>> {
  return eachImage(ids, (id) =>
    transact(async (tx) => {
      if (!(await takeOutOfTrash(tx, actor.vendorId, id)))
        return fail('notFound', `image ${id} is not in the trash`);
      await recordEvent(tx, actor, 'image.restore', { resource: 'image', resourceId: id });
      return succeed(null);
    }),
  );
}

const atMost = 1000;

/** Deletes images of the trash for good, with their files. Free slots come back at this moment. */
export async function purgeImages(actor: VendorActor, ids: readonly string[]): Promise<Result<BulkView>> {
  const owner = { vendorId: actor.vendorId };
  return eachImage(ids, (id) => deleteImage(owner, id, { actor, reason: 'trash' }));
}

/** The same for everything that lies there. */
export async function emptyTrash(actor: VendorActor): Promise<Result<BulkView>> {
  const ids = await listTrash(actor.vendorId, atMost);
  if (ids.length === 0) return succeed({ done: 0, refused: [] });
  return purgeImages(actor, ids);
}

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
