import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { holdAlbums, holdImages, putInAlbum, takeOutOfAlbum } from './order-store.ts';

/** Moves pictures from one album to the end of another, all or none of them. */
export async function transferImages(
  actor: VendorActor,
  { from, to, imageIds }: { from: string; to: string; imageIds: readonly string[] },
): Promise<Result<{ moved: number }>> {
  const { vendorId } = actor;
  return transact(async (tx) => {
    await holdImages(tx, vendorId, imageIds);
    if (!(await holdAlbums(tx, vendorId, [from, to]))) return fail('notFound', `albums ${from}, ${to}`);
    if (from === to) return succeed({ moved: 0 });
    const taken = await takeOutOfAlbum(tx, vendorId, from, imageIds);
    if (taken.length > 0) await putInAlbum(tx, vendorId, to, taken);
    return succeed({ moved: taken.length });
  });
}
