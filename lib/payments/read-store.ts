import type { AccountRef } from '#lib/core/actor.ts';
import type { TimeCursor } from '#lib/core/cursor.ts';
import { db } from '#lib/db/client.ts';
import { olderThan } from '#lib/db/keyset.ts';
import { actAsSystem } from '#lib/db/walls/acting.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { type PlanNames, type PurchaseKind, planNamesOf } from './plan/store.ts';
import { refundsOf, type SelectedRefund } from './refund/store.ts';
import type { PaymentStatus } from './store.ts';

/** What pages show of payments and plans. Always of one owner, who stands in the WHERE. */

export type PaymentRow = {
  id: string;
  planName: string;
  names: PlanNames;
  gateway: string;
  status: PaymentStatus;
  kind: PurchaseKind;
  amountRials: bigint;
  creditRials: bigint;
  discountRials: bigint;
  conversionsLimit: number;
  imagesLimit: number;
  authority: string | null;
  refNumber: string | null;
  cardNumber: string | null;
  /** Why a person must look at it. */
  concerns: string[];
  createdAt: Date;
  paidAt: Date | null;
  expiresAt: Date | null;
  returnedAt: Date | null;
  checkedAt: Date | null;
  startsAt: Date | null;
  endsAt: Date | null;
  refunds: SelectedRefund[];
  vatRials: bigint;
  /** Hundredths of a per cent. */
  vatRate: number;
  invoice: Invoice | null;
};

/** An invoice as it was issued, and what corrects it. */
export type Invoice = {
  readonly number: number;
  readonly corrections: readonly number[];
  readonly seller: Readonly<Partial<Record<string, string>>>;
  readonly buyer: Readonly<Partial<Record<string, string>>>;
};

const columns = Prisma.sql`
  p.id, y.name AS "planName", p.status, p.kind, p.amount AS "amountRials", p.credit AS "creditRials",
      p.discount AS "discountRials", p.gateway, ${planNamesOf},
      coalesce(s.conversions_limit, p.conversions_limit) AS "conversionsLimit",
      coalesce(s.images_limit, p.images_limit) AS "imagesLimit", p.gateway_track_id AS authority,
      p.gateway_ref_number AS "refNumber", p.gateway_card_number AS "cardNumber",
      ARRAY(SELECT c.reason FROM payment_concerns c WHERE c.payment_id = p.id) AS concerns, p.created_at AS "createdAt", p.paid_at AS "paidAt",
      p.expires_at AS "expiresAt", p.returned_at AS "returnedAt", p.checked_at AS "checkedAt",
      s.starts_at AS "startsAt", s.ends_at AS "endsAt", ${refundsOf},
      p.vat AS "vatRials", p.vat_rate AS "vatRate",
      (SELECT jsonb_build_object('number', i.number, 'seller', i.seller, 'buyer', i.buyer,
          'corrections', ARRAY(SELECT c.number FROM invoices c WHERE c.corrects = i.number ORDER BY c.number))
        FROM invoices i WHERE i.payment_id = p.id AND i.kind = 'sale') AS invoice`;

const ids = ({ kind, accountId }: AccountRef) => ({
  userId: kind === 'user' ? accountId : null,
  vendorId: kind === 'vendor' ? accountId : null,
});

/** The owner's payment, or null: somebody else's is not found. */
export async function findPaymentRow(owner: AccountRef, id: string): Promise<PaymentRow | null> {
  const { userId, vendorId } = ids(owner);
  const rows = await db().$queryRaw<PaymentRow[]>`
    SELECT ${columns}
    FROM payments p
    JOIN payment_plans y ON y.id = p.plan_id
    LEFT JOIN subscription_periods s ON s.payment_id = p.id
    WHERE p.id = ${id}::uuid AND (p.user_id = ${userId}::uuid OR p.vendor_id = ${vendorId}::uuid)`;
  return rows[0] ?? null;
}

/** The owner's payments, newest first, after the cursor. */
export async function listPaymentRows(
  owner: AccountRef,
  after: TimeCursor | null,
  limit: number,
): Promise<(PaymentRow & { at: string })[]> {
  const { userId, vendorId } = ids(owner);
  return db().$queryRaw<(PaymentRow & { at: string })[]>`
    SELECT ${columns}, p.created_at::text AS at
    FROM (
      SELECT * FROM payments
      WHERE (user_id = ${userId}::uuid OR vendor_id = ${vendorId}::uuid)
        ${olderThan('payments', after)}
      ORDER BY created_at DESC, id DESC LIMIT ${limit}
    ) p
    JOIN payment_plans y ON y.id = p.plan_id
    LEFT JOIN subscription_periods s ON s.payment_id = p.id
    ORDER BY p.created_at DESC, p.id DESC`;
}

/** What somebody who is not signed in may know of a payment: whether its money has come, is asked about, or has not. */
export type PaymentWord = 'paid' | 'open' | 'unpaid';

/** Whether the money of a payment of any account has come; null for none, and for one that was given back. */
export async function findPaymentWord(id: string): Promise<PaymentWord | null> {
  const rows = await actAsSystem(
    () => db().$queryRaw<{ word: PaymentWord }[]>`
    SELECT CASE status WHEN 'completed' THEN 'paid' WHEN 'pending' THEN 'open' ELSE 'unpaid' END AS word
    FROM payments p WHERE id = ${id}::uuid
      AND NOT EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = p.id AND r.ends_purchase)`,
  );
  return rows[0]?.word ?? null;
}
