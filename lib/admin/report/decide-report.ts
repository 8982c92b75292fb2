import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor, system } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import type { RefusalReason } from '#lib/files/moderation/policy.ts';
import { decideModeration } from '#lib/files/review/decide-moderation.ts';
import { findWaitingCase } from '#lib/files/review/store.ts';
import { closeReports, closeReportsOf, findOpenReport } from './store.ts';
import { hideTaken, refuseTaken } from './take-down-image.ts';

/**
 * Decides what visitors said about an image, for everything open about it at once: `kept` leaves it where it is, or
 * puts it back when it was hidden meanwhile; `removed` hides it for good. Its vendor still sees it and is told why.
 * Fails with `notFound` when somebody else has decided it.
 */
export async function decideReport(
  actor: AdminActor,
  { id, decision, why }: { id: string; decision: 'kept' | 'removed'; why?: RefusalReason | undefined },
): Promise<Result<{ decided: number }>> {
  const open = await findOpenReport(db(), id);
  if (!open) return fail('notFound', `no open report ${id}`);
  const { imageId, vendorId, reason } = open;
  const taken = decision === 'removed' && imageId ? { vendorId, id: imageId, why: why ?? reason } : null;
  if (taken) {
    const hidden = await hideTaken(actor, taken);
    if (!hidden.ok) return hidden;
  }
  const closed = await transact(async (tx) => {
    const decided = await closeReports(tx, id, { state: decision, decidedBy: actor.userId });
    if (decided === 0) return fail('notFound', `report ${id} was decided meanwhile`);
    if (taken) await refuseTaken(tx, taken);
    await recordEvent(tx, actor, 'report.decide', {
      resource: imageId ? 'image' : 'vendor',
      resourceId: imageId ?? vendorId,
      metadata: { decision, report: id, decided },
    });
    return succeed({ decided });
  });
  const waiting = closed.ok && imageId && decision === 'kept' ? await findWaitingCase(imageId) : null;
  if (waiting) await decideModeration(waiting, { decision: 'accepted' }, actor);
  return closed;
}

/** Decides an image that waits, and with it what visitors said about it: by an administrator, or at the terminal. */
export function decideCase(
  actor: AdminActor | typeof system,
  { id, decision, why }: { id: string; decision: 'accepted' | 'refused'; why: RefusalReason },
): Promise<Result<{ imageId: string; chargeReturned: boolean }>> {
  const state = decision === 'accepted' ? 'kept' : 'removed';
  const decidedBy = actor.kind === 'admin' ? actor.userId : null;
  const also = (tx: Tx, imageId: string) => closeReportsOf(tx, imageId, { state, decidedBy });
  return decideModeration(id, { decision, why, also }, actor);
}
