import { randomUUID } from 'node:crypto';
import type { AuditAction } from '#lib/audit/audit-actions.ts';
import { recordEvent } from '#lib/audit/record-event.ts';
import { system } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import type { Finding } from '../gateway/ask-gateway.ts';
import type { SessionStatus } from '../gateway/payment-gateway.ts';
import { completeByReversal, insertRefund } from '../refund/store.ts';
import { callAttention } from '../store.ts';
import {
  activatePayment,
  type CheckClaim,
  endCheck,
  isRefRepeated,
  type LockedPayment,
  lockPayment,
  setStatus,
} from './store.ts';

type End = 'failed' | 'cancelled' | 'expired';

const endings: Record<End, AuditAction> = {
  failed: 'payment.fail',
  cancelled: 'payment.cancel',
  expired: 'payment.expire',
};

async function end(tx: Tx, id: string, status: End, answer: string): Promise<void> {
  await setStatus(tx, id, status);
  await recordEvent(tx, system, endings[status], {
    resource: 'payment',
    resourceId: id,
    metadata: { answer },
  });
}

/** Money that the gateway confirms counts whatever we thought before; the row's own step is what makes it once. */
async function complete(
  tx: Tx,
  claim: CheckClaim,
  payment: LockedPayment,
  finding: Extract<Finding, { kind: 'paid' }>,
): Promise<void> {
  if (payment.status === 'completed') return;
  if (finding.refNumber === null) await callAttention(tx, claim.id, 'ref_missing');
  else if (await isRefRepeated(tx, claim.id, finding.refNumber)) {
    await callAttention(tx, claim.id, 'ref_repeated');
  }
  await activatePayment(tx, claim.id, finding);
  await recordEvent(tx, system, 'payment.complete', {
    resource: 'payment',
    resourceId: claim.id,
    metadata: { plan: payment.planName, amountRials: Number(payment.amountRials), before: payment.status },
  });
  await recordNotice(tx, payment.owner, 'payment.complete', { plan: payment.planName, payment: claim.id });
}

function endOf(payment: LockedPayment, session: string | null, isCancelled: boolean): End | null {
  if (payment.status !== 'pending') return null;
  if (session === 'REVERSED') return 'failed';
  if (isCancelled) return 'cancelled';
  if (session === 'FAILED') return 'failed';
  return payment.isPastExpiry ? 'expired' : null;
}

/** Never settled, never believed: somebody must look, and the person is told that nothing was bought. */
async function suspect(
  tx: Tx,
  claim: CheckClaim,
  payment: LockedPayment,
  finding: Extract<Finding, { kind: 'mismatch' | 'rejected' }>,
): Promise<void> {
  const reason =
    finding.kind === 'rejected'
      ? 'unknown_authority'
      : finding.of === 'amount'
        ? 'amount_mismatch'
        : 'foreign_session';
  const answer = `code ${finding.code}`;
  if (payment.status === 'pending') await end(tx, claim.id, 'failed', answer);
  if (await callAttention(tx, claim.id, reason)) {
    log.error({ paymentId: claim.id, reason }, 'a payment needs attention');
  }
}

/**
 * The gateway says of settled money that it is not there any more. Money that went back ends its month as a refund
 * of ours does, unless something else was bought with its rest; either way a person is told.
 */
async function takeBack(
  tx: Tx,
  claim: CheckClaim,
  payment: LockedPayment,
  session: SessionStatus,
): Promise<void> {
  const isNew = await callAttention(
    tx,
    claim.id,
    session === 'REVERSED' ? 'reversed_at_gateway' : 'no_longer_paid',
  );
  if (isNew) log.error({ paymentId: claim.id, session }, 'settled money is not at the gateway any more');
  if (session !== 'REVERSED' || payment.isSpent) return;
  await insertRefund(tx, {
    id: randomUUID(),
    paymentId: claim.id,
    owner: payment.owner,
    method: 'reversal',
    // The parts that went back before are over it, which the person who is called sees.
    amountRials: payment.amountRials - payment.givenBackRials,
    endsPurchase: true,
    reason: 'reversed at the gateway',
    requestedBy: null,
  });
  await completeByReversal(tx, claim.id);
  await recordEvent(tx, system, 'refund.complete', {
    resource: 'payment',
    resourceId: claim.id,
    metadata: { method: 'reversal', by: 'gateway' },
  });
  await recordNotice(tx, payment.owner, 'payment.refund', { payment: claim.id });
}

/** Writes down what the gateway said, all in one transaction. Applied twice it changes nothing. */
export async function applyFinding(claim: CheckClaim, finding: Finding, isCancelled: boolean): Promise<void> {
  const applied = await transact(async (tx) => {
    const payment = await lockPayment(tx, claim.id);
    switch (finding.kind) {
      case 'paid':
        await complete(tx, claim, payment, finding);
        await endCheck(tx, claim, { answer: 'paid', again: 'late' });
        break;
      case 'notPaid': {
        const answer = finding.session ?? 'notPaid';
        const status = endOf(payment, finding.session, isCancelled);
        if (status) await end(tx, claim.id, status, answer);
        await endCheck(tx, claim, { answer, again: 'late' });
        break;
      }
      case 'mismatch':
      case 'rejected':
        await suspect(tx, claim, payment, finding);
        await endCheck(tx, claim, { answer: `code ${finding.code}`, again: 'never' });
        break;
      case 'unknown':
        if (payment.isPastDay && payment.status === 'pending') {
          await callAttention(tx, claim.id, 'outcome_unknown');
        }
        await endCheck(tx, claim, { answer: finding.cause, again: 'untilKnown' });
        break;
      case 'stands':
        await endCheck(tx, claim, { answer: 'paid', again: 'late' });
        break;
      case 'takenBack':
        await takeBack(tx, claim, payment, finding.session);
        await endCheck(tx, claim, { answer: finding.session, again: 'never' });
        break;
    }
    return succeed(null);
  });
  // The gateway has the money and we could not book it: the next check tries again, and somebody must know.
  if (applied.ok) return;
  log.error({ paymentId: claim.id, detail: applied.detail }, 'a finding was not applied');
  await callAttention(db(), claim.id, 'not_applied');
}
