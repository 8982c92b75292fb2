import { createHash, createHmac, randomBytes } from 'node:crypto';
import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import type { AccountKind } from '#lib/core/actor.ts';
import { deriveKey } from '#lib/core/secrets.ts';
import { accessMinutes } from '../policy.ts';
import { sessionCookieSeconds } from './cookies.ts';

/** What a session cookie says. The `sessions` row decides; this only names it. */
export type SessionClaims = {
  /** The account. */
  readonly sub: string;
  readonly realm: AccountKind;
  readonly sid: string;
  /** Which rotation of the session this is. */
  readonly gen: number;
  /** Proof that this rotation was issued by us for this session. */
  readonly rt: string;
  /** When the cookie is to be exchanged for the next one, in epoch seconds. */
  readonly ax: number;
};

const claims = z.object({
  sub: z.uuid(),
  realm: z.enum(['user', 'vendor']),
  sid: z.uuid(),
  gen: z.number().int().min(0),
  rt: z.string().min(1),
  ax: z.number(),
});

/** The secret of one account kind's cookies; a cookie of the other kind does not open under it. */
export function realmSecret(kind: AccountKind): string {
  return deriveKey(`session.${kind}`).toString('base64url');
}

/** A salt for a new session: the tokens of one session say nothing about those of another. */
export function newTokenSalt(): string {
  return randomBytes(16).toString('base64url');
}

/** The token of one rotation. It can be computed again, so that every tab that asks gets the same one. */
export function refreshToken(sessionId: string, generation: number, salt: string): string {
  return createHmac('sha256', deriveKey('session.refresh'))
    .update(`${sessionId}|${generation}|${salt}`)
    .digest('base64url');
}

/** What the database keeps of a token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** When a cookie that is made now should be exchanged. */
export function accessEnd(): number {
  return Math.floor(Date.now() / 1000) + accessMinutes * 60;
}

/** Encrypts claims into a cookie value that next-auth reads as its own. */
export async function sealClaims(token: SessionClaims): Promise<string> {
  return encode({ token, secret: realmSecret(token.realm), maxAge: sessionCookieSeconds });
}

/** Reads a cookie value; null for anything that we did not seal for this account kind, or that has lapsed. */
export async function openClaims(kind: AccountKind, raw: string | undefined): Promise<SessionClaims | null> {
  if (!raw || raw.length > 4096) return null;
  try {
    const parsed = claims.safeParse(await decode({ token: raw, secret: realmSecret(kind) }));
    return parsed.success && parsed.data.realm === kind ? parsed.data : null;
  } catch {
    return null;
  }
}
