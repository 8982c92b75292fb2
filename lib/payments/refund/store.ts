import type { AccountRef } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { reversalMinutes, reversingGateways } from '../policy.ts';
import type { RefundMethod, RefundState } from '../store.ts';

/** Giving money back, whole or in parts. The database counts the parts and ends what was bought. */

export type RefundRow = {
  readonly id: string;
  readonly paymentId: string;
  readonly method: RefundMethod;
  readonly state: RefundState;
  readonly amountRials: bigint;
  /** With it what was bought ended. */
  readonly endsPurchase: boolean;
  readonly reference: string | null;
  readonly at: Date;
};

export type Refundable = {
  readonly owner: AccountRef;
  readonly status: string;
  readonly amountRials: bigint;
  /** Of it, what has gone back or is on its way. */
  readonly givenBackRials: bigint;
  readonly isEnded: boolean;
  readonly authority: string | null;
  readonly gateway: string;
  /** Still within the time in which the gateway gives money back by itself. */
  readonly isReversible: boolean;
};

/** A payment's session, and where it is. */
export type GatewaySession = { readonly authority: string; readonly gateway: string };

/** Whether the gateway of a payment `p` still gives its money back by itself: all of it, or nothing. */
const isReversible = Prisma.sql`(coalesce(p.paid_at > clock_timestamp() - make_interval(mins => ${reversalMinutes}), false)
  AND p.gateway_track_id IS NOT NULL AND p.gateway = ANY (${[...reversingGateways]}::text[])
  AND NOT EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = p.id))`;

/** Whether what a payment `p` bought was ended by a refund. */
const isEnded = Prisma.sql`EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = p.id AND r.ends_purchase)`;

/** Locks owner, periods and payment, and reads what can be given back. */
export async function lockRefundable(tx: Tx, paymentId: string): Promise<Refundable | null> {
  await tx.$executeRaw`SELECT lock_payment_owner(p) FROM payments p WHERE id = ${paymentId}::uuid`;
  type Row = Omit<Refundable, 'owner'> & { userId: string | null; vendorId: string | null };
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT user_id AS "userId", vendor_id AS "vendorId", status, amount AS "amountRials", gateway_track_id AS authority,
      gateway, given_back(p.id) AS "givenBackRials", ${isEnded} AS "isEnded", ${isReversible} AS "isReversible"
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
      AND NOT ${isReversible} AND NOT ${isEnded}`;
  return rows[0] ?? null;
}

/** What giving a payment back would do at this moment, by the rules that do it. */
export type RefundEffect = {
  /** What is left to give back, in Rials. */
  readonly amountRials: bigint;
  readonly givenBackRials: bigint;
  /** What was bought has ended by an earlier part. */
  readonly isEnded: boolean;
  /** Within the time in which the gateway gives money back by itself, if all of it goes. */
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

/** Null for a payment that was not paid, or of which nothing is left. */
export async function findRefundEffect(tx: Tx, paymentId: string): Promise<RefundEffect | null> {
  const [row] = await tx.$queryRaw<RefundEffect[]>`
    SELECT p.amount - given_back(p.id) AS "amountRials", given_back(p.id) AS "givenBackRials", ${isEnded} AS "isEnded",
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
    WHERE p.id = ${paymentId}::uuid AND p.status = 'completed' AND p.amount > given_back(p.id)`;
  return row ?? null;
}

/** The refunds of a payment `p` as one value, the first ones first: for the select of a longer row, read by `toRefunds`. */
export const refundsOf = Prisma.sql`
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'paymentId', r.payment_id, 'method', r.method, 'state', r.state,
      'amountRials', r.amount::text, 'endsPurchase', r.ends_purchase, 'reference', r.reference,
      'at', coalesce(r.settled_at, r.created_at)) ORDER BY r.created_at, r.id), '[]')
    FROM payment_refunds r WHERE r.payment_id = p.id) AS refunds`;

/** What `refundsOf` selects. */
export type SelectedRefund = Omit<RefundRow, 'amountRials' | 'at'> & { amountRials: string; at: string };

export function toRefunds(rows: readonly SelectedRefund[]): RefundRow[] {
  return rows.map((row) => ({ ...row, amountRials: BigInt(row.amountRials), at: new Date(row.at) }));
}

/** The refunds of a payment, the first ones first. */
export async function listRefunds(tx: Tx, paymentId: string): Promise<RefundRow[]> {
  const [row] = await tx.$queryRaw<{ refunds: SelectedRefund[] }[]>`
    SELECT ${refundsOf} FROM payments p WHERE id = ${paymentId}::uuid`;
  return toRefunds(row?.refunds ?? []);
}

/** One refund by its own id. */
export async function findRefund(tx: Tx, id: string): Promise<RefundRow | null> {
  const [row] = await tx.$queryRaw<{ refunds: SelectedRefund[] }[]>`
    SELECT ${refundsOf} FROM payments p WHERE id = (SELECT payment_id FROM payment_refunds WHERE id = ${id}::uuid)`;
  return toRefunds(row?.refunds ?? []).find((refund) => refund.id === id) ?? null;
}

export type NewRefund = {
  readonly id: string;
  readonly paymentId: string;
  readonly owner: AccountRef;
  readonly method: RefundMethod;
  readonly amountRials: bigint;
  readonly endsPurchase: boolean;
  readonly reason: string;
  readonly requestedBy: string | null;
};

export async function insertRefund(
  tx: Tx,
  { id, paymentId, owner, method, amountRials, endsPurchase, reason, requestedBy }: NewRefund,
): Promise<void> {
  const userId = owner.kind === 'user' ? owner.accountId : null;
  const vendorId = owner.kind === 'vendor' ? owner.accountId : null;
  await tx.$executeRaw`
    INSERT INTO payment_refunds (id, payment_id, user_id, vendor_id, method, amount, ends_purchase, reason, requested_by)
    VALUES (${id}::uuid, ${paymentId}::uuid, ${userId}::uuid, ${vendorId}::uuid, ${method}, ${amountRials}::bigint,
      ${endsPurchase}, ${reason}, ${requestedBy}::uuid)`;
}

/** The gateway has given the money back, and has no number for that. False when it was known already. */
export async function completeReversal(tx: Tx, id: string): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE payment_refunds SET state = 'completed'
    WHERE id = ${id}::uuid AND method = 'reversal' AND state = 'pending'`;
  return changed === 1;
}

