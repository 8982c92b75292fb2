import type { Tx } from '#lib/db/transact.ts';

/** What a scrape reads: rows that are still open, through their partial indexes, and figures rolled up before. */

export type OpenFigures = {
  readonly pendingConversions: number;
  readonly processingConversions: number;
  readonly oldestPendingSeconds: number;
  readonly pendingPayments: number;
  readonly attention: number;
  readonly strays: number;
  readonly transfers: number;
  readonly openReports: number;
  readonly notices: number;
};

export async function readOpenFigures(tx: Tx): Promise<OpenFigures> {
  const [row] = await tx.$queryRaw<OpenFigures[]>`
    SELECT (SELECT count(*)::int FROM user_conversions WHERE status = 'pending') AS "pendingConversions",
      (SELECT count(*)::int FROM user_conversions WHERE status = 'processing') AS "processingConversions",
      (SELECT coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8
         FROM user_conversions WHERE status = 'pending') AS "oldestPendingSeconds",
      (SELECT count(*)::int FROM payments WHERE status = 'pending') AS "pendingPayments",
      (SELECT count(DISTINCT payment_id)::int FROM open_concerns) AS attention,
      (SELECT count(*)::int FROM stray_authorities WHERE dismissed_at IS NULL) AS strays,
      (SELECT count(*)::int FROM payment_refunds WHERE state <> 'completed' AND method = 'transfer') AS transfers,
      (SELECT count(*)::int FROM image_reports WHERE state = 'open') AS "openReports",
      (SELECT n_tup_ins::float8 FROM pg_stat_user_tables WHERE relname = 'notifications' AND schemaname = 'public') AS notices`;
  if (!row) throw new Error('no row of figures');
  return row;
}

export type QueueFigures = {
  readonly queue: string;
  readonly waiting: number;
  readonly active: number;
  readonly oldestSeconds: number;
};

/**
 * Jobs that wait, read from the index of those that do: it also tells the truth when no worker is left to look. Those
 * that run are counted by whichever worker supervises, every two seconds.
 */
export async function readQueueFigures(tx: Tx): Promise<QueueFigures[]> {
  return tx.$queryRaw<QueueFigures[]>`
    SELECT q.name AS queue, coalesce(j.waiting, 0) AS waiting, q.active_count::int AS active,
      greatest(coalesce(j.oldest, 0), 0)::float8 AS "oldestSeconds"
    FROM pgboss.queue q
    LEFT JOIN LATERAL (
      SELECT count(*)::int AS waiting,
        extract(epoch FROM clock_timestamp() - min(created_on) FILTER (WHERE start_after <= clock_timestamp())) AS oldest
      FROM pgboss.job WHERE name = q.name AND state < 'active' AND NOT blocked
    ) j ON true
    WHERE left(q.name, 2) <> '__'`;
}
