import { db } from '#lib/db/client.ts';
import type { ConversionRow } from './store.ts';

/** Where a page of the history ends: the last row's time, to the microsecond as the database has it, and its id. */
export type Cursor = { at: string; id: string };

/** The owner's conversion with its place in the queue, or null. */
export async function findConversionRow(userId: string, id: string): Promise<ConversionRow | null> {
  const rows = await db().$queryRaw<ConversionRow[]>`
    SELECT c.id, c.status, c.stage, c.style_name AS "styleName", c.failure_code AS "failureCode",
      c.charge_returned_at IS NOT NULL AS "chargeReturned", c.created_at AS "createdAt", c.completed_at AS "completedAt",
      c.source_image_id AS "sourceImageId", c.result_image_id AS "resultImageId",
      CASE WHEN c.status = 'pending' THEN (
        SELECT count(*)::int FROM user_conversions ahead
        WHERE ahead.status = 'pending' AND (ahead.created_at, ahead.id) <= (c.created_at, c.id)
      ) END AS "queuePosition"
    FROM user_conversions c
    WHERE c.id = ${id}::uuid AND c.user_id = ${userId}::uuid AND c.deleted_at IS NULL`;
  return rows[0] ?? null;
}

/** The owner's conversions, newest first, after the cursor. */
export async function listConversionRows(
  userId: string,
  after: Cursor | null,
  limit: number,
): Promise<(ConversionRow & { at: string })[]> {
  return db().$queryRaw<(ConversionRow & { at: string })[]>`
    SELECT id, status, stage, style_name AS "styleName", failure_code AS "failureCode",
      charge_returned_at IS NOT NULL AS "chargeReturned", created_at AS "createdAt", completed_at AS "completedAt",
      source_image_id AS "sourceImageId", result_image_id AS "resultImageId", NULL::int AS "queuePosition", created_at::text AS at
    FROM user_conversions
    WHERE user_id = ${userId}::uuid AND deleted_at IS NULL
      AND (created_at, id) < (${after?.at ?? 'infinity'}::timestamptz, ${after?.id ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff'}::uuid)
    ORDER BY created_at DESC, id DESC
    LIMIT ${limit}`;
}
