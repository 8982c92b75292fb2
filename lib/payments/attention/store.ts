import type { TimeCursor } from '#lib/core/cursor.ts';
import { olderThan } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transact.ts';

/** What about payments a person must look at, and money that belongs to no payment. */

export type AttentionRow = {
  readonly id: string;
  readonly at: string;
  readonly createdAt: Date;
  readonly userId: string | null;
  readonly vendorId: string | null;
  readonly planName: string;
  readonly status: string;
  readonly amountRials: bigint;
  readonly authority: string | null;
  readonly refNumber: string | null;
  readonly reason: string;
  readonly lastAnswer: string | null;
};

/** Payments that need attention, newest first, after the cursor. */
export async function listAttentionRows(
  tx: Tx,
  after: TimeCursor | null,
  limit: number,
): Promise<AttentionRow[]> {
  return tx.$queryRaw<AttentionRow[]>`
    SELECT p.id, p.created_at::text AS at, p.created_at AS "createdAt", p.user_id AS "userId", p.vendor_id AS "vendorId",
      y.name AS "planName", p.status, p.amount AS "amountRials", p.gateway_track_id AS authority,
      p.gateway_ref_number AS "refNumber", p.attention_reason AS reason, p.last_answer AS "lastAnswer"
    FROM payments p JOIN payment_plans y ON y.id = p.plan_id
    WHERE p.attention_reason IS NOT NULL
      ${olderThan('p', after)}
    ORDER BY p.created_at DESC, p.id DESC LIMIT ${limit}`;
}

export type StrayRow = {
  readonly authority: string;
  readonly amountRials: bigint;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
};

/** Money under authorities that are not ours, last seen first. */
export async function listStrayRows(tx: Tx, limit: number): Promise<StrayRow[]> {
  return tx.$queryRaw<StrayRow[]>`
    SELECT authority, amount AS "amountRials", first_seen_at AS "firstSeenAt", last_seen_at AS "lastSeenAt"
    FROM stray_authorities ORDER BY last_seen_at DESC, authority DESC LIMIT ${limit}`;
}

/** Takes a payment off the list; answers with the reason that it stood there for. */
export async function clearAttention(tx: Tx, id: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ reason: string }[]>`
    UPDATE payments p SET attention_reason = NULL FROM payments o
    WHERE p.id = ${id}::uuid AND o.id = p.id AND p.attention_reason IS NOT NULL
    RETURNING o.attention_reason AS reason`;
  return rows[0]?.reason ?? null;
}

export async function isPayment(tx: Tx, id: string): Promise<boolean> {
  return (await tx.payment.count({ where: { id } })) === 1;
}
