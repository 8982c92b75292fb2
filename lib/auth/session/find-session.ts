import type { AccountKind } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { openClaims } from './session-token.ts';
import { findLiveSession, type LiveSession, touchSession } from './store.ts';

/**
 * The session that a cookie names, if it may be used now: the row is asked every time, so that a session
 * revoked elsewhere or an account suspended a moment ago passes no door.
 */
export async function findSession(kind: AccountKind, raw: string | undefined): Promise<LiveSession | null> {
  const claims = await openClaims(kind, raw);
  if (!claims) return null;
  const session = await findLiveSession(db(), kind, claims.sid);
  if (!session || session.accountId !== claims.sub) return null;
  const isFirstUse = session.isFresh && claims.gen === session.generation;
  if (session.isStale || isFirstUse) await touchSession(db(), session.sessionId, claims.gen);
  return session;
}
