import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { holdAlbum, takeOutOfAlbum } from './order-store.ts';

/** Takes pictures out of an album; they stay in the gallery. What was out of it already is no fault. */
export async function takeFromAlbum(
  actor: VendorActor,
  { id, imageIds }: { id: string; imageIds: readonly string[] },
): Promise<Result<{ taken: number }>> {
  return transact(async (tx) => {
    if (!(await holdAlbum(tx, actor.vendorId, id))) return fail('notFound', `album ${id}`);
    const taken = await takeOutOfAlbum(tx, actor.vendorId, id, imageIds);
    return succeed({ taken: taken.length });
  });
}
