import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { type Reconciled, reconcilePayments } from '#lib/payments/check/reconcile-payments.ts';
import { paymentGateways } from '#lib/payments/gateway/choose-gateway.ts';
import type { Gateways } from '#lib/payments/gateway/payment-gateway.ts';

/** Brings payments into line with the gateways at once, as the worker does every minute. */
export async function reconcileNow(
  actor: AdminActor,
  gateways: Gateways = paymentGateways(),
): Promise<Result<Reconciled>> {
  const reconciled = await reconcilePayments(gateways);
  return transact(async (tx) => {
    await recordEvent(tx, actor, 'payment.reconcile', { metadata: { ...reconciled } });
    return succeed(reconciled);
  });
}
