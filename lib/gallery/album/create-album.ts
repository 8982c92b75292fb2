import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { galleryLimits } from '../policy.ts';
import { insertAlbum } from './store.ts';

/** Makes an empty album that nobody else sees yet. */
export async function createAlbum(
  actor: VendorActor,
  { title }: { title: string },
): Promise<Result<{ id: string }>> {
  return transact(async (tx) => {
    const id = await insertAlbum(tx, actor.vendorId, title, galleryLimits.maxAlbums);
    if (!id) return fail('album.tooMany', `vendor ${actor.vendorId} has all the albums there may be`);
    await recordEvent(tx, actor, 'album.create', { resource: 'album', resourceId: id });
    return succeed({ id });
  });
}
