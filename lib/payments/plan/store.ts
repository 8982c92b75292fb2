import type { AccountRef } from '#lib/core/actor.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import type { Rial } from '#lib/core/money.ts';
import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';

/** What an account has and what a purchase would bring it. Time is the database's. */

/** What a plan is called in each language, as far as somebody has said so. */
export type PlanNames = Readonly<Partial<Record<Locale, string>>>;

export type PlanForSale = {
  id: string;
  name: string;
  names: PlanNames;
  audience: 'user' | 'vendor';
  /** A month, or a pack that is bought once. */
  term: 'month' | 'once';
  priceRials: bigint;
  conversionsLimit: number;
  imagesLimit: number;
};

/** The names of plan `y`, in every language there is. */
export const planNamesOf = Prisma.sql`coalesce((SELECT jsonb_object_agg(t.locale, t.name) FROM plan_texts t
        WHERE t.plan_id = y.id), '{}') AS names`;

export async function findPlanForSale(tx: Tx, name: string): Promise<PlanForSale | null> {
  const rows = await tx.$queryRaw<PlanForSale[]>`
    SELECT id, name, audience, term, plan_price(id, clock_timestamp()) AS "priceRials", ${planNamesOf},
      monthly_conversions_limit AS "conversionsLimit", monthly_images_limit AS "imagesLimit"
    FROM payment_plans y WHERE name = ${name} AND is_active`;
  return rows[0] ?? null;
}

export type RunningPeriod = {
  id: string;
  planName: string;
  /** What the plan costs today. */
  planPriceRials: bigint;
  startsAt: Date;
  endsAt: Date;
  conversionsLimit: number;
  conversionsUsed: number;
  imagesLimit: number;
  imagesUsed: number;
  /** What was paid for it and what was credited, and what that bought: it may grant less. */
  valueRials: bigint;
  boughtConversions: number;
  boughtImages: number;
  daysTotal: number;
  daysLeft: number;
};

/** The paid month an account is in, or null. */
export async function findRunningPeriod(tx: Tx, { accountId }: AccountRef): Promise<RunningPeriod | null> {
  const rows = await tx.$queryRaw<RunningPeriod[]>`
    SELECT p.id, y.name AS "planName", plan_price(y.id, clock_timestamp()) AS "planPriceRials",
      p.starts_at AS "startsAt", p.ends_at AS "endsAt",
      p.conversions_limit AS "conversionsLimit", p.conversions_used AS "conversionsUsed",
      p.images_limit AS "imagesLimit", p.images_used AS "imagesUsed", b.amount - given_back(b.id) + b.credit AS "valueRials",
      b.conversions_limit AS "boughtConversions", b.images_limit AS "boughtImages",
      round(extract(epoch FROM p.ends_at - p.starts_at) / 86400)::int AS "daysTotal",
      floor(extract(epoch FROM p.ends_at - clock_timestamp()) / 86400)::int AS "daysLeft"
    FROM subscription_periods p
    JOIN payments b ON b.id = p.payment_id
    JOIN payment_plans y ON y.id = p.plan_id
    WHERE coalesce(p.user_id, p.vendor_id) = ${accountId}::uuid
      AND p.ends_at > clock_timestamp() AND p.starts_at <= clock_timestamp()`;
  return rows[0] ?? null;
}

/** The month that a purchase would bring, by the rules of activation. */
export async function previewPeriod(
  tx: Tx,
  { accountId }: AccountRef,
  startsNow: boolean,
): Promise<{ startsAt: Date; endsAt: Date }> {
  const rows = await tx.$queryRaw<{ startsAt: Date; endsAt: Date }[]>`
    SELECT starts_at AS "startsAt", ends_at AS "endsAt"
    FROM preview_period(${accountId}::uuid, ${startsNow})`;
  const [row] = rows;
  if (!row) throw new Error('no preview of a period');
  return row;
}

export type PeriodRow = {
  planName: string;
  isPaid: boolean;
  isRunning: boolean;
  startsAt: Date;
  endsAt: Date;
  daysLeft: number;
  conversionsLimit: number;
  conversionsUsed: number;
  imagesLimit: number;
  imagesUsed: number;
};

