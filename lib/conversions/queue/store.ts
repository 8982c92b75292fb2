import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import { actAsSystem } from '#lib/db/walls/acting.ts';

/** The line in front of the workers. */

/**
 * Puts a new conversion into the shorter lane of its account. Exact while the caller holds the account's lock, as a charge
 * does. `turn` is smaller for those who are sooner. What is charged joins by `request_conversions` itself.
 */
export async function joinLine(tx: Tx, userId: string, id: string): Promise<{ lane: number; turn: number }> {
  const [row] = await tx.$queryRaw<{ lane: number; turn: number }[]>`
    UPDATE user_conversions SET lane = (
      SELECT (count(*) FILTER (WHERE c.lane = 1) < count(*) FILTER (WHERE c.lane = 0))::int FROM user_conversions c
      WHERE c.user_id = ${userId}::uuid AND c.status IN ('pending', 'processing') AND c.id <> ${id}::uuid)
    WHERE id = ${id}::uuid
    RETURNING lane::int AS lane, conversion_turn(created_at, conversion_type) AS turn`;
  if (!row) throw new Error(`conversion ${id} is not there`);
  return row;
}

/** Where a conversion stands: the lane of its account, and its turn among all. */
export type QueuePlace = { id: string; userId: string; lane: number; turn: number };

/** Conversions that wait or run while the queue holds nothing for them, those whose turn comes first before the others. */
export async function listJobless(tx: Tx, limit: number): Promise<QueuePlace[]> {
  return tx.$queryRaw<QueuePlace[]>`
    SELECT c.id::text, c.user_id::text AS "userId", c.lane::int AS lane,
      conversion_turn(c.created_at, c.conversion_type) AS turn
    FROM user_conversions c
    WHERE c.status IN ('pending', 'processing')
      AND NOT EXISTS (
        SELECT 1 FROM pgboss.job j
        WHERE j.name IN ('conversion.run', 'conversion.dead') AND j.state < 'completed'
          AND j.data ->> 'conversionId' = c.id::text)
    ORDER BY turn, c.id LIMIT ${limit}`;
}

/** How long the line is for an account that asks now. Times in milliseconds; `usualMs` is null before the first result. */
export type LineState = { ahead: number; running: number; usualMs: number | null };

/** An account behind more than this many is shown "many", not a number. */
const countedAtMost = 1000;

/** What stands before a conversion that would be asked for now. */
export async function readLine(isPaid: boolean): Promise<LineState> {
  const type = isPaid ? 'paid' : 'free';
  const rows = await actAsSystem(
    () => db().$queryRaw<[LineState]>`
    SELECT
      (SELECT count(*)::int FROM (
        SELECT 1 FROM user_conversions
        WHERE status = 'pending'
          AND conversion_turn(created_at, conversion_type) <= conversion_turn(clock_timestamp(), ${type})
        LIMIT ${countedAtMost}) waiting) AS ahead,
      (SELECT count(*)::int FROM user_conversions
        WHERE status = 'processing' AND first_claimed_at > now() - interval '10 minutes') AS running,
      (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY processing_time_ms)::int FROM (
        SELECT processing_time_ms FROM user_conversions
        WHERE status = 'completed' AND processing_time_ms IS NOT NULL
          AND created_at > now() - interval '7 days'
        ORDER BY created_at DESC, id DESC LIMIT 40) recent) AS "usualMs"`,
  );
  return rows[0];
}
