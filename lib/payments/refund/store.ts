import type { AccountRef } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { reversalMinutes, reversingGateways } from '../policy.ts';
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
  readonly gateway: string;
  /** Still within the time in which the gateway gives money back by itself. */
  readonly isReversible: boolean;
};

/** A payment's session, and where it is. */
export type GatewaySession = { readonly authority: string; readonly gateway: string };

/** Whether the gateway of a payment `p` still gives its money back by itself. */
const isReversible = Prisma.sql`(coalesce(p.paid_at > clock_timestamp() - make_interval(mins => ${reversalMinutes}), false)
  AND p.gateway_track_id IS NOT NULL AND p.gateway = ANY (${[...reversingGateways]}::text[]))`;

/** Locks owner, periods and payment, and reads what can be given back. */
export async function lockRefundable(tx: Tx, paymentId: string): Promise<Refundable | null> {
  await tx.$executeRaw`SELECT lock_payment_owner(p) FROM payments p WHERE id = ${paymentId}::uuid`;
  type Row = Omit<Refundable, 'owner'> & { userId: string | null; vendorId: string | null };
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT user_id AS "userId", vendor_id AS "vendorId", status, amount AS "amountRials", gateway_track_id AS authority,
      gateway, ${isReversible} AS "isReversible"
    FROM payments p WHERE id = ${paymentId}::uuid FOR NO KEY UPDATE`;
  if (!row) return null;
  const { userId, vendorId, ...rest } = row;
  return { ...rest, owner: { kind: userId ? 'user' : 'vendor', accountId: userId ?? vendorId ?? '' } };
}

/** The session of a settled payment that the gateway does not give back any more. */
export async function findPastReversal(tx: Tx, paymentId: string): Promise<GatewaySession | null> {
  const rows = await tx.$queryRaw<GatewaySession[]>`
    SELECT gateway_track_id AS authority, gateway FROM payments p
    WHERE id = ${paymentId}::uuid AND status = 'completed' AND gateway_track_id IS NOT NULL
      AND NOT ${isReversible}
      AND NOT EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = p.id)`;
  return rows[0] ?? null;
}

/** What giving a payment back would do at this moment, by the rules that do it. */
export type RefundEffect = {
  readonly amountRials: bigint;
  /** Within the time in which the gateway gives money back by itself. */
  readonly isReversible: boolean;
  /** The purchase that must be given back first: the rest of this month was taken off its price. */
  readonly blockedBy: string | null;
  /** The month that ends, if it is not over: until when it would have run. */
  readonly endsPlan: string | null;
  readonly wouldEndAt: Date | null;
  /** The month whose rest was credited and that goes on, and until when. */
  readonly restoresPlan: string | null;
  readonly restoresUntil: Date | null;
  /** So many paid months ahead move up. */
  readonly movesUp: number;
  /** Purchases at the gateway right now that took the rest of this month off their price. */
  readonly pendingCredits: number;
  /** Of a pack: so many of its conversions or images are left and go; what was used cannot. */
  readonly packLeft: number | null;
  /** The use of a discount code comes back to its owner. */
  readonly givesCodeBack: boolean;
};

export async function findRefundEffect(tx: Tx, paymentId: string): Promise<RefundEffect | null> {
  const [row] = await tx.$queryRaw<RefundEffect[]>`
    SELECT p.amount AS "amountRials",
      ${isReversible} AS "isReversible",
      e.blocked_by AS "blockedBy",
      (SELECT name FROM payment_plans WHERE id = (e.gone).plan_id) AS "endsPlan", (e.gone).ends_at AS "wouldEndAt",
      (SELECT name FROM payment_plans WHERE id = (e.back).plan_id) AS "restoresPlan",
      CASE WHEN (e.back).id IS NOT NULL THEN whole_end(e.back) END AS "restoresUntil",
      cardinality(e.followers) AS "movesUp",
      (SELECT count(*)::int FROM payments x JOIN subscription_periods s ON s.id = x.replaces_period_id
        WHERE s.payment_id = p.id AND x.status = 'pending' AND x.credit > 0) AS "pendingCredits",
      CASE WHEN p.kind = 'pack' THEN coalesce(pack_left(p.id), 0) END AS "packLeft",
      p.coupon_id IS NOT NULL AS "givesCodeBack"
    FROM payments p, LATERAL refund_effect(p.id, clock_timestamp()) e
    WHERE p.id = ${paymentId}::uuid AND p.status = 'completed' AND p.amount > 0
      AND NOT EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = p.id)`;
  return row ?? null;
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
  const userId = owner.kind === 'user' ? owner.accountId : null;
  const vendorId = owner.kind === 'vendor' ? owner.accountId : null;
  await tx.$executeRaw`
    INSERT INTO payment_refunds (payment_id, user_id, vendor_id, method, amount, reason, requested_by)
    VALUES (${paymentId}::uuid, ${userId}::uuid, ${vendorId}::uuid, ${method}, ${amountRials}::bigint, ${reason},
      ${requestedBy}::uuid)`;
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
): Promise<(GatewaySession & { paymentId: string })[]> {
  return tx.$queryRaw<(GatewaySession & { paymentId: string })[]>`
    UPDATE payment_refunds r SET asked_at = clock_timestamp() FROM payments p
    WHERE p.id = r.payment_id AND r.id IN (
      SELECT o.id FROM payment_refunds o JOIN payments q ON q.id = o.payment_id
      WHERE o.state = 'pending' AND o.method = 'reversal' AND q.gateway_track_id IS NOT NULL
        AND o.created_at < clock_timestamp() - interval '30 seconds'
        AND (o.asked_at IS NULL OR o.asked_at < clock_timestamp() - interval '30 seconds')
      ORDER BY o.asked_at NULLS FIRST, o.created_at, o.id LIMIT ${limit} FOR NO KEY UPDATE OF o SKIP LOCKED)
    RETURNING r.payment_id AS "paymentId", p.gateway_track_id AS authority, p.gateway`;
}
