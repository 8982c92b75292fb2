import type { AccountKind } from '#lib/core/actor.ts';
import type { TimeCursor } from '#lib/core/cursor.ts';
import { olderThan } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { AudienceKind, CircularWords } from '#lib/notifications/circular/store.ts';
import { Prisma } from '#prisma/generated/client.ts';

/** Circulars, as administrators make and follow them. */

/** Whom one is for. Of `one` the account, of `shops` the city, the kind, or both. */
export type Audience = {
  readonly kind: AudienceKind;
  readonly userId: string | null;
  readonly vendorId: string | null;
  readonly city: string | null;
  readonly shopKind: string | null;
};

export const circularStates = ['all', 'open', 'done', 'stopped'] as const;
export type CircularState = (typeof circularStates)[number];

export type CircularRow = CircularWords & {
  readonly id: string;
  readonly at: string;
  readonly audience: AudienceKind;
  readonly city: string | null;
  readonly shopKind: string | null;
  readonly ownerKind: AccountKind | null;
  readonly ownerId: string | null;
  readonly told: bigint;
  readonly createdAt: Date;
  readonly stoppedAt: Date | null;
  readonly finishedAt: Date | null;
};

const standing: Readonly<Record<CircularState, Prisma.Sql>> = {
  all: Prisma.sql`true`,
  open: Prisma.sql`stopped_at IS NULL AND finished_at IS NULL`,
  done: Prisma.sql`finished_at IS NOT NULL`,
  stopped: Prisma.sql`stopped_at IS NOT NULL`,
};

/** Circulars of a state, newest first, after the cursor. */
export async function listCirculars(
  tx: Tx,
  state: CircularState,
  after: TimeCursor | null,
  limit: number,
): Promise<CircularRow[]> {
  return tx.$queryRaw<CircularRow[]>`
    SELECT id, created_at::text AS at, audience, city, shop_kind AS "shopKind",
      CASE WHEN user_id IS NOT NULL THEN 'user' WHEN vendor_id IS NOT NULL THEN 'vendor' END AS "ownerKind",
      coalesce(user_id, vendor_id) AS "ownerId", title_fa AS "titleFa", title_en AS "titleEn", text_fa AS "textFa",
      text_en AS "textEn", told, created_at AS "createdAt", stopped_at AS "stoppedAt", finished_at AS "finishedAt"
    FROM circulars WHERE ${standing[state]} ${olderThan('circulars', after)}
    ORDER BY created_at DESC, id DESC LIMIT ${limit}`;
}

/** The living account of a kind with a number. */
export async function findAccountByPhone(tx: Tx, kind: AccountKind, phone: string): Promise<string | null> {
  const where = { phone, isActive: true };
  const found =
    kind === 'user'
      ? await tx.user.findFirst({ where, select: { id: true } })
      : await tx.vendor.findFirst({ where, select: { id: true } });
  return found?.id ?? null;
}

/** How many it would reach if it began now. */
export async function countHearers(tx: Tx, { kind, city, shopKind }: Audience): Promise<number> {
  const [row] = await tx.$queryRaw<
    { count: bigint }[]
  >`SELECT count_hearers(${kind}, ${city}, ${shopKind}) AS count`;
  return Number(row?.count ?? 0);
}

/** How many went to more than one account within a day; who asks is the only one who makes one until its transaction ends. */
export async function countOfDay(tx: Tx): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('circulars', 0))`;
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM circulars
    WHERE audience <> 'one' AND created_at > clock_timestamp() - interval '24 hours'`;
  return row?.count ?? 0;
}

/** Makes one; false when this very one was made before. */
export async function insertCircular(
  tx: Tx,
  circular: CircularWords & { id: string; audience: Audience; createdBy: string },
): Promise<boolean> {
  const { id, audience, createdBy, titleFa, titleEn, textFa, textEn } = circular;
  const { kind, userId, vendorId, city, shopKind } = audience;
  const made = await tx.$executeRaw`
    INSERT INTO circulars (id, audience, user_id, vendor_id, city, shop_kind, title_fa, title_en, text_fa, text_en, created_by)
    SELECT ${id}::uuid, ${kind}, ${userId}::uuid, ${vendorId}::uuid, ${city}, ${shopKind}, ${titleFa}, ${titleEn},
      ${textFa}, ${textEn}, ${createdBy}::uuid WHERE NOT EXISTS (SELECT 1 FROM circulars WHERE id = ${id}::uuid)`;
  return made === 1;
}

/** Stops one; how many had been told by then, null when it is done, stopped or not there. */
export async function stopCircularRow(tx: Tx, id: string): Promise<bigint | null> {
  const rows = await tx.$queryRaw<{ told: bigint }[]>`
    UPDATE circulars SET stopped_at = clock_timestamp()
    WHERE id = ${id}::uuid AND stopped_at IS NULL AND finished_at IS NULL RETURNING told`;
  return rows[0]?.told ?? null;
}
