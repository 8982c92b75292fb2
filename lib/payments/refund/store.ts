import type { AccountRef } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';
import { reversalMinutes } from '../policy.ts';
import type { RefundMethod, RefundState } from '../store.ts';

/** Giving money back. The database ends the month and allows one refund a payment. */

export type RefundRow = {
  readonly id: string;
  readonly paymentId: string;
  readonly method: RefundMethod;
  readonly state: RefundState;
  readonly amountRials: bigint;
  readonly reference: string | null;
};

export type Refundable = {
  readonly owner: AccountRef;
  readonly status: string;
  readonly amountRials: bigint;
  readonly authority: string | null;
  /** Still within the time in which the gateway gives money back by itself. */
  readonly isReversible: boolean;
};

/** Locks owner, periods and payment, and reads what can be given back. */
export async function lockRefundable(tx: Tx, paymentId: string): Promise<Refundable | null> {
  await tx.$executeRaw`SELECT lock_payment_owner(p) FROM payments p WHERE id = ${paymentId}::uuid`;
  type Row = Omit<Refundable, 'owner'> & { userId: string | null; vendorId: string | null };
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT user_id AS "userId", vendor_id AS "vendorId", status, amount AS "amountRials", gateway_track_id AS authority,
      coalesce(paid_at > clock_timestamp() - make_interval(mins => ${reversalMinutes}), false)
        AND gateway_track_id IS NOT NULL AS "isReversible"
    FROM payments WHERE id = ${paymentId}::uuid FOR NO KEY UPDATE`;
  if (!row) return null;
  const { userId, vendorId, ...rest } = row;
  return { ...rest, owner: { kind: userId ? 'user' : 'vendor', accountId: userId ?? vendorId ?? '' } };
}

const shape = {
  id: true,
  paymentId: true,
  method: true,
  state: true,
  amount: true,
  reference: true,
} as const;

export async function findRefund(tx: Tx, paymentId: string): Promise<RefundRow | null> {
  const row = await tx.paymentRefund.findUnique({ where: { paymentId }, select: shape });
  if (!row) return null;
  const { amount, ...rest } = row;
  return { ...rest, amountRials: amount } as RefundRow;
}

export async function insertRefund(
  tx: Tx,
  refund: {
    paymentId: string;
    owner: AccountRef;
    method: RefundMethod;
    amountRials: bigint;
    reason: string;
    requestedBy: string | null;
  },
): Promise<void> {
  const { paymentId, owner, method, amountRials, reason, requestedBy } = refund;
  await tx.paymentRefund.create({
    data: {
      paymentId,
      userId: owner.kind === 'user' ? owner.accountId : null,
      vendorId: owner.kind === 'vendor' ? owner.accountId : null,
      method,
      amount: amountRials,
      reason,
      requestedBy,
    },
  });
}

/** The gateway has given the money back, and has no number for that. False when it was known already. */
export async function completeReversal(tx: Tx, paymentId: string): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE payment_refunds SET state = 'completed'
    WHERE payment_id = ${paymentId}::uuid AND method = 'reversal' AND state = 'pending'`;
  return changed === 1;
}

/** The gateway will not: somebody has to send the money. */
export async function turnIntoTransfer(tx: Tx, paymentId: string): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE payment_refunds SET method = 'transfer'
    WHERE payment_id = ${paymentId}::uuid AND method = 'reversal' AND state = 'pending'`;
  return changed === 1;
}

/** Somebody has sent the money. False when that was written down already, or no transfer waits. */
export async function completeTransfer(tx: Tx, paymentId: string, reference: string): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE payment_refunds SET state = 'completed', reference = ${reference}
    WHERE payment_id = ${paymentId}::uuid AND method = 'transfer' AND state IN ('pending', 'failed')`;
  return changed === 1;
}

/**
 * Takes up reversals whose outcome is not known, those first that were not asked about for longest, so that none waits
 * behind those that never get an answer.
 */
export async function claimOpenReversals(
  tx: Tx,
  limit: number,
): Promise<{ paymentId: string; authority: string }[]> {
  return tx.$queryRaw<{ paymentId: string; authority: string }[]>`
    UPDATE payment_refunds r SET asked_at = clock_timestamp() FROM payments p
    WHERE p.id = r.payment_id AND r.id IN (
      SELECT o.id FROM payment_refunds o JOIN payments q ON q.id = o.payment_id
      WHERE o.state = 'pending' AND o.method = 'reversal' AND q.gateway_track_id IS NOT NULL
        AND o.created_at < clock_timestamp() - interval '30 seconds'
        AND (o.asked_at IS NULL OR o.asked_at < clock_timestamp() - interval '30 seconds')
      ORDER BY o.asked_at NULLS FIRST, o.created_at, o.id LIMIT ${limit} FOR NO KEY UPDATE OF o SKIP LOCKED)
    RETURNING r.payment_id AS "paymentId", p.gateway_track_id AS authority`;
}
