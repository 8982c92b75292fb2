import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { countOwnImages, putInAlbum } from './order-store.ts';

/** Adds pictures of the vendor's at the end of an album; those that are in it already stay where they are. */
export async function fillAlbum(
  actor: VendorActor,
  { id, imageIds }: { id: string; imageIds: readonly string[] },
): Promise<Result<{ added: number }>> {
  return transact(async (tx) => {
    if ((await countOwnImages(tx, actor.vendorId, imageIds)) === 0) {
      return fail('notFound', `none of these images is one of vendor ${actor.vendorId}`);
    }
    return succeed({ added: await putInAlbum(tx, actor.vendorId, id, imageIds) });
  });
}
