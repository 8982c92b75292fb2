import type { Client } from 'pg';
import type { Env } from '#lib/core/env/env.ts';
import { amber, type Check, green } from './finding.ts';

/** Whether what is kept for a time only is forgotten, and room is made for the days to come: both are the worker's. */
export async function checkHistory(client: Client, { auditDays }: Env): Promise<Check[]> {
  const { rows } = await client.query<{ hasRoom: boolean; stray: boolean; parts: number; overdue: number }>(
    `WITH parts AS (
       SELECT inhparent, relname, substring(pg_get_expr(relpartbound, c.oid) FROM 'TO \\(''(\\d{4}-\\d{2}-\\d{2})')::date AS ends
         FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
        WHERE inhparent IN ('gallery_seen'::regclass, 'gallery_days'::regclass)
     )
     SELECT (SELECT bool_and(coalesce(ends > visit_day() + 1, false))
               FROM (SELECT max(ends) AS ends FROM parts GROUP BY inhparent) p) AS "hasRoom",
            (SELECT count(*)::int FROM parts) AS parts,
            EXISTS (SELECT 1 FROM gallery_days WHERE day >= (
              SELECT max(ends) FROM parts WHERE inhparent = 'gallery_days'::regclass)) AS stray,
            coalesce(extract(epoch FROM now() - (SELECT min(created_at) FROM audit_logs)) / 86400 - $1, 0)::int AS overdue`,
    [auditDays],
  );
  const { hasRoom = false, stray = false, parts = 0, overdue = 0 } = rows[0] ?? {};
  const todo = 'Only a worker does it: see that one runs ("What is forgotten" in docs/operations.md).';
  return [
    hasRoom && !stray
      ? green(`${parts} partitions of visits, made ahead`)
      : amber('no partition is made for the visits of the days to come', todo),
    overdue > 1
      ? amber(`the audit log holds events ${overdue} days longer than AUDIT_DAYS (${auditDays})`, todo)
      : green(`the audit log is kept for ${auditDays} days`),
  ];
}
