import type { UserActor } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import type { AdminRole } from './policy.ts';
import { findAdminSession } from './store.ts';

/**
 * How far a session has come: `stale` signed in too long ago · `unenrolled` has no second factor yet · `unproved` has
 * not shown it in this session · `fresh` may act.
 */
type Standing = 'stale' | 'unenrolled' | 'unproved' | 'fresh';

export type AdminStanding = {
  readonly role: AdminRole;
  readonly standing: Standing;
  readonly freshSeconds: number;
};

/**
 * How a signed-in user stands towards administration; null for everybody else. The grant is asked every time, so
 * that one taken away opens nothing more; renewing a session does not make it younger, only signing in again does.
 */
export async function adminStanding({
  userId,
  sessionId,
}: Pick<UserActor, 'userId' | 'sessionId'>): Promise<AdminStanding | null> {
  const session = await findAdminSession(db(), userId, sessionId);
  if (!session) return null;
  const { role, freshSeconds, isEnrolled, isProved } = session;
  if (freshSeconds <= 0) return { role, freshSeconds, standing: 'stale' };
  if (!isEnrolled) return { role, freshSeconds, standing: 'unenrolled' };
  return { role, freshSeconds, standing: isProved ? 'fresh' : 'unproved' };
}
