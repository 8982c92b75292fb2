import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayName } from '#lib/core/env/payment-env.ts';
import { log } from '#lib/core/log.ts';
import { db } from '#lib/db/client.ts';
import { decide } from '#lib/db/decide.ts';
import { actAsSystem } from '#lib/db/walls/acting.ts';
import { paymentGateways } from '../gateway/choose-gateway.ts';
import type { Gateways } from '../gateway/payment-gateway.ts';
import { readReturn } from '../gateway/read-return.ts';
import { returnGapSeconds, returnWaitMs } from '../policy.ts';
import { checkPayment } from './check-payment.ts';
import { findByAuthority, noteReturn } from './store.ts';

/** Where a return leads whose payment is not one of ours. */
export const strangePaymentPath = '/plans?payment=unknown';

/**
 * Takes somebody back from a gateway. Nothing in the query is believed: it names an authority, the gateway
 * says what became of it, and the payment's own row says whose it is and which page to go to. Safe to call any
 * number of times, late, forged or with nobody signed in. Answers with the path to go to.
 */
export async function settleReturn(
  from: GatewayName,
  query: URLSearchParams,
  gateways: Gateways = paymentGateways(),
): Promise<string> {
  const read = readReturn(from, query);
  const payment = read && (await actAsSystem(() => findByAuthority(db(), from, read.authority)));
  if (!payment) {
    log.warn({}, 'a return from the gateway named no payment of ours');
    return strangePaymentPath;
  }
  if (payment.status === 'completed') return payment.returnUrl;
  const isFirst = await actAsSystem(() => decide((tx) => noteReturn(tx, payment.id)));
  const check = checkPayment(payment.id, gateways, {
    first: 'verify',
    isCancelled: read.hasGivenUp,
    waitMs: returnWaitMs,
    // A browser that sends the same address again and again waits, with people who have really paid meanwhile.
    gapSeconds: isFirst ? 0 : returnGapSeconds,
  }).catch((error: unknown) => log.error({ err: error, paymentId: payment.id }, 'a return was not settled'));
  // A slow gateway does not keep anybody waiting: the page tells, and the check ends by itself.
  await Promise.race([check, sleep(returnWaitMs, undefined, { ref: false })]);
  return payment.returnUrl;
}
