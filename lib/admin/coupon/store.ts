import type { TimeCursor } from '#lib/core/cursor.ts';
import { olderThan } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';

/** Codes, as administrators see and make them. */

export const couponStates = ['open', 'over', 'all'] as const;
type CouponState = (typeof couponStates)[number];
export type CouponFilter = { readonly state: CouponState; readonly code: string | null };

export type AnyCouponRow = {
  readonly id: string;
  readonly at: string;
  readonly code: string;
  readonly kind: 'percent' | 'amount' | 'gift';
  readonly value: bigint;
  readonly planName: string | null;
  readonly audience: 'user' | 'vendor' | null;
  readonly perPerson: number;
  readonly useLimit: number | null;
  readonly used: number;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly isRetired: boolean;
  readonly isOver: boolean;
  /** Rials that it took off payments whose money came. */
  readonly takenOffRials: bigint;
};

const isOver = Prisma.sql`(o.retired_at IS NOT NULL OR coalesce(o.ends_at <= clock_timestamp(), false)
  OR coalesce(o.used >= o.use_limit, false))`;

const where: Readonly<Record<CouponState, Prisma.Sql>> = {
  open: Prisma.sql`NOT ${isOver}`,
  over: isOver,
  all: Prisma.sql`true`,
};

/** Codes, newest first, after the cursor; those of batches are found one by one, who knows them. */
export async function listCoupons(
  tx: Tx,
  { state, code }: CouponFilter,
  after: TimeCursor | null,
  limit: number,
): Promise<AnyCouponRow[]> {
  return tx.$queryRaw<AnyCouponRow[]>`
    SELECT o.id, o.created_at::text AS at, o.code, o.kind, o.value, y.name AS "planName", o.audience,
      o.per_person AS "perPerson", o.use_limit AS "useLimit", o.used, o.starts_at AS "startsAt", o.ends_at AS "endsAt",
      o.retired_at IS NOT NULL AS "isRetired", ${isOver} AS "isOver",
      coalesce((SELECT sum(p.discount) FROM coupon_uses u JOIN payments p ON p.id = u.payment_id
        WHERE u.code_id = o.id AND u.given_back_at IS NULL AND p.status = 'completed'), 0)::bigint AS "takenOffRials"
    FROM coupons o LEFT JOIN payment_plans y ON y.id = o.plan_id
    WHERE ${where[state]} AND (o.code = ${code} OR ${code}::text IS NULL AND o.batch_id IS NULL)
      ${olderThan('o', after)}
    ORDER BY o.created_at DESC, o.id DESC LIMIT ${limit}`;
}

export type NewCoupon = {
  readonly code: string;
  readonly kind: 'percent' | 'amount' | 'gift';
  /** A percentage, Rials, or conversions or images. */
  readonly value: bigint;
  readonly planName: string | null;
  readonly audience: 'user' | 'vendor' | null;
  readonly perPerson: number;
  readonly useLimit: number | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
};

/** Makes a code; null when it exists already. */
export async function insertCoupon(tx: Tx, coupon: NewCoupon, createdBy: string): Promise<string | null> {
  const { code, kind, value, planName, audience, perPerson, useLimit, startsAt, endsAt } = coupon;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO coupons (code, kind, value, plan_id, audience, per_person, use_limit, starts_at, ends_at, created_by)
    VALUES (${code}, ${kind}, ${value}, (SELECT id FROM payment_plans WHERE name = ${planName}), ${audience}, ${perPerson},
      ${useLimit}, coalesce(${startsAt}::timestamptz, clock_timestamp()), ${endsAt}::timestamptz, ${createdBy}::uuid)
    ON CONFLICT (code) DO NOTHING RETURNING id`;
  return rows[0]?.id ?? null;
}

/** Whether a plan is there that a code could be for, and for which kind of account. */
export async function findPlanAudience(tx: Tx, name: string): Promise<string | null> {
  const plan = await tx.paymentPlan.findUnique({ where: { name }, select: { audience: true } });
  return plan?.audience ?? null;
}

/** Takes a code out of use. False when it was, or there is none. */
export async function retireCoupon(tx: Tx, id: string): Promise<boolean> {
  const retired = await tx.$executeRaw`
    UPDATE coupons SET retired_at = clock_timestamp() WHERE id = ${id}::uuid AND retired_at IS NULL`;
  return retired === 1;
}
