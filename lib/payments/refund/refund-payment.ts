import { randomUUID } from 'node:crypto';
import { recordEvent } from '#lib/audit/record-event.ts';
import { type Actor, system } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { paymentGateways } from '../gateway/choose-gateway.ts';
import type { Gateways } from '../gateway/payment-gateway.ts';
import {
  claimOpenReversals,
  completeByReversal,
  completeReversal,
  findPastReversal,
  findRefund,
  findRefundEffect,
  type GatewaySession,
  insertRefund,
  listRefunds,
  lockRefundable,
  type Refundable,
  type RefundRow,
  turnIntoTransfer,
} from './store.ts';

/** A part of what was paid. */
export type RefundPart = {
  readonly amountRials: bigint;
  /** Whether what was bought ends with it, or goes on as it was. */
  readonly endsPurchase: boolean;
  /** What had gone back before, as whoever asks has seen it. */
  readonly seenRials: bigint;
};

export type RefundRequest = {
  readonly paymentId: string;
  readonly reason: string;
  /** All that is left where it is not said. */
  readonly part?: RefundPart | undefined;
  /** For the refund; one that is sent again is found by it. */
  readonly id?: string;
};

type Opened = { id: string; isNew: boolean; session: GatewaySession | null };
type Share = { amountRials: bigint; endsPurchase: boolean };

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

/** How much goes back, and whether what was bought ends: with its last Rial it does. */
function shareOf(payment: Refundable, part: RefundPart | undefined, isBack: boolean): Result<Share> {
  const rest = payment.amountRials - payment.givenBackRials;
  const whole = { amountRials: rest, endsPurchase: !payment.isEnded };
  if (!part) return succeed(whole);
  if (part.seenRials !== payment.givenBackRials)
    return fail('payment.refundChanged', `${payment.givenBackRials} Rials have gone back by now`);
  if (part.amountRials > rest) {
    const fields = { amountToman: 'errors.payment.refundTooMuch' };
    return fail('payment.refundTooMuch', `${rest} Rials are left`, { fields });
  }
  if (part.amountRials === rest) return succeed(whole);
  if (isBack) return fail('payment.backWhole', 'the gateway has given all of it back');
  return succeed({
    amountRials: part.amountRials,
    endsPurchase: part.endsPurchase && !payment.isEnded,
  });
}

function recordCompletion(tx: Tx, actor: Actor, paymentId: string, refund: string): Promise<void> {
  return recordEvent(tx, actor, 'refund.complete', {
    resource: 'payment',
    resourceId: paymentId,
    metadata: { method: 'reversal', refund },
  });
}

/** The refund's row, which ends the month if it is the one that does: a second request finds it and gives nothing back. */
async function openRefund(
  actor: Actor,
  { paymentId, reason, part, id = randomUUID() }: RefundRequest,
  isBack: boolean,
): Promise<Result<Opened>> {
  return transact<Opened>(async (tx) => {
    const payment = await lockRefundable(tx, paymentId);
    if (!payment) return fail('notFound', `no payment ${paymentId}`);
    if (await findRefund(tx, id)) return succeed({ id, isNew: false, session: null });
    if (payment.status !== 'completed') return fail('state.illegal', `payment ${paymentId} was not paid`);
    if (payment.amountRials === 0n)
      return fail('payment.nothingPaid', `payment ${paymentId} was paid by a code`);
    if (payment.givenBackRials === payment.amountRials) {
      const last = (await listRefunds(tx, paymentId)).at(-1);
      return last && !part
        ? succeed({ id: last.id, isNew: false, session: null })
        : fail('payment.refundChanged', `payment ${paymentId} has gone back`);
    }
    const share = shareOf(payment, part, isBack);
    if (!share.ok) return share;
    const effect = await findRefundEffect(tx, paymentId);
    if (effect?.blockedBy) {
      return fail(
        'payment.creditSpent',
        `payment ${effect.blockedBy} must be given back before ${paymentId}`,
      );
    }
    const { amountRials, endsPurchase } = share.value;
    const isAsked = !isBack && payment.isReversible && amountRials === payment.amountRials;
    const method = isBack || isAsked ? 'reversal' : 'transfer';
    const { owner, authority, gateway } = payment;
    const requestedBy = actor.kind === 'user' || actor.kind === 'admin' ? actor.userId : null;
    await insertRefund(tx, { id, paymentId, owner, method, amountRials, endsPurchase, reason, requestedBy });
    await recordEvent(tx, actor, 'refund.create', {
      resource: 'payment',
      resourceId: paymentId,
      metadata: { method, refund: id, amountRials: Number(amountRials), endsPurchase, reason },
    });
    await recordNotice(tx, owner, endsPurchase ? 'payment.refund' : 'payment.part', { payment: paymentId });
    if (isBack) {
      await completeByReversal(tx, paymentId);
      await recordCompletion(tx, actor, paymentId, id);
    }
    return succeed({ id, isNew: true, session: isAsked && authority ? { authority, gateway } : null });
  });
}

