import type { UserActor } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { findAdminSession } from './store.ts';

/** `none` not an administrator · `stale` one who signed in too long ago · `fresh` one who may act. */
export type AdminStanding = 'none' | 'stale' | 'fresh';

/**
 * How a signed-in user stands towards administration. The grant is asked every time, so that one taken away
 * opens nothing more; renewing a session does not make it younger, only signing in again does.
 */
export async function adminStanding({
  userId,
  sessionId,
}: Pick<UserActor, 'userId' | 'sessionId'>): Promise<AdminStanding> {
  const session = await findAdminSession(db(), userId, sessionId);
  if (!session) return 'none';
  return session.isFresh ? 'fresh' : 'stale';
}
