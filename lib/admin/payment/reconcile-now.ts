import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { type Reconciled, reconcilePayments } from '#lib/payments/check/reconcile-payments.ts';
import { paymentGateway } from '#lib/payments/gateway/choose-gateway.ts';
import type { PaymentGateway } from '#lib/payments/gateway/payment-gateway.ts';

/** Brings payments into line with the gateway at once, as the worker does every minute. */
export async function reconcileNow(
  actor: AdminActor,
  gateway: PaymentGateway = paymentGateway(),
): Promise<Result<Reconciled>> {
  const reconciled = await reconcilePayments(gateway);
  return transact(async (tx) => {
    await recordEvent(tx, actor, 'payment.reconcile', { metadata: { ...reconciled } });
    return succeed(reconciled);
  });
}
