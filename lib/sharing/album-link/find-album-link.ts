import { hashLinkToken, isLinkToken } from '../link-token.ts';
import { isUnlocked, type LockedLink, unlockCookieName } from '../unlock-cookie.ts';
import { findLiveAlbumLink, type LiveAlbumLink } from './store.ts';

/** A link that is alive, and whether this browser may look at what it opens. */
export type OpenedAlbum = { readonly link: LiveAlbumLink; readonly isOpen: boolean };

/** The locked side of a link with a password; null when it has none. */
export function albumLockOf({ id, passwordHash }: LiveAlbumLink): LockedLink | null {
  return passwordHash === null ? null : { kind: 'album', id, passwordHash };
}

/**
 * The album link of a token. Null for everything that does not open: a guess, an ended or revoked link, an album
 * that was deleted, a vendor who was suspended. `cookieOf` reads a cookie of the browser that asks.
 */
export async function findAlbumLink(
  token: string,
  cookieOf: (name: string) => string | undefined,
): Promise<OpenedAlbum | null> {
  const link = isLinkToken(token) ? await findLiveAlbumLink(hashLinkToken(token)) : null;
  if (!link) return null;
  const lock = albumLockOf(link);
  return { link, isOpen: lock === null || isUnlocked(lock, cookieOf(unlockCookieName(lock))) };
}
