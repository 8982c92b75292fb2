import type { Tx } from '#lib/db/transact.ts';
import { adminSessionMinutes } from '../policy.ts';

/** Whether a live session belongs to an administrator and began lately; null when it does not belong to one. */
export async function findAdminSession(
  tx: Tx,
  userId: string,
  sessionId: string,
): Promise<{ isFresh: boolean } | null> {
  const [row] = await tx.$queryRaw<{ isFresh: boolean }[]>`
    SELECT s.created_at > clock_timestamp() - make_interval(mins => ${adminSessionMinutes}::int) AS "isFresh"
    FROM admin_grants g JOIN sessions s ON s.user_id = g.user_id
    WHERE g.user_id = ${userId}::uuid AND s.id = ${sessionId}::uuid`;
  return row ?? null;
}
