import type { VendorActor } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { moveInAlbum } from './order-store.ts';

/**
 * Puts images of an album before another of it, or last. Moves of two editors are made one after the other, each
 * on the order it finds, so that none is lost; `isStale` says that somebody else has changed the order since
 * `version`, and the page should be shown anew. Refused as `state.illegal` when the place meant is gone.
 */
export async function orderImages(
  actor: VendorActor,
  input: { id: string; imageIds: readonly string[]; before: string | null; version: number },
): Promise<Result<{ version: number; isStale: boolean }>> {
  return transact(async (tx) => {
    const version = await moveInAlbum(tx, actor.vendorId, input.id, input.imageIds, input.before);
    return succeed({ version, isStale: version !== input.version + 1 });
  });
}
