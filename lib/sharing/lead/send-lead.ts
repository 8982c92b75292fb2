import { randomUUID } from 'node:crypto';
import { recordEvent } from '#lib/audit/record-event.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { sendLeadRow, withdrawLeadRow } from './store.ts';

/**
 * Sends one of the actor's results to the shop whose look it is: the picture, the words, and the number of the account if
 * `withPhone`. Sent again while it is there, nothing changes. Fails with `notFound` for what is no result of theirs in a look
 * of a shop that is there (or waits for moderation), `lead.tooMany` beyond a day's measure.
 */
export async function sendLead(
  actor: UserActor,
  lead: { readonly conversionId: string; readonly words: string | null; readonly withPhone: boolean },
  id: string = randomUUID(),
): Promise<Result<null>> {
  const { userId } = actor;
  const { conversionId, words, withPhone } = lead;
  return transact(async (tx) => {
    const became = await sendLeadRow(tx, { id, userId, conversionId, words, withPhone });
    if (became === 'missing')
      return fail('notFound', `conversion ${conversionId} of ${userId} cannot be sent`);
    if (became === 'many') return fail('lead.tooMany', `user ${userId} sent enough for a day`);
    await recordEvent(tx, actor, 'lead.send', {
      resource: 'conversion',
      resourceId: conversionId,
      metadata: { withPhone, hasWords: words !== null },
    });
    return succeed(null);
  });
}

/** Takes back what was sent: the shop has nothing of it from then on. Fails with `notFound` when nothing is there. */
export async function withdrawLead(actor: UserActor, conversionId: string): Promise<Result<null>> {
  return transact(async (tx) => {
    if (!(await withdrawLeadRow(tx, actor.userId, conversionId))) {
      return fail('notFound', `user ${actor.userId} sent nothing of conversion ${conversionId}`);
    }
    await recordEvent(tx, actor, 'lead.withdraw', { resource: 'conversion', resourceId: conversionId });
    return succeed(null);
  });
}
