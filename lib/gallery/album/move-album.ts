import type { VendorActor } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { moveAlbumRow } from './order-store.ts';

/** Puts one of a vendor's albums before another, or last. */
export async function moveAlbum(
  actor: VendorActor,
  { id, before }: { id: string; before: string | null },
): Promise<Result<null>> {
  return transact(async (tx) => {
    await moveAlbumRow(tx, actor.vendorId, id, before);
    return succeed(null);
  });
}
