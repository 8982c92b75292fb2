import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { revokeAlbumLinkRow } from './store.ts';

/** Ends a link at once, page and pictures. Fails with `notFound` when it is not the actor's or has been ended. */
export async function revokeAlbumLink(actor: VendorActor, id: string): Promise<Result<null>> {
  return transact(async (tx) => {
    const albumId = await revokeAlbumLinkRow(tx, actor.vendorId, id);
    if (!albumId) return fail('notFound', `link ${id} is not an open one of vendor ${actor.vendorId}`);
    await recordEvent(tx, actor, 'link.revoke', {
      resource: 'album',
      resourceId: albumId,
      metadata: { linkId: id },
    });
    return succeed(null);
  });
}
