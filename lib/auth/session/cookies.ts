import type { AccountKind } from '#lib/core/actor.ts';
import { env } from '#lib/core/env/env.ts';
import { sessionIdleDays } from '../policy.ts';

const day = 24 * 60 * 60;

function isSecure(): boolean {
  return env().nextauthUrl.startsWith('https://');
}

// No name may be the beginning of another: next-auth joins cookies that share one.
function cookieName(name: string): string {
  return `${isSecure() ? '__Host-' : ''}ai-stayler.${name}`;
}

/** The cookie that holds an account kind's session. */
export function sessionCookieName(kind: AccountKind): string {
  return cookieName(`${kind}-session`);
}

/** The cookies that next-auth needs besides, for one account kind. */
export function nextAuthCookieName(kind: AccountKind, part: 'csrf' | 'callback'): string {
  return cookieName(`${kind}-${part}`);
}

/** Marks the browser that asked for a code. */
export function browserCookieName(): string {
  return cookieName('browser');
}

/** Names the accounts that were signed in to in this browser, by our signatures. */
export function knownCookieName(): string {
  return cookieName('known');
}

/** Sent with a visitor's own navigation from elsewhere (the payment gateway's return), never with a foreign form. */
export function cookieOptions() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() } as const;
}

/** How long the browser keeps a session cookie that is not used. */
export const sessionCookieSeconds = sessionIdleDays * day;
export const browserCookieSeconds = day;
export const knownCookieSeconds = 365 * day;
