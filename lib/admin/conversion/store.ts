import type { TimeCursor } from '#lib/core/cursor.ts';
import { olderThan } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { stuckMinutes } from '../policy.ts';

/** Conversions of everybody, without their pictures: those are nobody else's to see. */

export const failureCodes = ['cancelled', 'deadline', 'engine', 'refused', 'input', 'internal'] as const;
type KnownFailure = (typeof failureCodes)[number];

export type AnyConversionRow = {
  readonly id: string;
  readonly at: string;
  readonly userId: string;
  readonly phone: string;
  readonly style: string;
  readonly status: string;
  readonly failureCode: KnownFailure | null;
  /** Whom the last attempt asked. */
  readonly engine: string | null;
  readonly attempts: number;
  readonly isReturned: boolean;
  readonly processingMs: number | null;
  readonly createdAt: Date;
};

export const conversionShows = ['failed', 'stuck', 'all'] as const;

/** What the list shows; of one person their own page asks. */
export type ConversionFilter =
  | {
      readonly show: (typeof conversionShows)[number];
      readonly code: KnownFailure | null;
      readonly phone: string | null;
    }
  | { readonly user: string };

const stuckSince = Prisma.sql`clock_timestamp() - make_interval(mins => ${stuckMinutes}::int)`;
const shown = {
  all: Prisma.sql`true`,
  failed: Prisma.sql`c.status = 'failed'`,
  stuck: Prisma.sql`(c.status = 'pending' AND c.created_at < ${stuckSince}
    OR c.status = 'processing' AND c.first_claimed_at < ${stuckSince})`,
};

function matching(filter: ConversionFilter): Prisma.Sql {
  if ('user' in filter) return Prisma.sql`c.user_id = ${filter.user}::uuid AND c.deleted_at IS NULL`;
  const { show, code, phone } = filter;
  return Prisma.sql`${shown[show]} AND (${code}::text IS NULL OR c.failure_code = ${code})
    ${phone === null ? Prisma.empty : Prisma.sql`AND c.user_id = (SELECT id FROM users WHERE phone = ${phone})`}`;
}

const columns = Prisma.sql`
  c.id::text, c.created_at::text AS at, c.user_id::text AS "userId", u.phone, c.style_name AS style, c.status,
  c.failure_code AS "failureCode", c.engine, c.attempts, c.charge_returned_at IS NOT NULL AS "isReturned",
  c.processing_time_ms AS "processingMs", c.created_at AS "createdAt"`;

/** Conversions, newest first, after the cursor. */
export async function listAnyConversions(
  tx: Tx,
  filter: ConversionFilter,
  after: TimeCursor | null,
  limit: number,
): Promise<AnyConversionRow[]> {
  return tx.$queryRaw<AnyConversionRow[]>`
    SELECT ${columns}
    FROM user_conversions c JOIN users u ON u.id = c.user_id
    WHERE ${matching(filter)}
      ${olderThan('c', after)}
    ORDER BY c.created_at DESC, c.id DESC LIMIT ${limit}`;
}

/** One conversion as support is asked about it. */
export type ConversionDetails = AnyConversionRow & {
  readonly userName: string | null;
  /** Where its charge was taken from. */
  readonly pool: 'free' | 'paid';
  readonly returnedAt: Date | null;
  readonly beganAt: Date | null;
  /** What the program wrote down when it gave up: for us, in technical English. */
  readonly words: string | null;
  /** It was made again at our expense, and how that ended. */
  readonly againId: string | null;
  readonly againStatus: string | null;
};

export async function findConversionDetails(tx: Tx, id: string): Promise<ConversionDetails | null> {
  const [row] = await tx.$queryRaw<ConversionDetails[]>`
    SELECT ${columns}, u.name AS "userName", c.conversion_type AS pool, c.charge_returned_at AS "returnedAt",
      c.first_claimed_at AS "beganAt", c.error_message AS words, g.id::text AS "againId", g.status AS "againStatus"
    FROM user_conversions c JOIN users u ON u.id = c.user_id
      LEFT JOIN LATERAL (SELECT id, status FROM user_conversions WHERE rerun_of = c.id ORDER BY created_at DESC LIMIT 1) g ON true
    WHERE c.id = ${id}::uuid`;
  return row ?? null;
}
