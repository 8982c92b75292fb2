import { recordEvent } from '#lib/audit/record-event.ts';
import type { Actor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { completeTransfer, findRefund, type RefundRow } from './store.ts';

/**
 * Writes down that the money of a refund was sent by hand, with the bank's reference. Only once: fails with
 * `state.illegal` when it was written down already or the gateway gave the money back itself.
 */
export async function recordTransfer(
  actor: Actor,
  transfer: { refundId: string; reference: string },
): Promise<Result<RefundRow>> {
  const { refundId, reference } = transfer;
  return transact(async (tx) => {
    const isNew = await completeTransfer(tx, refundId, reference);
    const refund = await findRefund(tx, refundId);
    if (!refund) return fail('notFound', `no refund ${refundId}`);
    if (!isNew) return fail('state.illegal', `refund ${refundId} is ${refund.method} ${refund.state}`);
    await recordEvent(tx, actor, 'refund.complete', {
      resource: 'payment',
      resourceId: refund.paymentId,
      metadata: { method: 'transfer', refund: refundId, amountRials: Number(refund.amountRials), reference },
    });
    return succeed(refund);
  });
}
