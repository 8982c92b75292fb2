import type { AccountKind } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { runForAccount } from '#lib/db/connection-turns.ts';
import { transact } from '#lib/db/transact.ts';
import { sameHash } from '../code/codes.ts';
import { reuseGraceSeconds } from '../policy.ts';
import { endCopiedIn } from './end-copied-sessions.ts';
import { accessEnd, hashToken, refreshToken, type SessionClaims } from './session-token.ts';
import { advanceSession, lockSession } from './store.ts';

/**
 * Exchanges a session's token for the next one. Under the row's lock: the current token advances the
 * session; the one before it, from a tab that came late or an answer that was lost, gets the current one
 * again; anything else that we once issued is a copy in other hands, and ends the session for both.
 */
export function rotateSession(
  kind: AccountKind,
  claims: SessionClaims,
): Promise<Result<SessionClaims | null>> {
  return runForAccount(`${kind}|${claims.sub}`, () => rotate(kind, claims));
}

function rotate(kind: AccountKind, claims: SessionClaims): Promise<Result<SessionClaims | null>> {
  return transact<SessionClaims | null>(async (tx) => {
    const row = await lockSession(tx, kind, claims.sid, reuseGraceSeconds);
    if (!row?.isLive || row.accountId !== claims.sub) return succeed(null);
    // A forged or foreign token proves nothing about the session: it is refused and nothing else happens.
    if (!sameHash(claims.rt, refreshToken(claims.sid, claims.gen, row.tokenSalt))) return succeed(null);
    const issue = (gen: number): SessionClaims => ({
      ...claims,
      gen,
      rt: refreshToken(claims.sid, gen, row.tokenSalt),
      ax: accessEnd(),
    });
    if (claims.gen === row.generation && sameHash(hashToken(claims.rt), row.tokenHash)) {
      const next = issue(row.generation + 1);
      await advanceSession(tx, claims.sid, next.gen, hashToken(next.rt));
      return succeed(next);
    }
    if (claims.gen === row.generation - 1 && row.isGrace) return succeed(issue(row.generation));
    await endCopiedIn(tx, kind, claims, row.generation);
    return succeed(null);
  });
}
