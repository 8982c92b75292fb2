import type { NextRequest, NextResponse } from 'next/server';
import type { AccountKind } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import { renewBeforeSeconds } from '../policy.ts';
import { cookieOptions, sessionCookieName, sessionCookieSeconds } from './cookies.ts';
import { rotateSession } from './rotate-session.ts';
import { openClaims, type SessionClaims, sealClaims } from './session-token.ts';

const kinds: readonly AccountKind[] = ['user', 'vendor'];

async function tryToRotate(
  kind: AccountKind,
  claims: SessionClaims,
): Promise<SessionClaims | null | 'unknown'> {
  try {
    const room = await checkLimit('session.refresh', { session: claims.sid });
    if (!room.ok) return 'unknown';
    const rotated = await rotateSession(kind, claims);
    return rotated.ok ? rotated.value : 'unknown';
  } catch (error) {
    log.error({ err: error }, 'session could not be renewed');
    return 'unknown';
  }
}

/**
 * Exchanges the session cookies of a request that are due, so that what is behind the proxy sees the new
 * ones already. Answers with what leaves them in the browser too.
 */
export async function renewSessions(request: NextRequest): Promise<(answer: NextResponse) => void> {
  const changes: { name: string; value: string; maxAge: number }[] = [];
  for (const kind of kinds) {
    const name = sessionCookieName(kind);
    const raw = request.cookies.get(name)?.value;
    if (!raw) continue;
    const claims = await openClaims(kind, raw);
    if (claims && claims.ax - renewBeforeSeconds > Date.now() / 1000) continue;
    const rotated = claims && (await tryToRotate(kind, claims));
    // Not known whether it lives: the cookie stays, and opens what it may until it lapses.
    if (rotated === 'unknown') continue;
    if (rotated) {
      const value = await sealClaims(rotated);
      request.cookies.set(name, value);
      changes.push({ name, value, maxAge: sessionCookieSeconds });
    } else {
      request.cookies.delete(name);
      changes.push({ name, value: '', maxAge: 0 });
    }
  }
  return (answer) => {
    for (const { name, value, maxAge } of changes) {
      answer.cookies.set(name, value, { ...cookieOptions(), maxAge });
    }
  };
}
