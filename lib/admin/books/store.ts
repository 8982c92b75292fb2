import type { JalaliMonth } from '#lib/core/dates.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';

/** The books of a month: what was paid in it, what was given back in it, and what was begun in it and never paid. Rials. */

const paidStates = ['all', 'kept', 'refunded'] as const;
const unpaidStates = ['unpaid', 'pending', 'expired', 'failed', 'cancelled'] as const;
export const bookStates = [...paidStates, ...unpaidStates] as const;
type BookState = (typeof bookStates)[number];

/** Whether a state is one of payments whose money never came: they are listed, and stand in no sum. */
export const isUnpaid = (state: BookState): boolean => unpaidStates.some((one) => one === state);

export type BookFilter = {
  readonly month: JalaliMonth;
  readonly state: BookState;
  readonly gateway: string | null;
  readonly plan: string | null;
};

export type BookRow = {
  readonly id: string;
  readonly at: string;
  readonly status: string;
  readonly begunAt: Date;
  readonly paidAt: Date | null;
  readonly invoice: bigint | null;
  /** Invoices that correct it, one for each part that went back. */
  readonly corrections: readonly bigint[];
  readonly ownerKind: 'user' | 'vendor';
  readonly planName: string;
  readonly kind: string;
  readonly gateway: string;
  readonly priceRials: bigint;
  readonly creditRials: bigint;
  readonly discountRials: bigint;
  readonly amountRials: bigint;
  readonly vatRate: number;
  readonly vatRials: bigint;
  readonly feeRials: bigint | null;
  /** All that went back of it, and when the last part did. */
  readonly refundRials: bigint | null;
  readonly refundedAt: Date | null;
  readonly authority: string | null;
  readonly refNumber: string | null;
  readonly cardNumber: string | null;
  readonly cardHash: string | null;
};

/** Payments belong to the month they were paid in; those that never were, to the one they were begun in. */
function ofMonth({ month, state }: BookFilter): Prisma.Sql {
  if (!isUnpaid(state))
    return Prisma.sql`p.status = 'completed' AND p.paid_at >= ${month.from} AND p.paid_at < ${month.to}`;
  const status = state === 'unpaid' ? Prisma.sql`p.status <> 'completed'` : Prisma.sql`p.status = ${state}`;
  return Prisma.sql`${status} AND p.created_at >= ${month.from} AND p.created_at < ${month.to}`;
}

const matching = (filter: BookFilter) => Prisma.sql`
  ${ofMonth(filter)}
    AND (${filter.gateway}::text IS NULL OR p.gateway = ${filter.gateway}) AND (${filter.plan}::text IS NULL OR y.name = ${filter.plan})
    ${filter.state === 'kept' ? Prisma.sql`AND r.amount IS NULL` : filter.state === 'refunded' ? Prisma.sql`AND r.amount IS NOT NULL` : Prisma.empty}`;

const from = Prisma.sql`FROM payments p JOIN payment_plans y ON y.id = p.plan_id
  LEFT JOIN LATERAL (SELECT sum(amount)::bigint AS amount, max(created_at) AS created_at FROM payment_refunds
    WHERE payment_id = p.id) r ON true`;

