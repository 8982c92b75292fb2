import { cookies, headers } from 'next/headers';
import type { AccountKind } from '#lib/core/actor.ts';
import { clientAddress } from '#lib/rate-limit/client-address.ts';
import { hashBrowser, newBrowserSecret } from '../code/codes.ts';
import {
  browserCookieName,
  browserCookieSeconds,
  cookieOptions,
  knownCookieName,
  knownCookieSeconds,
  sessionCookieName,
  sessionCookieSeconds,
} from '../session/cookies.ts';
import { rememberAccount } from '../session/known-browser.ts';
import type { Device } from '../session/open-session.ts';
import { openClaims, type SessionClaims, sealClaims } from '../session/session-token.ts';

/** What a server action or a page knows of its request, and what it may leave in the browser. */

/** Where a request comes from, by its headers. */
export function deviceOf(sent: Headers): Device {
  return { address: clientAddress(sent), userAgent: sent.get('user-agent') };
}

/** Where the request comes from. */
export async function currentDevice(): Promise<Device> {
  return deviceOf(await headers());
}

/** The sealed session cookie of an account kind. */
export async function sessionCookie(kind: AccountKind): Promise<string | undefined> {
  return (await cookies()).get(sessionCookieName(kind))?.value;
}

/** What the session cookie says, without asking whether the session still lives. */
export async function sessionClaims(kind: AccountKind): Promise<SessionClaims | null> {
  return openClaims(kind, await sessionCookie(kind));
}

/** Leaves a session in the browser, and what it is known by when that has ended. */
export async function writeSessionCookie(claims: SessionClaims): Promise<void> {
  await writeKnownCookie(claims.realm, claims.sub);
  const options = { ...cookieOptions(), maxAge: sessionCookieSeconds };
  (await cookies()).set(sessionCookieName(claims.realm), await sealClaims(claims), options);
}

/** Takes the session out of the browser. */
export async function clearSessionCookie(kind: AccountKind): Promise<void> {
  (await cookies()).set(sessionCookieName(kind), '', { ...cookieOptions(), maxAge: 0 });
}

/** The cookie of the accounts that were signed in to in this browser. */
export async function knownCookie(): Promise<string | undefined> {
  return (await cookies()).get(knownCookieName())?.value;
}

/** Remembers in the browser that it was signed in to this account. */
export async function writeKnownCookie(kind: AccountKind, accountId: string): Promise<void> {
  const value = rememberAccount(await knownCookie(), { kind, accountId });
  (await cookies()).set(knownCookieName(), value, { ...cookieOptions(), maxAge: knownCookieSeconds });
}

/** The mark of this browser as codes are bound to it; null when it has none. */
export async function knownBrowser(): Promise<string | null> {
  const secret = (await cookies()).get(browserCookieName())?.value;
  return secret ? hashBrowser(secret) : null;
}

/** The mark of this browser; one is left in it if there was none. */
export async function markedBrowser(): Promise<string> {
  const jar = await cookies();
  const secret = jar.get(browserCookieName())?.value ?? newBrowserSecret();
  jar.set(browserCookieName(), secret, { ...cookieOptions(), maxAge: browserCookieSeconds });
  return hashBrowser(secret);
}
