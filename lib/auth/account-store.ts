import type { AccountKind } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';

/** Accounts of both kinds, as far as identity is concerned. */

export type AccountRow = {
  id: string;
  passwordHash: string;
  isActive: boolean;
  /** What its owner is told while it is suspended; null when nobody said. */
  suspendedFor: string | null;
  lastLoginAt: Date | null;
  createdAt: Date;
};

const identity = {
  id: true,
  passwordHash: true,
  isActive: true,
  suspendedFor: true,
  lastLoginAt: true,
  createdAt: true,
} as const;

/** The account of a kind that holds a phone number. */
export async function findAccountByPhone(
  tx: Tx,
  kind: AccountKind,
  phone: string,
): Promise<AccountRow | null> {
  return kind === 'user'
    ? tx.user.findUnique({ where: { phone }, select: identity })
    : tx.vendor.findUnique({ where: { phone }, select: identity });
}

/** An account that may act, with its number. */
export async function findAccountById(
  tx: Tx,
  kind: AccountKind,
  accountId: string,
): Promise<(AccountRow & { phone: string }) | null> {
  const wanted = { where: { id: accountId, isActive: true }, select: { ...identity, phone: true } };
  return kind === 'user' ? tx.user.findFirst(wanted) : tx.vendor.findFirst(wanted);
}

/** Waits for a transaction that gives this number to an account at the same moment, and makes later ones wait. */
async function lockNumber(tx: Tx, phone: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('phone:' || ${phone}, 0))`;
}

/**
 * Gives an account another number, if it still has the one that was proved and nobody of its kind has the new
 * one. Changes and sign-ups of the same number at once wait for each other.
 */
export async function updatePhone(
  tx: Tx,
  kind: AccountKind,
  change: { accountId: string; from: string; to: string },
): Promise<'changed' | 'taken' | 'gone'> {
  await lockNumber(tx, change.to);
  if (await findAccountByPhone(tx, kind, change.to)) return 'taken';
  const update = {
    where: { id: change.accountId, phone: change.from, isActive: true },
    data: { phone: change.to },
  };
  const { count } = kind === 'user' ? await tx.user.updateMany(update) : await tx.vendor.updateMany(update);
  return count === 1 ? 'changed' : 'gone';
}

export type NewAccount = { phone: string; passwordHash: string; name: string | null };

/** Adds an account whose phone was just proved; null when the number got one in the meantime. */
export async function insertAccount(tx: Tx, kind: AccountKind, account: NewAccount): Promise<string | null> {
  const { phone, passwordHash, name } = account;
  await lockNumber(tx, phone);
  // In SQL, because the client would write the counters' defaults too, which is not ours to do.
  const rows =
    kind === 'user'
      ? await tx.$queryRaw<{ id: string }[]>`
          INSERT INTO users (phone, password_hash, name, is_phone_verified)
          VALUES (${phone}, ${passwordHash}, ${name}, true) ON CONFLICT DO NOTHING RETURNING id::text`
      : await tx.$queryRaw<{ id: string }[]>`
          INSERT INTO vendors (phone, password_hash, business_name, is_phone_verified)
          VALUES (${phone}, ${passwordHash}, ${name ?? ''}, true) ON CONFLICT DO NOTHING RETURNING id::text`;
  return rows[0]?.id ?? null;
}

/** How many free conversions or images an earlier account of this phone, now deleted, had used. */
export async function findFreeUsed(tx: Tx, kind: AccountKind, phoneHash: string): Promise<number> {
  const stone = await tx.phoneTombstone.findUnique({
    where: { phoneHash_accountType: { phoneHash, accountType: kind } },
    select: { freeUsed: true },
  });
  return stone?.freeUsed ?? 0;
}

/** Takes off what an earlier account of the same phone has used already. */
export async function insertNegativeGrant(
  tx: Tx,
  kind: AccountKind,
  accountId: string,
  used: number,
): Promise<void> {
  const isUser = kind === 'user';
  await tx.$executeRaw`
    INSERT INTO quota_grants (user_id, vendor_id, resource, amount, reason)
    VALUES (${isUser ? accountId : null}::uuid, ${isUser ? null : accountId}::uuid,
      ${isUser ? 'conversions' : 'images'}, ${-used}::int, 'earlier account of this phone')`;
}

/** Sets a new password hash; false when the account is gone or suspended. */
export async function updatePassword(
  tx: Tx,
  kind: AccountKind,
  accountId: string,
  passwordHash: string,
): Promise<boolean> {
  const change = { where: { id: accountId, isActive: true }, data: { passwordHash } };
  const { count } = kind === 'user' ? await tx.user.updateMany(change) : await tx.vendor.updateMany(change);
  return count === 1;
}

/** Notes a sign-in. */
export async function updateLastLogin(tx: Tx, kind: AccountKind, accountId: string): Promise<void> {
  if (kind === 'user') {
    await tx.$executeRaw`UPDATE users SET last_login_at = clock_timestamp() WHERE id = ${accountId}::uuid`;
  } else {
    await tx.$executeRaw`UPDATE vendors SET last_login_at = clock_timestamp() WHERE id = ${accountId}::uuid`;
  }
}
