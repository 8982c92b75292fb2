import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { readdressImage } from '#lib/files/image/readdress-image.ts';
import { closeReports, findOpenReport, refuseImage } from './store.ts';

/** Takes a picture away from everybody but its vendor, under a new address: what is cached elsewhere leads nowhere. */
async function hide(actor: AdminActor, vendorId: string, imageId: string): Promise<Result<unknown>> {
  const vendor = { kind: 'vendor', vendorId, sessionId: actor.sessionId } as const;
  const hidden = await readdressImage(vendor, imageId, 'private', actor);
  // A picture that its vendor has deleted meanwhile is as gone as it can be.
  return !hidden.ok && hidden.code === 'notFound' ? succeed(null) : hidden;
}

/**
 * Decides what visitors said about a picture, for everything open about it at once: `kept` leaves it where it is,
 * `removed` hides it for good; its vendor still sees it and that it was refused. Fails with `notFound` when somebody
 * else has decided it.
 */
export async function decideReport(
  actor: AdminActor,
  { id, decision }: { id: string; decision: 'kept' | 'removed' },
): Promise<Result<{ decided: number }>> {
  const open = await findOpenReport(db(), id);
  if (!open) return fail('notFound', `no open report ${id}`);
  const { imageId, vendorId } = open;
  if (decision === 'removed' && imageId) {
    const hidden = await hide(actor, vendorId, imageId);
    if (!hidden.ok) return hidden;
  }
  return transact(async (tx) => {
    const decided = await closeReports(tx, id, { state: decision, decidedBy: actor.userId });
    if (decided === 0) return fail('notFound', `report ${id} was decided meanwhile`);
    if (decision === 'removed' && imageId) await refuseImage(tx, imageId);
    await recordEvent(tx, actor, 'report.decide', {
      resource: imageId ? 'image' : 'vendor',
      resourceId: imageId ?? vendorId,
      metadata: { decision, report: id, decided },
    });
    return succeed({ decided });
  });
}