/** The month an account is in and those ahead, in order. */
export async function listPeriodRows(owner: AccountRef): Promise<PeriodRow[]> {
  return db().$queryRaw<PeriodRow[]>`
    SELECT y.name AS "planName", p.payment_id IS NOT NULL AS "isPaid", p.starts_at <= clock_timestamp() AS "isRunning",
      p.starts_at AS "startsAt", p.ends_at AS "endsAt",
      ceil(extract(epoch FROM p.ends_at - clock_timestamp()) / 86400)::int AS "daysLeft",
      p.conversions_limit AS "conversionsLimit", p.conversions_used AS "conversionsUsed",
      p.images_limit AS "imagesLimit", p.images_used AS "imagesUsed"
    FROM subscription_periods p JOIN payment_plans y ON y.id = p.plan_id
    WHERE coalesce(p.user_id, p.vendor_id) = ${owner.accountId}::uuid
      AND p.ends_at > clock_timestamp() AND p.ends_at > p.starts_at
    ORDER BY p.starts_at`;
}

export type AccountPlanRow = { freeRemaining: number; wantsReminders: boolean };

export async function findAccountPlan({ kind, accountId }: AccountRef): Promise<AccountPlanRow | null> {
  if (kind === 'user') {
    const row = await db().user.findUnique({
      where: { id: accountId },
      select: { freeQuotaRemaining: true, planReminders: true },
    });
    return row && { freeRemaining: row.freeQuotaRemaining, wantsReminders: row.planReminders };
  }
  const row = await db().vendor.findUnique({
    where: { id: accountId },
    select: { freeGalleryRemaining: true, planReminders: true },
  });
  return row && { freeRemaining: row.freeGalleryRemaining, wantsReminders: row.planReminders };
}

export type PlanRow = {
  readonly name: string;
  readonly audience: 'user' | 'vendor';
  readonly term: 'month' | 'once';
  readonly priceRials: bigint;
  readonly conversionsLimit: number;
  readonly imagesLimit: number;
  readonly isActive: boolean;
  readonly texts: Readonly<Partial<Record<Locale, { name: string; description: string | null }>>>;
};

/** Every plan as it is today, cheapest first, those that are not offered any more too: somebody may have one. */
export function listPlans(): Promise<PlanRow[]> {
  return db().$queryRaw<PlanRow[]>`
    SELECT * FROM (
      SELECT name, audience, term, plan_price(id, clock_timestamp()) AS "priceRials",
        monthly_conversions_limit AS "conversionsLimit", monthly_images_limit AS "imagesLimit", is_active AS "isActive",
        coalesce((SELECT jsonb_object_agg(t.locale, jsonb_build_object('name', t.name, 'description', t.description))
          FROM plan_texts t WHERE t.plan_id = y.id), '{}') AS texts
      FROM payment_plans y) p
    ORDER BY term, "priceRials", "imagesLimit"`;
}

export type PurchaseKind = 'new' | 'renewal' | 'upgrade' | 'downgrade' | 'pack';

/** The arithmetic of a credit, as it is shown before paying. Rials. */
export type CreditView = {
  readonly planName: string;
  readonly paidRials: Rial;
  readonly daysLeft: number;
  readonly daysTotal: number;
  readonly byDaysRials: Rial;
  readonly quota: 'conversions' | 'images';
  readonly quotaLeft: number;
  readonly quotaLimit: number;
  readonly byQuotaRials: Rial;
  /** The lesser of the two. */
  readonly creditRials: Rial;
};

/** What buying a plan now would mean. */
export type Quote = {
  readonly plan: PlanForSale;
  readonly kind: PurchaseKind;
  readonly priceRials: Rial;
  /** What is really taken off: never so much that less than the gateway's least remains. */
  readonly creditRials: Rial;
  /** The code that takes something off, and how much. */
  readonly coupon: { readonly id: string; readonly code: string } | null;
  readonly discountRials: Rial;
  /** Zero: the code pays for all of it, and no gateway is asked. */
  readonly payableRials: Rial;
  readonly startsNow: boolean;
  /** The month it brings; null for a pack. */
  readonly month: { readonly startsAt: Date; readonly endsAt: Date } | null;
  /** How the credit came about; null where nothing is given up. */
  readonly credit: CreditView | null;
  /** The rest of the present month is worth more than the plan: nothing is given up, it starts after it. */
  readonly waitsForEnd: boolean;
  readonly replacesPeriodId: string | null;
};
