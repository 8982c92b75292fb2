import type { VendorActor } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { deleteImage } from '#lib/files/image/delete-image.ts';
import { eachImage } from './each-image.ts';
import { listTrash } from './trash-store.ts';
import type { BulkView } from './view.ts';

const atMost = 1000;

/** Deletes pictures of the trash for good, with their files. Free slots come back at this moment. */
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