async function writeReversed(actor: Actor, id: string): Promise<void> {
  await transact(async (tx) => {
    const refund = await findRefund(tx, id);
    if (refund && (await completeReversal(tx, id))) await recordCompletion(tx, actor, refund.paymentId, id);
    return succeed(null);
  });
}

/** From here on a person has to send the money, and is told so. */
async function writeTransfer(id: string, detail: string): Promise<void> {
  await transact(async (tx) => {
    await turnIntoTransfer(tx, id);
    return succeed(null);
  });
  log.warn({ refundId: id, detail }, 'a refund has to be sent by hand');
}

/** Asks the gateway to give a payment back. Asking twice is safe: the second time it says that it has. */
async function reverse(
  actor: Actor,
  id: string,
  { authority, gateway: name }: GatewaySession,
  gateways: Gateways,
): Promise<void> {
  const gateway = gateways.of(name);
  // It may have been asked before: nobody sends the money a second time.
  if (!gateway)
    return log.error({ refundId: id, gateway: name }, 'a refund waits for a gateway that is not set up');
  const answer = await gateway.reverse(authority);
  if (answer.kind === 'reversed') return writeReversed(actor, id);
  if (answer.kind === 'rejected') return writeTransfer(id, `code ${answer.code}`);
  // Given back already, or not known: the session itself tells.
  const session = await gateway.inquiry(authority);
  if (session.kind === 'status' && session.status === 'REVERSED') return writeReversed(actor, id);
  if (answer.kind === 'notReversible' && session.kind === 'status') {
    return writeTransfer(id, `code ${answer.code}`);
  }
  log.warn({ refundId: id }, 'the outcome of a refund is not known yet');
}

/**
 * Gives a payment back, all that is left of it or a part. All of it goes through the gateway within half an hour; everything else
 * is a transfer that a person makes and records. With all of it what was bought ends, with a part it ends or goes on, as the part
 * says; what the payment had ended goes on then. A second operator who asks for all of it is answered with the first one's
 * refund, one who asks for a part after somebody else did fails with `payment.refundChanged`. A gateway whose answer is lost is asked
 * again by the sweep. Fails with `payment.creditSpent` while the rest of its month is what another purchase was paid with,
 * `payment.refundTooMuch` for more than is left, `payment.backWhole` for a part of what the gateway has given back whole.
 */
export async function refundPayment(
  actor: Actor,
  request: RefundRequest,
  gateways: Gateways = paymentGateways(),
): Promise<Result<RefundRow>> {
  const { paymentId } = request;
  const isBack = await isBackAlready(paymentId, gateways);
  const opened = await openRefund(actor, request, isBack);
  if (!opened.ok) return opened;
  const { id, isNew, session } = opened.value;
  if (isNew && session) await reverse(actor, id, session, gateways);
  const refund = await findRefund(db(), id);
  return refund ? succeed(refund) : fail('notFound', `no refund ${id} of payment ${paymentId}`);
}

/** Asks again about refunds whose outcome is not known. Answers with how many. */
export async function resumeRefunds(gateways: Gateways = paymentGateways()): Promise<number> {
  const open = await claimOpenReversals(db(), 50);
  for (const { id, ...session } of open) {
    await reverse(system, id, session, gateways).catch((error: unknown) =>
      log.error({ err: error, refundId: id }, 'a refund could not be resumed'),
    );
  }
  return open.length;
}
