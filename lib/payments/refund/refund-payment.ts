import { recordEvent } from '#lib/audit/record-event.ts';
import { type Actor, system } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { paymentGateways } from '../gateway/choose-gateway.ts';
import type { Gateways } from '../gateway/payment-gateway.ts';
import {
  claimOpenReversals,
  completeReversal,
  findPastReversal,
  findRefund,
  findRefundEffect,
  type GatewaySession,
  insertRefund,
  lockRefundable,
  type RefundRow,
  turnIntoTransfer,
} from './store.ts';

type Opened = { isNew: boolean; session: GatewaySession | null };

/**
 * Past its half hour, or never by itself, the gateway gives nothing back, but may have done so already, from its own panel. Then nobody sends
 * the money a second time.
 */
async function isBackAlready(paymentId: string, gateways: Gateways): Promise<boolean> {
  const payment = await findPastReversal(db(), paymentId);
  const gateway = payment && gateways.of(payment.gateway);
  if (!gateway) return false;
  const session = await gateway.inquiry(payment.authority);
  return session.kind === 'status' && session.status === 'REVERSED';
}

/** The refund's row, which ends the month: a second request finds it and gives nothing back. */
async function openRefund(
  actor: Actor,
  paymentId: string,
  reason: string,
  isBack: boolean,
): Promise<Result<Opened>> {
  return transact<Opened>(async (tx) => {
    const payment = await lockRefundable(tx, paymentId);
    if (!payment) return fail('notFound', `no payment ${paymentId}`);
    if (await findRefund(tx, paymentId)) return succeed({ isNew: false, session: null });
    if (payment.status !== 'completed') return fail('state.illegal', `payment ${paymentId} was not paid`);
    if (payment.amountRials === 0n)
      return fail('payment.nothingPaid', `payment ${paymentId} was paid by a code`);
    const effect = await findRefundEffect(tx, paymentId);
    if (effect?.blockedBy) {
      return fail(
        'payment.creditSpent',
        `payment ${effect.blockedBy} must be given back before ${paymentId}`,
      );
    }
    const isReversible = payment.isReversible || isBack;
    const method = isReversible ? 'reversal' : 'transfer';
    const { owner, amountRials } = payment;
    const requestedBy = actor.kind === 'user' || actor.kind === 'admin' ? actor.userId : null;
    await insertRefund(tx, { paymentId, owner, method, amountRials, reason, requestedBy });
    await recordEvent(tx, actor, 'refund.create', {
      resource: 'payment',
      resourceId: paymentId,
      metadata: { method, amountRials: Number(amountRials), reason },
    });
    await recordNotice(tx, owner, 'payment.refund', { payment: paymentId });
    const { authority, gateway } = payment;
    return succeed({ isNew: true, session: isReversible && authority ? { authority, gateway } : null });
  });
}

async function writeReversed(actor: Actor, paymentId: string): Promise<void> {
  await transact(async (tx) => {
    if (await completeReversal(tx, paymentId)) {
      await recordEvent(tx, actor, 'refund.complete', {
        resource: 'payment',
        resourceId: paymentId,
        metadata: { method: 'reversal' },
      });
    }
    return succeed(null);
  });
}

/** From here on a person has to send the money, and is told so. */
async function writeTransfer(paymentId: string, detail: string): Promise<void> {
  await transact(async (tx) => {
    await turnIntoTransfer(tx, paymentId);
    return succeed(null);
  });
  log.warn({ paymentId, detail }, 'a refund has to be sent by hand');
}

/** Asks the gateway to give a payment back. Asking twice is safe: the second time it says that it has. */
async function reverse(
  actor: Actor,
  paymentId: string,
  { authority, gateway: name }: GatewaySession,
  gateways: Gateways,
): Promise<void> {
  const gateway = gateways.of(name);
  // It may have been asked before: nobody sends the money a second time.
  if (!gateway)
    return log.error({ paymentId, gateway: name }, 'a refund waits for a gateway that is not set up');
  const answer = await gateway.reverse(authority);
  if (answer.kind === 'reversed') return writeReversed(actor, paymentId);
  if (answer.kind === 'rejected') return writeTransfer(paymentId, `code ${answer.code}`);
  // Given back already, or not known: the session itself tells.
  const session = await gateway.inquiry(authority);
  if (session.kind === 'status' && session.status === 'REVERSED') return writeReversed(actor, paymentId);
  if (answer.kind === 'notReversible' && session.kind === 'status') {
    return writeTransfer(paymentId, `code ${answer.code}`);
  }
  log.warn({ paymentId }, 'the outcome of a refund is not known yet');
}

/**
 * Gives a whole payment back and ends its month: through the gateway within half an hour, after that as a
 * transfer that a person makes and records. One refund a payment: a second operator is answered with the first
 * one's. A gateway whose answer is lost is asked again by the sweep. What the payment had ended goes on; fails with
 * `payment.creditSpent` while the rest of its month is what another purchase was paid with.
 */
export async function refundPayment(
  actor: Actor,
  request: { paymentId: string; reason: string },
  gateways: Gateways = paymentGateways(),
): Promise<Result<RefundRow>> {
  const { paymentId, reason } = request;
  const isBack = await isBackAlready(paymentId, gateways);
  const opened = await openRefund(actor, paymentId, reason, isBack);
  if (!opened.ok) return opened;
  const { isNew, session } = opened.value;
  if (isNew && isBack) await writeReversed(actor, paymentId);
  else if (isNew && session) await reverse(actor, paymentId, session, gateways);
  const refund = await findRefund(db(), paymentId);
  return refund ? succeed(refund) : fail('notFound', `no refund of payment ${paymentId}`);
}

/** Asks again about refunds whose outcome is not known. Answers with how many. */
export async function resumeRefunds(gateways: Gateways = paymentGateways()): Promise<number> {
  const open = await claimOpenReversals(db(), 50);
  for (const { paymentId, ...session } of open) {
    await reverse(system, paymentId, session, gateways).catch((error: unknown) =>
      log.error({ err: error, paymentId }, 'a refund could not be resumed'),
    );
  }
  return open.length;
}
