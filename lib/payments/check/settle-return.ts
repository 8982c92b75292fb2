import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { log } from '#lib/core/log.ts';
import { db } from '#lib/db/client.ts';
import { decide } from '#lib/db/decide.ts';
import { actAsSystem } from '#lib/db/walls/acting.ts';
import { paymentGateway } from '../gateway/choose-gateway.ts';
import { authorityPattern, type PaymentGateway } from '../gateway/payment-gateway.ts';
import { returnGapSeconds, returnWaitMs } from '../policy.ts';
import { checkPayment } from './check-payment.ts';
import { findByAuthority, noteReturn } from './store.ts';

/** Where a return leads whose payment is not one of ours. */
export const strangePaymentPath = '/plans?payment=unknown';

const returned = z.object({
  authority: z.string().regex(authorityPattern),
  status: z
    .string()
    .toUpperCase()
    .pipe(z.enum(['OK', 'NOK'])),
});

/** The two parameters whatever their case, each only once. */
function readReturn(query: URLSearchParams) {
  const values = (name: string) =>
    [...query].filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
  const [authority, status] = [values('authority'), values('status')];
  if (authority.length !== 1) return null;
  // Without a status that can be read the gateway is asked all the same, and nobody is taken to have given up.
  const read = returned.safeParse({
    authority: authority[0],
    status: status.length === 1 ? status[0] : 'OK',
  });
  if (read.success) return read.data;
  const again = returned.safeParse({ authority: authority[0], status: 'OK' });
  return again.success ? again.data : null;
}

/**
 * Takes somebody back from the gateway. Nothing in the query is believed: it names an authority, the gateway
 * says what became of it, and the payment's own row says whose it is and which page to go to. Safe to call any
 * number of times, late, forged or with nobody signed in. Answers with the path to go to.
 */
export async function settleReturn(
  query: URLSearchParams,
  gateway: PaymentGateway = paymentGateway(),
): Promise<string> {
  const read = readReturn(query);
  const payment = read && (await actAsSystem(() => findByAuthority(db(), read.authority)));
  if (!payment) {
    log.warn({}, 'a return from the gateway named no payment of ours');
    return strangePaymentPath;
  }
  if (payment.status === 'completed') return payment.returnUrl;
  const isFirst = await actAsSystem(() => decide((tx) => noteReturn(tx, payment.id)));
  const check = checkPayment(payment.id, gateway, {
    first: 'verify',
    isCancelled: read.status === 'NOK',
    waitMs: returnWaitMs,
    // A browser that sends the same address again and again waits, with people who have really paid meanwhile.
    gapSeconds: isFirst ? 0 : returnGapSeconds,
  }).catch((error: unknown) => log.error({ err: error, paymentId: payment.id }, 'a return was not settled'));
  // A slow gateway does not keep anybody waiting: the page tells, and the check ends by itself.
  await Promise.race([check, sleep(returnWaitMs, undefined, { ref: false })]);
  return payment.returnUrl;
}
