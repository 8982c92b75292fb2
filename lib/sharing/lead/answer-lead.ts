import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { answerLeadRow, putLeadAwayRow } from './store.ts';

/**
 * Answers what the actor's shop received; the person is told, and reads it beside the shop's own ways of contact. One answer
 * each: what goes on between the two goes on there. Fails with `notFound` for what the shop does not have, or no more,
 * `lead.answered` when another answer was given.
 */
export async function answerLead(
  actor: VendorActor,
  { id, answer }: { readonly id: string; readonly answer: string },
): Promise<Result<null>> {
  return transact(async (tx) => {
    const became = await answerLeadRow(tx, actor.vendorId, id, answer);
    if (became === 'missing') return fail('notFound', `vendor ${actor.vendorId} has no lead ${id}`);
    if (became === 'before') return fail('lead.answered', `lead ${id} has an answer`);
    await recordEvent(tx, actor, 'lead.answer', { resource: 'lead', resourceId: id });
    return succeed(null);
  });
}

/** Puts a lead off the shop's list, or back on it. Fails with `notFound` for what the shop does not have. */
export async function putLeadAway(
  actor: VendorActor,
  { id, isAway }: { readonly id: string; readonly isAway: boolean },
): Promise<Result<null>> {
  return transact(async (tx) => {
    if (!(await putLeadAwayRow(tx, actor.vendorId, id, isAway))) {
      return fail('notFound', `vendor ${actor.vendorId} has no lead ${id}`);
    }
    await recordEvent(tx, actor, 'lead.away', { resource: 'lead', resourceId: id, metadata: { isAway } });
    return succeed(null);
  });
}
