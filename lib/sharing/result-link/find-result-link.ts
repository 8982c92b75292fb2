import { hashLinkToken, isLinkToken } from '../link-token.ts';
import { isUnlocked, type LockedLink, unlockCookieName } from '../unlock-cookie.ts';
import { findLiveLink, type LiveLink } from './store.ts';

/** A link that is alive, and whether this browser may look at what it opens. */
export type OpenedResult = { readonly link: LiveLink; readonly isOpen: boolean };

/** The locked side of a link with a password; null when it has none. */
export function lockOf(link: LiveLink): LockedLink | null {
  const { id, passwordHash } = link;
  return passwordHash === null ? null : { kind: 'conversion', id, passwordHash };
}

/**
 * The link of a token. Null for everything that does not open: a guess, an ended or revoked link, a result
 * that was deleted. `cookieOf` reads a cookie of the browser that asks.
 */
export async function findResultLink(
  token: string,
  cookieOf: (name: string) => string | undefined,
): Promise<OpenedResult | null> {
  const link = isLinkToken(token) ? await findLiveLink(hashLinkToken(token)) : null;
  if (!link) return null;
  const lock = lockOf(link);
  return { link, isOpen: lock === null || isUnlocked(lock, cookieOf(unlockCookieName(lock))) };
}
