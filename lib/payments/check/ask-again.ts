import type { AccountActor } from '#lib/core/actor.ts';
import type { Result } from '#lib/core/result.ts';
import { findPayment } from '../find-payment.ts';
import { paymentGateways } from '../gateway/choose-gateway.ts';
import type { Gateways } from '../gateway/payment-gateway.ts';
import { returnWaitMs } from '../policy.ts';
import type { PaymentView } from '../view.ts';
import { checkPayment } from './check-payment.ts';

/** Asks the gateway about the actor's own payment because its owner wants to know, and answers how it stands. */
export async function askAgain(
  actor: AccountActor,
  id: string,
  gateways: Gateways = paymentGateways(),
): Promise<Result<PaymentView>> {
  const found = await findPayment(actor, id);
  if (!found.ok) return found;
  await checkPayment(found.value.id, gateways, { first: 'verify', waitMs: returnWaitMs });
  return findPayment(actor, id);
}
