import { fail, type Result, succeed } from '#lib/core/result.ts';
import { takeLimit } from '#lib/rate-limit/check-limit.ts';
import { verifyLinkPassword } from './link-password.ts';
import type { LockedLink } from './unlock-cookie.ts';

/**
 * Whether a password opens a locked link. Every try is counted before the password is looked at, and given back when it was
 * right. Fails with `rate.limited` after too many tries, else with `link.passwordWrong`.
 */
export async function openLock(
  lock: LockedLink,
  password: string,
  address: string,
): Promise<Result<LockedLink>> {
  const room = await takeLimit('link.unlock', { address, link: lock.id });
  if (!room.ok) return room;
  const right = await verifyLinkPassword(password, lock.passwordHash, address);
  if (!right.ok || right.value) await room.value.giveBack();
  if (!right.ok) return right;
  if (right.value) return succeed(lock);
  const fields = { password: 'errors.link.passwordWrong' };
  return fail('link.passwordWrong', `a wrong password for link ${lock.id}`, { fields });
}
