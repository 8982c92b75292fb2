import { fail, type Result, succeed } from '#lib/core/result.ts';
import { takeLimit } from '#lib/rate-limit/check-limit.ts';
import { verifyLinkPassword } from './link-password.ts';
import { hashLinkToken, isLinkToken, type LinkKind } from './link-token.ts';
import { isUnlocked, type LockedLink, unlockCookieName } from './unlock-cookie.ts';

/** Reads a cookie of the browser that asks. */
export type CookieOf = (name: string) => string | undefined;

/** A link that is alive, its lock when it has a password, and whether this browser may look at what it opens. */
export type OpenedLink<Link> = {
  readonly link: Link;
  readonly lock: LockedLink | null;
  readonly isOpen: boolean;
};

/**
 * The link of a token. Null for everything that does not open: a guess, an ended or revoked link, or one whose object
 * or maker is gone.
 *
 * @param find Finds the link that is alive by its token's hash.
 */
export async function openLink<Link extends { id: string; passwordHash: string | null }>(
  kind: LinkKind,
  find: (tokenHash: string) => Promise<Link | null>,
  token: string,
  cookieOf: CookieOf,
): Promise<OpenedLink<Link> | null> {
  const link = isLinkToken(token) ? await find(hashLinkToken(token)) : null;
  if (!link) return null;
  const { id, passwordHash } = link;
  const lock = passwordHash === null ? null : { kind, id, passwordHash };
  return { link, lock, isOpen: lock === null || isUnlocked(lock, cookieOf(unlockCookieName(lock))) };
}

/**
 * Whether a password opens a link; answers the lock for which a cookie is to be sealed, null for a link without one.
 * Every try is counted before the password is looked at, and given back when it was right. Fails with `notFound` for a
 * link that does not open, `rate.limited` after too many tries, else with `link.passwordWrong`.
 */
export async function unlockLink(
  found: OpenedLink<unknown> | null,
  password: string,
  address: string,
): Promise<Result<LockedLink | null>> {
  if (!found) return fail('notFound', 'no link of this token is alive');
  const { lock } = found;
  if (!lock) return succeed(null);
  const room = await takeLimit('link.unlock', { address, link: lock.id });
  if (!room.ok) return room;
  const right = await verifyLinkPassword(password, lock.passwordHash, address);
  if (!right.ok || right.value) await room.value.giveBack();
  if (!right.ok) return right;
  if (right.value) return succeed(lock);
  const fields = { password: 'errors.link.passwordWrong' };
  return fail('link.passwordWrong', `a wrong password for link ${lock.id}`, { fields });
}
