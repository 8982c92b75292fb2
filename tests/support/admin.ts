import type { AdminActor } from '#lib/core/actor.ts';
import type { TestDatabase } from '#scripts/rig/database.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { newUser } from './files.ts';

export const reason = 'asked for by phone';

/** Somebody who runs the place, who says why. */
export async function newAdmin(): Promise<AdminActor> {
  const { userId } = await newUser();
  await ownerDb().adminGrant.create({ data: { userId } });
  return { kind: 'admin', userId, sessionId: '00000000-0000-4000-8000-000000000000', reason };
}

/** Gives an administrator a second factor, and shows it in a session of theirs. */
export async function showFactor(
  database: TestDatabase,
  userId: string,
  sessionId: string | null,
): Promise<void> {
  await database.query(
    "INSERT INTO admin_factors (user_id, sealed_secret, confirmed_at) VALUES ($1, 'sealed', now())",
    [userId],
  );
  await database.query('UPDATE sessions SET factor_proved_at = now() WHERE id = $1', [sessionId]);
}

export type Told = { action: string; resourceId: string | null; metadata: Record<string, unknown> };

/** What an administrator's acts left in the audit log, in order. */
export function toldOf(database: TestDatabase, admin: AdminActor): Promise<Told[]> {
  return database.query<Told>(
    `SELECT action, resource_id AS "resourceId", metadata FROM audit_logs
     WHERE actor_type = 'admin' AND user_id = $1 ORDER BY created_at, id`,
    [admin.userId],
  );
}
