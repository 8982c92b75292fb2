import { createHmac, timingSafeEqual } from 'node:crypto';
import { cookieOptions } from '#lib/auth/session/cookies.ts';
import { deriveKey } from '#lib/core/secrets.ts';
import type { LinkKind } from './link-token.ts';

/** The link that a password opened in this browser. */
export type LockedLink = { readonly kind: LinkKind; readonly id: string; readonly passwordHash: string };

/** How long a browser may look before it is asked again. */
export const unlockSeconds = 12 * 60 * 60;

/** One cookie a link; the name says nothing of the address. */
export function unlockCookieName(link: Pick<LockedLink, 'kind' | 'id'>): string {
  // `__Host-` is refused by browsers where there is no TLS.
  return `${cookieOptions().secure ? '__Host-' : ''}ai-stayler.open-${link.kind}-${link.id}`;
}

export function unlockCookieOptions() {
  return { ...cookieOptions(), maxAge: unlockSeconds };
}

/** What the cookie holds after the right password: until when, and our signature over link, password and that. */
export function sealUnlock(link: LockedLink, now: number = Date.now()): string {
  const until = now + unlockSeconds * 1000;
  return `${until}.${sign(link, until)}`;
}

/** Whether a browser's cookie opens the link still. Another password, or another link, closes it. */
export function isUnlocked(link: LockedLink, cookie: string | undefined, now: number = Date.now()): boolean {
  const [until = '', signature = ''] = (cookie ?? '').split('.');
  const time = Number(until);
  if (!Number.isSafeInteger(time) || time <= now || time > now + unlockSeconds * 1000) return false;
  const [given, right] = [Buffer.from(signature), Buffer.from(sign(link, time))];
  return given.length === right.length && timingSafeEqual(given, right);
}

function sign({ kind, id, passwordHash }: LockedLink, until: number): string {
  return createHmac('sha256', deriveKey('sharing.unlock'))
    .update(`${kind}|${id}|${passwordHash}|${until}`)
    .digest('base64url');
}
