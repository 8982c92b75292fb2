import { setTimeout as sleep } from 'node:timers/promises';
import { recordEvent } from '#lib/audit/record-event.ts';
import type { AccountActor } from '#lib/core/actor.ts';
import { env } from '#lib/core/env/env.ts';
import { log } from '#lib/core/log.ts';
import { toNationalPhone } from '#lib/core/phone.ts';
import { succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { decide, writePatiently } from '#lib/db/decide.ts';
import { transact } from '#lib/db/transact.ts';
import type { Gateways, PaymentGateway, RequestAnswer } from './gateway/payment-gateway.ts';
import { callbackPaths } from './gateway/read-return.ts';
import { listTakers, noteSession } from './gateway/store.ts';
import { firstTrySeconds, handOverSeconds } from './policy.ts';
import { failUnhanded, findHandOver, neverHanded, type PaidSession, storeSession } from './store.ts';

/** A payment that is to be brought to a gateway. */
export type Order = {
  readonly id: string;
  readonly phone: string;
  readonly description: string;
  readonly amountRials: bigint;
};

/** Ends a payment that nobody can pay. */
async function endUnhanded(actor: AccountActor, id: string, detail: string): Promise<void> {
  await transact(async (tx) => {
    if (await failUnhanded(tx, id, detail)) {
      await recordEvent(tx, actor, 'payment.fail', {
        resource: 'payment',
        resourceId: id,
        metadata: { detail },
      });
    }
    return succeed(null);
  });
}

/** The gateways that take this amount, the one to ask first in front. */
async function takersOf(gateways: Gateways, amountRials: bigint): Promise<PaymentGateway[]> {
  const names = await listTakers(
    db(),
    gateways.forNew.map(({ name }) => name),
    amountRials,
  );
  return names.flatMap((name) => gateways.of(name) ?? []);
}

/** Whatever it says, the next payment may be led another way; that this was not noted stops nobody from paying. */
async function note(gateway: PaymentGateway, answer: RequestAnswer): Promise<void> {
  const isClosed = await noteSession(db(), gateway.name, answer.kind === 'ready').catch((error: unknown) => {
    log.warn({ err: error, gateway: gateway.name }, 'how a gateway answers was not noted');
    return false;
  });
  if (isClosed) log.error({ gateway: gateway.name }, 'a payment gateway is taken for down');
}

const detailOf = (answer: Exclude<RequestAnswer, { kind: 'ready' }>) =>
  answer.kind === 'rejected' ? `code ${answer.code}` : answer.cause;

/**
 * Asks for a session to pay under, each gateway once. One that gives none, or whose answer is lost, is followed by the
 * next: nobody has seen a page of it. Once a session is written down the payment stays there, whatever happens. Without
 * one nobody can pay, so the payment ends; answers null then.
 */
export async function handOver(
  actor: AccountActor,
  { id, phone, description, amountRials }: Order,
  gateways: Gateways,
): Promise<PaidSession | null> {
  const mobile = toNationalPhone(phone).replaceAll(' ', '');
  const takers = await takersOf(gateways, amountRials);
  const until = performance.now() + (handOverSeconds - 1) * 1000;
  let detail = 'no gateway takes this amount';
  for (const [index, gateway] of takers.entries()) {
    const leftMs = Math.max(until - performance.now(), 1);
    const callbackUrl = `${env().nextauthUrl}${callbackPaths[gateway.name]}`;
    const answer = await gateway.request({
      paymentId: id,
      amountRials,
      description,
      callbackUrl,
      mobile: /^09\d{9}$/.test(mobile) ? mobile : null,
      withinMs: index === takers.length - 1 ? leftMs : Math.min(leftMs, firstTrySeconds * 1000),
    });
    await note(gateway, answer);
    if (answer.kind === 'ready') {
      const session = { gateway: gateway.name, authority: answer.authority };
      // Without it nobody could say later for what this session is.
      if (await writePatiently(() => decide((tx) => storeSession(tx, id, { ...session, callbackUrl })))) {
        return session;
      }
      detail = 'ended meanwhile';
      break;
    }
    detail = `${gateway.name}: ${detailOf(answer)}`;
    log.warn({ paymentId: id, detail }, 'a gateway did not take a payment');
  }
  log.error({ paymentId: id, detail }, 'no gateway took a payment');
  await endUnhanded(actor, id, detail);
  return null;
}

/**
 * A second click waits for what the first one is told. When that one has died over it the payment
 * is ended: nobody has seen a page to pay it on, and another can be made.
 */
export async function awaitHandOver(actor: AccountActor, id: string): Promise<PaidSession | 'died' | null> {
  for (let waitedMs = 0; waitedMs < handOverSeconds * 2000; waitedMs += 200) {
    const found = await findHandOver(db(), id);
    // Another click that waited may have ended it.
    if (found?.hasDied) return 'died';
    if (found?.status !== 'pending') return null;
    if (found.authority) return { gateway: found.gateway, authority: found.authority };
    if (found.isLate) {
      await endUnhanded(actor, id, neverHanded);
      return 'died';
    }
    await sleep(200);
  }
  return null;
}
