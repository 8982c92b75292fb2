import { recordEvent } from '#lib/audit/record-event.ts';
import type { Actor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { checkPayment } from '../check/check-payment.ts';
import type { Finding } from '../gateway/ask-gateway.ts';
import { paymentGateways } from '../gateway/choose-gateway.ts';
import type { Gateways } from '../gateway/payment-gateway.ts';
import { returnWaitMs } from '../policy.ts';
import { clearConcern, clearStray, isPayment, listConcerns } from './store.ts';

/** What operators do with single payments. The caller has made sure that the actor is one. */

/** Has the gateway asked about any payment now. Answers with what it said; null when there was nothing to ask. */
export async function recheckPayment(
  actor: Actor,
  paymentId: string,
  gateways: Gateways = paymentGateways(),
): Promise<Result<Finding | null>> {
  if (!(await isPayment(db(), paymentId))) return fail('notFound', `no payment ${paymentId}`);
  const finding = await checkPayment(paymentId, gateways, {
    first: 'verify',
    waitMs: returnWaitMs,
    evenPaid: true,
  });
  return transact<Finding | null>(async (tx) => {
    await recordEvent(tx, actor, 'payment.check', {
      resource: 'payment',
      resourceId: paymentId,
      metadata: { found: finding?.kind ?? null },
    });
    return succeed(finding);
  });
}

/**
 * Takes one reason off a payment, because somebody has looked; other reasons stay. Fails with `state.illegal` for
 * a refund that waits: it goes when the money is back, and not before.
 */
export async function dismissAttention(
  actor: Actor,
  request: { paymentId: string; concern: string; note: string },
): Promise<Result<null>> {
  const { paymentId, concern, note } = request;
  return transact(async (tx) => {
    if (!(await clearConcern(tx, paymentId, concern))) {
      const stands = (await listConcerns(tx, paymentId)).some(({ reason }) => reason === concern);
      return stands
        ? fail('state.illegal', `${concern} of payment ${paymentId} goes when its refund is done`)
        : fail('notFound', `payment ${paymentId} needs no attention because of ${concern.slice(0, 60)}`);
    }
    await recordEvent(tx, actor, 'payment.attend', {
      resource: 'payment',
      resourceId: paymentId,
      metadata: { attention: concern, note },
    });
    return succeed(null);
  });
}

/** Takes money that belongs to no payment of ours off the list, because somebody has looked. It does not come back. */
export async function dismissStray(
  actor: Actor,
  request: { authority: string; note: string },
): Promise<Result<null>> {
  const { authority, note } = request;
  return transact(async (tx) => {
    const amountRials = await clearStray(tx, authority);
    if (amountRials === null) return fail('notFound', 'no such money waits for anybody');
    await recordEvent(tx, actor, 'stray.attend', {
      resource: 'stray',
      resourceId: authority,
      metadata: { amountRials: Number(amountRials), note },
    });
    return succeed(null);
  });
}
