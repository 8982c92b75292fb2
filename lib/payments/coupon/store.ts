import type { AccountRef } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';

/** Codes, as people use them. Whether one may be used is decided by the database when it is. */

export type CouponRow = {
  readonly id: string;
  readonly code: string;
  readonly kind: 'percent' | 'amount' | 'gift';
  readonly value: bigint;
  /** Within its time, and not taken back. */
  readonly isOpen: boolean;
  /** For this plan, and this kind of account. */
  readonly isFitting: boolean;
  readonly isUsedUp: boolean;
  readonly isUsedByOwner: boolean;
};

/**
 * A code, and what it is for somebody who buys a plan. What their own open payment of that plan holds does not stand
 * against them: the purchase may be the same one.
 */
export async function findCoupon(
  tx: Tx,
  { kind, accountId }: AccountRef,
  planId: string,
  code: string,
): Promise<CouponRow | null> {
  const rows = await tx.$queryRaw<CouponRow[]>`
    SELECT o.id, o.code, o.kind, o.value,
      o.retired_at IS NULL AND o.starts_at <= clock_timestamp() AND coalesce(o.ends_at > clock_timestamp(), true) AS "isOpen",
      o.kind <> 'gift' AND coalesce(o.plan_id = ${planId}::uuid, true) AND coalesce(o.audience = ${kind}, true) AS "isFitting",
      coalesce(o.used - mine.held >= o.use_limit, false) AS "isUsedUp", mine.used - mine.held >= o.per_person AS "isUsedByOwner"
    FROM coupons o, LATERAL (
      SELECT count(*) AS used, count(*) FILTER (WHERE p.status = 'pending' AND p.plan_id = ${planId}::uuid) AS held
      FROM coupon_uses u LEFT JOIN payments p ON p.id = u.payment_id
      WHERE u.code_id = o.id AND u.given_back_at IS NULL AND coalesce(u.user_id, u.vendor_id) = ${accountId}::uuid) mine
    WHERE o.code = ${code}`;
  return rows[0] ?? null;
}

/** Gives what a gift code holds, once; the database says how much, or refuses. */
export async function redeemGift(tx: Tx, { kind, accountId }: AccountRef, code: string): Promise<number> {
  const [user, vendor] = kind === 'user' ? [accountId, null] : [null, accountId];
  const [row] = await tx.$queryRaw<{ given: number }[]>`
    SELECT redeem_gift(${user}::uuid, ${vendor}::uuid, ${code}) AS given`;
  if (!row) throw new Error('a gift was not given');
  return row.given;
}
