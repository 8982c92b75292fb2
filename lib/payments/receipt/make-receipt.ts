import type { AccountActor } from '#lib/core/actor.ts';
import { env } from '#lib/core/env/env.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { findPayment } from '../find-payment.ts';
import { drawReceipt } from './pdf.ts';
import { hasReceipt } from './rows.ts';

/** A receipt as a file: its bytes, and a name in plain Latin letters. */
export type Receipt = { readonly bytes: Buffer; readonly fileName: string };

/**
 * Makes the receipt of a payment of the actor's own, in PDF. `payer` is the name that stands on it. Fails with
 * `notFound` for somebody else's payment and for one that was never confirmed.
 */
export async function makeReceipt(
  actor: AccountActor,
  id: string,
  { locale, payer }: { readonly locale: Locale; readonly payer: string },
): Promise<Result<Receipt>> {
  const found = await findPayment(actor, id);
  if (!found.ok) return found;
  const payment = found.value;
  if (!hasReceipt(payment)) return fail('notFound', `payment ${payment.id} was not confirmed`);
  const { nextauthUrl, embedded } = env();
  const bytes = await drawReceipt(payment, {
    locale,
    payer,
    host: new URL(nextauthUrl).host,
    isSimulated: embedded.payments,
  });
  const number = (payment.refNumber ?? payment.id).replace(/[^\w-]/g, '');
  return succeed({ bytes, fileName: `ai-stayler-receipt-${number}.pdf` });
}
