import type { Tx } from '#lib/db/transact.ts';
import { adminSessionMinutes } from '../policy.ts';
import type { AdminRole } from './policy.ts';

export type AdminSession = {
  readonly role: AdminRole;
  /** How long it is still lately enough; not above 0 when it is not. */
  readonly freshSeconds: number;
  readonly isEnrolled: boolean;
  readonly isProved: boolean;
};

/**
 * A live session of an administrator: whether it began lately, whether they have a second factor, and whether it was
 * shown in this session since; null when it belongs to no administrator.
 */
export async function findAdminSession(
  tx: Tx,
  userId: string,
  sessionId: string,
): Promise<AdminSession | null> {
  const [row] = await tx.$queryRaw<AdminSession[]>`
    SELECT g.role, 
      ceil(extract(epoch FROM s.created_at + make_interval(mins => ${adminSessionMinutes}::int) - clock_timestamp()))::int
        AS "freshSeconds",
      f.confirmed_at IS NOT NULL AS "isEnrolled", coalesce(s.factor_proved_at >= f.confirmed_at, false) AS "isProved"
    FROM admin_grants g JOIN sessions s ON s.user_id = g.user_id
      LEFT JOIN admin_factors f ON f.user_id = g.user_id
    WHERE g.user_id = ${userId}::uuid AND s.id = ${sessionId}::uuid`;
  return row ?? null;
}
