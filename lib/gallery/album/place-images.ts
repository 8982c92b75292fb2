import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import {
  countOwnImages,
  holdAlbum,
  holdAlbums,
  holdImages,
  moveInAlbum,
  putInAlbum,
  takeOutOfAlbum,
} from './order-store.ts';

/** Adds images of the vendor's at the end of an album; those that are in it already stay where they are. */
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

/** Takes images out of an album; they stay in the gallery. What was out of it already is no fault. */
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

/** Moves images from one album to the end of another, all or none of them. */
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
