import type { TimeCursor } from '#lib/core/cursor.ts';
import { gatewayNames } from '#lib/core/env/payment-env.ts';
import { olderThan } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { Concern } from '#lib/payments/attention/store.ts';
import { refundsOf, type SelectedRefund } from '#lib/payments/refund/store.ts';
import type { PaymentStatus } from '#lib/payments/store.ts';
import { Prisma } from '#prisma/generated/client.ts';

/** Payments of everybody, as administrators look them up. */

export type AnyPaymentRow = {
  readonly id: string;
  readonly at: string;
  readonly ownerKind: 'user' | 'vendor';
  readonly ownerId: string;
  readonly phone: string;
  readonly name: string | null;
  readonly planName: string;
  readonly kind: string;
  readonly status: PaymentStatus;
  readonly amountRials: bigint;
  readonly gateway: string;
  readonly authority: string | null;
  readonly refNumber: string | null;
  readonly cardNumber: string | null;
  /** Why a person must look at it, in the order in which it came. */
  readonly concerns: readonly Concern[];
  readonly lastAnswer: string | null;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
  readonly checkedAt: Date | null;
  readonly nextCheckAt: Date | null;
  readonly refunds: readonly SelectedRefund[];
};

const select = Prisma.sql`
  SELECT p.id::text, p.created_at::text AS at, CASE WHEN p.user_id IS NULL THEN 'vendor' ELSE 'user' END AS "ownerKind",
    coalesce(p.user_id, p.vendor_id)::text AS "ownerId", coalesce(u.phone, v.phone) AS phone,
    coalesce(u.name, v.business_name) AS name, y.name AS "planName", p.kind, p.status, p.amount AS "amountRials",
    p.gateway, p.gateway_track_id AS authority, p.gateway_ref_number AS "refNumber", p.gateway_card_number AS "cardNumber",
    concerns_of(p.id) AS concerns, p.last_answer AS "lastAnswer", p.created_at AS "createdAt", p.paid_at AS "paidAt",
    p.checked_at AS "checkedAt", p.next_check_at AS "nextCheckAt", ${refundsOf}
  FROM payments p JOIN payment_plans y ON y.id = p.plan_id
    LEFT JOIN users u ON u.id = p.user_id LEFT JOIN vendors v ON v.id = p.vendor_id`;

/** Whose phone it is, which authority or receipt number, or which account; null: all of them. */
type PaymentSearch =
  | { readonly phone: string }
  | { readonly number: string }
  | { readonly id: string }
  | { readonly user: string }
  | { readonly vendor: string }
  | null;

function matching(search: PaymentSearch): Prisma.Sql {
  if (search === null) return Prisma.sql`true`;
  if ('id' in search) return Prisma.sql`p.id = ${search.id}::uuid`;
  if ('user' in search) return Prisma.sql`p.user_id = ${search.user}::uuid`;
  if ('vendor' in search) return Prisma.sql`p.vendor_id = ${search.vendor}::uuid`;
  if ('phone' in search) {
    return Prisma.sql`(p.user_id = (SELECT id FROM users WHERE phone = ${search.phone})
      OR p.vendor_id = (SELECT id FROM vendors WHERE phone = ${search.phone}))`;
  }
  // The unique index of authorities begins with the gateway.
  return Prisma.sql`(p.gateway = ANY (${[...gatewayNames]}::text[]) AND p.gateway_track_id = ${search.number}
    OR p.gateway_ref_number = ${search.number})`;
}

export const paymentShows = [
  'all',
  'attention',
  'pending',
  'completed',
  'refunded',
  'failed',
  'cancelled',
  'expired',
] as const;

/** The list: what was typed, and how a payment stands. */
export type AnyPaymentFilter = {
  readonly search: PaymentSearch;
  readonly show: (typeof paymentShows)[number];
};

function standing(show: AnyPaymentFilter['show']): Prisma.Sql {
  if (show === 'all') return Prisma.sql`true`;
  if (show === 'attention') return Prisma.sql`p.id IN (SELECT payment_id FROM open_concerns)`;
  if (show === 'refunded')
    return Prisma.sql`EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = p.id)`;
  return Prisma.sql`p.status = ${show}`;
}

/** Payments by the list's filter, newest first, after the cursor. */
export async function listAnyPayments(
  tx: Tx,
  { search, show }: AnyPaymentFilter,
  after: TimeCursor | null,
  limit: number,
): Promise<AnyPaymentRow[]> {
  return tx.$queryRaw<AnyPaymentRow[]>`
    ${select} WHERE ${standing(show)} AND ${matching(search)}
      ${olderThan('p', after)}
    ORDER BY p.created_at DESC, p.id DESC LIMIT ${limit}`;
}

/** One payment as somebody looks at it who is asked about it: also what was bought, and what was taken off the price. */
export type PaymentDetails = AnyPaymentRow & {
  readonly creditRials: bigint;
  readonly discountRials: bigint;
  /** The number of its invoice, and of those that correct it; null before money came. */
  readonly invoice: number | null;
  readonly corrections: readonly number[];
  readonly returnedAt: Date | null;
  /** The month it bought, as it stands today. */
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
};

export async function findAnyPayment(tx: Tx, id: string): Promise<PaymentDetails | null> {
  const [row] = await tx.$queryRaw<PaymentDetails[]>`
    SELECT one.*, p.credit AS "creditRials", p.discount AS "discountRials", p.returned_at AS "returnedAt",
      s.starts_at AS "startsAt", s.ends_at AS "endsAt", i.number AS invoice,
      ARRAY(SELECT c.number FROM invoices c WHERE c.corrects = i.number ORDER BY c.number) AS corrections
    FROM (${select} WHERE p.id = ${id}::uuid) one JOIN payments p ON p.id = ${id}::uuid
      LEFT JOIN subscription_periods s ON s.payment_id = p.id
      LEFT JOIN invoices i ON i.payment_id = p.id AND i.kind = 'sale'`;
  return row ?? null;
}
