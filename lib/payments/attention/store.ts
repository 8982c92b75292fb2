import type { TimeCursor } from '#lib/core/cursor.ts';
import { olderThan } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transact.ts';

/** What about payments a person must look at, and money that belongs to no payment. */

/** One reason, and since when. Those of refunds that wait go when the refund is done and cannot be dismissed. */
export type Concern = { readonly reason: string; readonly since: string; readonly isDismissible: boolean };

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
  /** In the order in which they came. */
  readonly concerns: readonly Concern[];
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
      p.gateway_ref_number AS "refNumber", concerns_of(p.id) AS concerns, p.last_answer AS "lastAnswer"
    FROM payments p JOIN payment_plans y ON y.id = p.plan_id
    WHERE p.id IN (SELECT payment_id FROM open_concerns)
      ${olderThan('p', after)}
    ORDER BY p.created_at DESC, p.id DESC LIMIT ${limit}`;
}

export type StrayRow = {
  readonly authority: string;
  readonly amountRials: bigint;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
};

/** Money under authorities that are not ours and that nobody has looked at, last seen first. */
export async function listStrayRows(tx: Tx, limit: number): Promise<StrayRow[]> {
  return tx.$queryRaw<StrayRow[]>`
    SELECT authority, amount AS "amountRials", first_seen_at AS "firstSeenAt", last_seen_at AS "lastSeenAt"
    FROM stray_authorities WHERE dismissed_at IS NULL ORDER BY last_seen_at DESC, authority DESC LIMIT ${limit}`;
}

/** Takes money that is nobody's off the list; answers with how much it is, null when it is not there. */
export async function clearStray(tx: Tx, authority: string): Promise<bigint | null> {
  const rows = await tx.$queryRaw<{ amount: bigint }[]>`
    UPDATE stray_authorities SET dismissed_at = clock_timestamp()
    WHERE authority = ${authority} AND dismissed_at IS NULL RETURNING amount`;
  return rows[0]?.amount ?? null;
}

/** What stands against one payment now. */
export async function listConcerns(tx: Tx, id: string): Promise<readonly Concern[]> {
  const [row] = await tx.$queryRaw<{ concerns: Concern[] }[]>`SELECT concerns_of(${id}::uuid) AS concerns`;
  return row?.concerns ?? [];
}

/** Takes one reason off a payment. False when it did not stand there. */
export async function clearConcern(tx: Tx, id: string, reason: string): Promise<boolean> {
  const cleared = await tx.$executeRaw`
    DELETE FROM payment_concerns WHERE payment_id = ${id}::uuid AND reason = ${reason}`;
  return cleared === 1;
}

export async function isPayment(tx: Tx, id: string): Promise<boolean> {
  return (await tx.payment.count({ where: { id } })) === 1;
}
