import type { NextRequest, NextResponse } from 'next/server';
import type { AccountKind } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import { renewBeforeSeconds } from '../policy.ts';
import { cookieOptions, sessionCookieName, sessionCookieSeconds } from '../session/cookies.ts';
import { rotateSession } from '../session/rotate-session.ts';
import { openClaims, type SessionClaims, sealClaims } from '../session/session-token.ts';
import { signOutCookieName } from '../session/sign-out-cookie.ts';
import { signOut } from '../sign-out.ts';

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

/** This browser is signed out, also when the session itself cannot be ended now. */
async function tryToEnd(kind: AccountKind, claims: SessionClaims): Promise<void> {
  await signOut(kind, claims).catch((error: unknown) =>
    log.error({ err: error }, 'a session was left and could not be ended'),
  );
}

/**
 * Exchanges the session cookies of a request that are due, so that what is behind the proxy sees the new
 * ones already. A browser that wanted to sign out while the site could not be reached is signed out first.
 * Answers with what leaves all that in the browser too.
 */
export async function renewSessions(request: NextRequest): Promise<(answer: NextResponse) => void> {
  const changes: { name: string; value: string; maxAge: number }[] = [];
  for (const kind of kinds) {
    const name = sessionCookieName(kind);
    const raw = request.cookies.get(name)?.value;
    if (!raw) continue;
    const claims = await openClaims(kind, raw);
    if (request.cookies.has(signOutCookieName(kind))) {
      if (claims) await tryToEnd(kind, claims);
      request.cookies.delete(name);
      changes.push({ name, value: '', maxAge: 0 });
      continue;
    }
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
  const left = kinds.map(signOutCookieName).filter((name) => request.cookies.has(name));
  return (answer) => {
    for (const name of left) answer.cookies.set(name, '', { path: '/', maxAge: 0 });
    for (const { name, value, maxAge } of changes) {
      answer.cookies.set(name, value, { ...cookieOptions(), maxAge });
    }
  };
}
