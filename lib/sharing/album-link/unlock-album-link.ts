import { fail, type Result, succeed } from '#lib/core/result.ts';
import { openLock } from '../open-lock.ts';
import type { LockedLink } from '../unlock-cookie.ts';
import { albumLockOf, findAlbumLink } from './find-album-link.ts';

/**
 * Whether a password opens an album's link; answers the lock for which a cookie is to be sealed, null for a link
 * without one. Every try is counted before the password is looked at. Fails with `notFound` for a link that does
 * not open, `rate.limited` after too many tries, `link.passwordWrong`.
 */
export async function unlockAlbumLink(
  { token, password }: { token: string; password: string },
  address: string,
): Promise<Result<LockedLink | null>> {
  const found = await findAlbumLink(token, () => undefined);
  if (!found) return fail('notFound', 'no album link of this token is alive');
  const lock = albumLockOf(found.link);
  if (!lock) return succeed(null);
  return openLock(lock, password, address);
}
