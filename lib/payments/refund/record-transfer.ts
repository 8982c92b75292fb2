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
  transfer: { paymentId: string; reference: string },
): Promise<Result<RefundRow>> {
  const { paymentId, reference } = transfer;
  return transact(async (tx) => {
    if (!(await completeTransfer(tx, paymentId, reference))) {
      const found = await findRefund(tx, paymentId);
      return found
        ? fail('state.illegal', `refund of payment ${paymentId} is ${found.method} ${found.state}`)
        : fail('notFound', `no refund of payment ${paymentId}`);
    }
    await recordEvent(tx, actor, 'refund.complete', {
      resource: 'payment',
      resourceId: paymentId,
      metadata: { method: 'transfer', reference },
    });
    const refund = await findRefund(tx, paymentId);
    return refund ? succeed(refund) : fail('notFound', `no refund of payment ${paymentId}`);
  });
}
