import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { deleteSentFiles } from '#lib/files/sent/store.ts';
import { commitFiles } from '#lib/files/storage/commit-files.ts';
import { findAlbumRow, listKeptAsSent } from './store.ts';

/** In one go; a bucket is asked for each of them. */
const mostAtOnce = 100;

/**
 * Deletes the files of an album's images as they were sent, so that their space is free again; the pictures stay. Takes a
 * hundred at a time and answers how many are left, for whoever wants all to go to ask again.
 */
export async function dropSentFiles(
  actor: VendorActor,
  { id }: { readonly id: string },
): Promise<Result<{ left: number }>> {
  const { vendorId } = actor;
  if (!(await findAlbumRow(vendorId, id))) return fail('notFound', `album ${id} of vendor ${vendorId}`);
  return commitFiles(async (tx) => {
    const imageIds = await listKeptAsSent(tx, vendorId, id);
    const gone = await deleteSentFiles(tx, vendorId, imageIds.slice(0, mostAtOnce));
    if (gone.length > 0) {
      const metadata = { field: 'originals', deleted: gone.length };
      await recordEvent(tx, actor, 'album.update', { resource: 'album', resourceId: id, metadata });
    }
    return succeed({ value: { left: Math.max(0, imageIds.length - mostAtOnce) }, gone });
  });
}
