import { fail, type Result, succeed } from '#lib/core/result.ts';
import { openLock } from '../open-lock.ts';
import type { LockedLink } from '../unlock-cookie.ts';
import { findResultLink, lockOf } from './find-result-link.ts';

/**
 * Whether a password opens a link; answers the lock for which a cookie is to be sealed, null for a link
 * without one. Every try is counted before the password is looked at. Fails with `notFound` for a link that
 * does not open, `rate.limited` after too many tries, `link.passwordWrong`.
 */
export async function unlockResultLink(
  { token, password }: { token: string; password: string },
  address: string,
): Promise<Result<LockedLink | null>> {
  const share = await findResultLink(token, () => undefined);
  if (!share) return fail('notFound', 'no link of this token is alive');
  const lock = lockOf(share.link);
  if (!lock) return succeed(null);
  return openLock(lock, password, address);
}
