import type { AuditAction } from '#lib/audit/audit-actions.ts';
import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { type Tx, transact } from '#lib/db/transact.ts';

/**
 * One change to one album of the vendor's, written down in the same transaction; not found when the change
 * finds nothing of this vendor's to change.
 */
export async function changeAlbum(
  actor: VendorActor,
  albumId: string,
  event: AuditAction,
  change: (tx: Tx) => Promise<boolean>,
): Promise<Result<null>> {
  return transact(async (tx) => {
    if (!(await change(tx)))
      return fail('notFound', `nothing of album ${albumId} of vendor ${actor.vendorId}`);
    await recordEvent(tx, actor, event, { resource: 'album', resourceId: albumId });
    return succeed(null);
  });
}