/** What was paid in the month, or begun and never paid, latest first, after the cursor. */
export async function listBook(
  tx: Tx,
  filter: BookFilter,
  after: readonly [at: string, id: string] | null,
  limit: number,
): Promise<BookRow[]> {
  const moment = isUnpaid(filter.state) ? Prisma.sql`p.created_at` : Prisma.sql`p.paid_at`;
  const older = after
    ? Prisma.sql`AND (${moment}, p.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
    : Prisma.empty;
  return tx.$queryRaw<BookRow[]>`
    SELECT p.id, ${moment}::text AS at, p.status, p.created_at AS "begunAt", p.paid_at AS "paidAt", i.number AS invoice,
      ARRAY(SELECT c.number FROM invoices c WHERE c.corrects = i.number ORDER BY c.number) AS corrections,
      CASE WHEN p.user_id IS NULL THEN 'vendor' ELSE 'user' END AS "ownerKind", y.name AS "planName", p.kind, p.gateway,
      p.amount + p.credit + p.discount AS "priceRials", p.credit AS "creditRials", p.discount AS "discountRials",
      p.amount AS "amountRials", p.vat_rate AS "vatRate", p.vat AS "vatRials", p.gateway_fee AS "feeRials",
      r.amount AS "refundRials", r.created_at AS "refundedAt", p.gateway_track_id AS authority,
      p.gateway_ref_number AS "refNumber", p.gateway_card_number AS "cardNumber", p.card_hash AS "cardHash"
    ${from}
      LEFT JOIN invoices i ON i.payment_id = p.id AND i.kind = 'sale'
    WHERE ${matching(filter)} ${older}
    ORDER BY ${moment} DESC, p.id DESC LIMIT ${limit}`;
}

export type BookSums = {
  readonly count: number;
  readonly amountRials: bigint;
  readonly creditRials: bigint;
  readonly discountRials: bigint;
  readonly vatRials: bigint;
  readonly feeRials: bigint;
  /** Payments whose gateway did not say what it kept. */
  readonly withoutFee: number;
  /** Given back within the month, whenever it was paid. */
  readonly refundCount: number;
  readonly refundRials: bigint;
};

/** The sums of the month by the same filter; what was given back in it counts by its own day. */
export async function sumBook(tx: Tx, filter: BookFilter): Promise<BookSums> {
  const { month, gateway, plan } = filter;
  const [row] = await tx.$queryRaw<BookSums[]>`
    SELECT s.*, b.* FROM (
      SELECT count(*)::int AS count, coalesce(sum(p.amount), 0)::bigint AS "amountRials",
        coalesce(sum(p.credit), 0)::bigint AS "creditRials", coalesce(sum(p.discount), 0)::bigint AS "discountRials",
        coalesce(sum(p.vat), 0)::bigint AS "vatRials", coalesce(sum(p.gateway_fee), 0)::bigint AS "feeRials",
        count(*) FILTER (WHERE p.gateway_fee IS NULL AND p.amount > 0)::int AS "withoutFee"
      ${from} WHERE ${matching(filter)}) s, (
      SELECT count(*)::int AS "refundCount", coalesce(sum(r.amount), 0)::bigint AS "refundRials"
      FROM payment_refunds r JOIN payments p ON p.id = r.payment_id JOIN payment_plans y ON y.id = p.plan_id
      WHERE r.created_at >= ${month.from} AND r.created_at < ${month.to}
        AND (${gateway}::text IS NULL OR p.gateway = ${gateway}) AND (${plan}::text IS NULL OR y.name = ${plan})) b`;
  if (!row) throw new Error('no sums');
  return row;
}

export type InvoiceRow = {
  readonly number: bigint;
  readonly kind: 'sale' | 'correction';
  readonly corrects: bigint | null;
  readonly issuedAt: Date;
  readonly goods: string;
  readonly amountRials: bigint;
  readonly vatRate: number;
  readonly vatRials: bigint;
  readonly seller: Readonly<Partial<Record<string, string>>>;
  readonly buyer: Readonly<Partial<Record<string, string>>>;
  readonly refNumber: string | null;
};

/** Invoices that were issued in the month, by number, after one. */
export async function listInvoices(
  tx: Tx,
  month: JalaliMonth,
  after: bigint | null,
  limit: number,
): Promise<InvoiceRow[]> {
  return tx.$queryRaw<InvoiceRow[]>`
    SELECT i.number, i.kind, i.corrects, i.issued_at AS "issuedAt", i.goods, i.amount AS "amountRials",
      i.vat_rate AS "vatRate", i.vat AS "vatRials", i.seller, i.buyer, p.gateway_ref_number AS "refNumber"
    FROM invoices i LEFT JOIN payments p ON p.id = i.payment_id
    WHERE i.issued_at >= ${month.from} AND i.issued_at < ${month.to} AND i.number > coalesce(${after}::bigint, 0)
    ORDER BY i.number LIMIT ${limit}`;
}

/** Who sells, as invoices name it. */
export type Seller = {
  readonly name: string;
  readonly nationalCode: string | null;
  readonly economicCode: string | null;
  readonly postalCode: string | null;
  readonly address: string | null;
};
export type Terms = { readonly startsAt: Date; readonly vatRate: number; readonly seller: Partial<Seller> };

/** The terms in force and those to come, first ones first. */
export async function listTerms(tx: Tx): Promise<Terms[]> {
  return tx.$queryRaw<Terms[]>`
    SELECT starts_at AS "startsAt", vat_rate AS "vatRate", seller FROM book_terms
    WHERE starts_at >= coalesce((SELECT max(starts_at) FROM book_terms WHERE starts_at <= clock_timestamp()), '-infinity')
    ORDER BY starts_at`;
}

/** Keeps terms from a day on; from now on only when those in force are others. */
export async function writeTerms(
  tx: Tx,
  { startsAt, vatRate, seller }: Omit<Terms, 'startsAt'> & { startsAt: Date | null },
  createdBy: string,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO book_terms (starts_at, vat_rate, seller, created_by)
    SELECT coalesce(${startsAt}::timestamptz, clock_timestamp()), vat_rate, seller, ${createdBy}::uuid
    FROM (SELECT ${vatRate}::integer AS vat_rate, ${JSON.stringify(seller)}::jsonb AS seller) AS wanted
    WHERE ${startsAt}::timestamptz IS NOT NULL OR NOT EXISTS (
      SELECT FROM (SELECT b.vat_rate, b.seller FROM book_terms b WHERE b.starts_at <= clock_timestamp()
        ORDER BY b.starts_at DESC LIMIT 1) AS now
      WHERE now.vat_rate = wanted.vat_rate AND now.seller = wanted.seller)
    ON CONFLICT (starts_at) DO UPDATE SET vat_rate = excluded.vat_rate, seller = excluded.seller`;
}