/** The gateway has given all of a payment back: with it what a person was to send. Answers with how many parts. */
export async function completeByReversal(tx: Tx, paymentId: string): Promise<number> {
  return tx.$executeRaw`
    UPDATE payment_refunds SET state = 'completed', method = 'reversal'
    WHERE payment_id = ${paymentId}::uuid AND state <> 'completed'`;
}

/** The gateway will not: somebody has to send the money. */
export async function turnIntoTransfer(tx: Tx, id: string): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE payment_refunds SET method = 'transfer'
    WHERE id = ${id}::uuid AND method = 'reversal' AND state = 'pending'`;
  return changed === 1;
}

/** Somebody has sent the money. False when that was written down already, or no transfer waits. */
export async function completeTransfer(tx: Tx, id: string, reference: string): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE payment_refunds SET state = 'completed', reference = ${reference}
    WHERE id = ${id}::uuid AND method = 'transfer' AND state IN ('pending', 'failed')`;
  return changed === 1;
}

/**
 * Takes up reversals whose outcome is not known, those first that were not asked about for longest, so that none waits
 * behind those that never get an answer.
 */
export async function claimOpenReversals(
  tx: Tx,
  limit: number,
): Promise<(GatewaySession & { id: string })[]> {
  return tx.$queryRaw<(GatewaySession & { id: string })[]>`
    UPDATE payment_refunds r SET asked_at = clock_timestamp() FROM payments p
    WHERE p.id = r.payment_id AND r.id IN (
      SELECT o.id FROM payment_refunds o JOIN payments q ON q.id = o.payment_id
      WHERE o.state = 'pending' AND o.method = 'reversal' AND q.gateway_track_id IS NOT NULL
        AND o.created_at < now() - interval '30 seconds'
        AND (o.asked_at IS NULL OR o.asked_at < now() - interval '30 seconds')
      ORDER BY o.asked_at NULLS FIRST, o.created_at, o.id LIMIT ${limit} FOR NO KEY UPDATE OF o SKIP LOCKED)
    RETURNING r.id, p.gateway_track_id AS authority, p.gateway`;
}
