import type { AccountKind } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { actAlso, actFor } from '#lib/db/walls/acting.ts';
import { sameHash } from '../code/codes.ts';
import { reuseGraceSeconds } from '../policy.ts';
import { endCopied } from './end-copied-sessions.ts';
import { openClaims, refreshToken } from './session-token.ts';
import { findLiveSession, type LiveSession, touchSession } from './store.ts';

/**
 * The session that a cookie names, if it may be used now: the row is asked every time, so that a session
 * revoked elsewhere or an account suspended a moment ago passes no door. This is the rule itself and relies on
 * nobody before it: a cookie that has lapsed opens nothing even where nobody exchanged it, and one that a newer
 * one has replaced is a copy in other hands, which ends the session for both.
 */
export async function findSession(kind: AccountKind, raw: string | undefined): Promise<LiveSession | null> {
  const claims = await openClaims(kind, raw);
  if (!claims) return null;
  const session = await findLiveSession(kind, claims.sid, reuseGraceSeconds);
  if (!session || session.accountId !== claims.sub) return null;
  const { sessionId, generation, tokenSalt } = session;
  if (!sameHash(claims.rt, refreshToken(sessionId, claims.gen, tokenSalt))) return null;
  const isBefore = claims.gen === generation - 1 && session.isGrace;
  if (claims.gen !== generation && !isBefore) {
    await actFor(session.accountId, () => endCopied(kind, claims, generation));
    return null;
  }
  if (claims.ax <= Date.now() / 1000) return null;
  actAlso(session.accountId);
  const isFirstUse = session.isFresh && claims.gen === generation;
  if (session.isStale || isFirstUse) await touchSession(db(), sessionId, claims.gen);
  return session;
}
