import type { TimeCursor } from '#lib/core/cursor.ts';
import { db } from '#lib/db/client.ts';
import { olderThan } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transact.ts';
import { creditOf } from '#lib/gallery/look/columns-store.ts';
import type { LookShades, Tap } from '#lib/gallery/look/kinds.ts';
import { Prisma } from '#prisma/generated/client.ts';
import type { ConversionRow } from './store.ts';

/** What of a history is asked for. */
export type HistoryFilter =
  | { readonly kind: 'all' | 'favourites' | 'failed' }
  | { readonly kind: 'style'; readonly style: string };

/** A hosted engine knows of no strength: what it made is the whole look, whatever was asked for. */
const columns = Prisma.sql`
  c.id, c.status, c.stage, c.style_name AS "styleName", ${creditOf(Prisma.sql`c.id`)} AS credit,
  CASE WHEN coalesce(c.engine, 'local') = 'local' THEN (c.look ->> 'strength')::float8 END AS strength, c.failure_code AS "failureCode", c.title,
  c.attempts > 1 AS "isAnew",
  c.is_favourite AS "isFavourite", c.conversion_type AS pool, c.created_at AS "createdAt",
  c.completed_at AS "completedAt", c.charge_returned_at AS "chargeReturnedAt",
  c.source_image_id AS "sourceImageId", c.result_image_id AS "resultImageId",
  (SELECT moderation FROM images WHERE id = c.result_image_id) AS moderation`;

/** A place is counted no further than this: with so many before, the number is not what somebody waits for. */
const countedPlaces = 1000;

/** The owner's conversion with its place in the queue, or null. */
export async function findConversionRow(userId: string, id: string): Promise<ConversionRow | null> {
  const rows = await db().$queryRaw<ConversionRow[]>`
    SELECT ${columns},
      CASE WHEN c.status = 'pending'
        THEN conversions_ahead(c.created_at, c.conversion_type, c.id, ${countedPlaces}::int) END AS "queuePosition"
    FROM user_conversions c
    WHERE c.id = ${id}::uuid AND c.user_id = ${userId}::uuid AND c.deleted_at IS NULL`;
  return rows[0] ?? null;
}

function matching(filter: HistoryFilter): Prisma.Sql {
  switch (filter.kind) {
    case 'favourites':
      return Prisma.sql`AND c.is_favourite`;
    case 'failed':
      return Prisma.sql`AND c.status = 'failed'`;
    case 'style':
      return Prisma.sql`AND c.style_name = ${filter.style}`;
    default:
      return Prisma.empty;
  }
}

/** The owner's conversions, newest first, after the cursor. */
export async function listConversionRows(
  userId: string,
  filter: HistoryFilter,
  after: TimeCursor | null,
  limit: number,
): Promise<(ConversionRow & { at: string })[]> {
  return db().$queryRaw<(ConversionRow & { at: string })[]>`
    SELECT ${columns}, NULL::int AS "queuePosition", c.created_at::text AS at
    FROM user_conversions c
    WHERE c.user_id = ${userId}::uuid AND c.deleted_at IS NULL ${matching(filter)}
      ${olderThan('c', after)}
    ORDER BY c.created_at DESC, c.id DESC
    LIMIT ${limit}`;
}

/** The styles that stand in a person's history, each once. */
export async function listUsedStyles(userId: string): Promise<string[]> {
  const rows = await db().$queryRaw<{ style: string }[]>`
    SELECT DISTINCT style_name AS style FROM user_conversions
    WHERE user_id = ${userId}::uuid AND deleted_at IS NULL`;
  return rows.map(({ style }) => style);
}

/** The images among these that are the user's own photos, with their names. */
export async function listOwnPhotoIds(userId: string, imageIds: readonly string[]): Promise<string[]> {
  if (imageIds.length === 0) return [];
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM images
    WHERE id = ANY(${[...imageIds]}::uuid[]) AND user_id = ${userId}::uuid AND type = 'user'`;
  const own = new Set(rows.map(({ id }) => id));
  return imageIds.filter((id) => own.has(id));
}

/** The photo of the user's newest conversion that has one still; null when there is none. */
export async function findLastPhotoId(userId: string): Promise<string | null> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT c.source_image_id AS id FROM user_conversions c
    WHERE c.user_id = ${userId}::uuid AND c.deleted_at IS NULL
      AND c.source_image_id IS NOT NULL AND c.status <> 'failed'
    ORDER BY c.created_at DESC, c.id DESC LIMIT 1`;
  return rows[0]?.id ?? null;
}

export type ReferenceOf = { reference: string; shades: LookShades | null; taps: Tap[] | null };

/**
 * The vendor's image that one of the owner's conversions took its look from, with what its owner chose; null when it is
 * gone.
 */
export async function findReferenceOf(userId: string, id: string): Promise<ReferenceOf | null> {
  const rows = await db().$queryRaw<ReferenceOf[]>`
    SELECT style_image_id AS reference, look -> 'shades' AS shades, look -> 'taps' AS taps FROM user_conversions
    WHERE id = ${id}::uuid AND user_id = ${userId}::uuid AND deleted_at IS NULL AND style_image_id IS NOT NULL`;
  return rows[0] ?? null;
}

/** The picture of one of the owner's finished conversions, locked with it; null when there is none. */
export async function lockConversion(
  tx: Tx,
  userId: string,
  id: string,
): Promise<{ status: ConversionRow['status']; resultImageId: string | null } | null> {
  const rows = await tx.$queryRaw<{ status: ConversionRow['status']; resultImageId: string | null }[]>`
    SELECT status, result_image_id AS "resultImageId" FROM user_conversions
    WHERE id = ${id}::uuid AND user_id = ${userId}::uuid AND deleted_at IS NULL
    FOR NO KEY UPDATE`;
  return rows[0] ?? null;
}
