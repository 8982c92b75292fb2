import { recordEvent } from '#lib/audit/record-event.ts';
import type { Actor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { checkPayment } from '../check/check-payment.ts';
import type { Finding } from '../gateway/ask-gateway.ts';
import { paymentGateway } from '../gateway/choose-gateway.ts';
import type { PaymentGateway } from '../gateway/payment-gateway.ts';
import { returnWaitMs } from '../policy.ts';
import { clearAttention, isPayment } from './store.ts';

/** What operators do with single payments. The caller has made sure that the actor is one. */

/** Has the gateway asked about any payment now. Answers with what it said; null when there was nothing to ask. */
export async function recheckPayment(
  actor: Actor,
  paymentId: string,
  gateway: PaymentGateway = paymentGateway(),
): Promise<Result<Finding | null>> {
  if (!(await isPayment(db(), paymentId))) return fail('notFound', `no payment ${paymentId}`);
  const finding = await checkPayment(paymentId, gateway, { first: 'verify', waitMs: returnWaitMs });
  return transact<Finding | null>(async (tx) => {
    await recordEvent(tx, actor, 'payment.check', {
      resource: 'payment',
      resourceId: paymentId,
      metadata: { found: finding?.kind ?? null },
    });
    return succeed(finding);
  });
}

/** Takes a payment off the list of those that need attention, because somebody has looked. */
export async function dismissAttention(
  actor: Actor,
  request: { paymentId: string; note: string },
): Promise<Result<null>> {
  const { paymentId, note } = request;
  return transact(async (tx) => {
    const reason = await clearAttention(tx, paymentId);
    if (reason === null) return fail('notFound', `payment ${paymentId} needs no attention`);
    await recordEvent(tx, actor, 'payment.attend', {
      resource: 'payment',
      resourceId: paymentId,
      metadata: { attention: reason, note },
    });
    return succeed(null);
  });
}
