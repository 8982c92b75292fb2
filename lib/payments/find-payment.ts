import { z } from 'zod';
import { recordRefusal } from '#lib/audit/record-refusal.ts';
import type { AccountActor } from '#lib/core/actor.ts';
import { accountOf } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { paymentGateways } from './gateway/choose-gateway.ts';
import { findPaymentRow } from './read-store.ts';
import { type PaymentView, toPaymentView } from './view.ts';

/** One payment of the actor's own. Fails with `notFound` for everything else, malformed ids included. */
export async function findPayment(actor: AccountActor, id: string): Promise<Result<PaymentView>> {
  const row = z.uuid().safeParse(id).success ? await findPaymentRow(accountOf(actor), id) : null;
  if (!row) {
    await recordRefusal(actor, id, 'payment.read');
    return fail('notFound', `payment ${id.slice(0, 40)} is not one of this ${actor.kind}`);
  }
  return succeed(toPaymentView(row, paymentGateways()));
}
