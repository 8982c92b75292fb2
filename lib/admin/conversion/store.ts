import type { TimeCursor } from '#lib/core/cursor.ts';
import { olderThan } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { stuckMinutes } from '../policy.ts';

/** Conversions of everybody, without their pictures: those are nobody else's to see. */

export type AnyConversionRow = {
  readonly id: string;
  readonly at: string;
  readonly userId: string;
  readonly phone: string;
  readonly style: string;
  readonly status: string;
  readonly failureCode: string | null;
  readonly attempts: number;
  readonly isReturned: boolean;
  readonly processingMs: number | null;
  readonly createdAt: Date;
};

export type ConversionFilter = 'all' | 'failed' | 'stuck' | { readonly user: string };

const stuckSince = Prisma.sql`clock_timestamp() - make_interval(mins => ${stuckMinutes}::int)`;

function matching(filter: ConversionFilter): Prisma.Sql {
  if (filter === 'all') return Prisma.sql`true`;
  if (filter === 'failed') return Prisma.sql`c.status = 'failed'`;
  if (filter === 'stuck') {
    return Prisma.sql`(c.status = 'pending' AND c.created_at < ${stuckSince}
      OR c.status = 'processing' AND c.first_claimed_at < ${stuckSince})`;
  }
  return Prisma.sql`c.user_id = ${filter.user}::uuid AND c.deleted_at IS NULL`;
}

/** Conversions, newest first, after the cursor. */
export async function listAnyConversions(
  tx: Tx,
  filter: ConversionFilter,
  after: TimeCursor | null,
  limit: number,
): Promise<AnyConversionRow[]> {
  return tx.$queryRaw<AnyConversionRow[]>`
    SELECT c.id::text, c.created_at::text AS at, c.user_id::text AS "userId", u.phone, c.style_name AS style, c.status,
      c.failure_code AS "failureCode", c.attempts, c.charge_returned_at IS NOT NULL AS "isReturned",
      c.processing_time_ms AS "processingMs", c.created_at AS "createdAt"
    FROM user_conversions c JOIN users u ON u.id = c.user_id
    WHERE ${matching(filter)}
      ${olderThan('c', after)}
    ORDER BY c.created_at DESC, c.id DESC LIMIT ${limit}`;
}
