import type { AccountKind } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';

/**
 * Deletes the row of an account of either kind that never paid; the schema's cascades take everything that is only its own.
 */
export async function deleteAccountRow(tx: Tx, accountId: string): Promise<void> {
  await tx.$executeRaw`SELECT discard_account(${accountId}::uuid)`;
}

/** What an account says of itself. */
export type Profile = {
  readonly name: string | null;
  readonly bio: string | null;
  readonly avatarUrl: string | null;
};

export async function findUserProfile(tx: Tx, userId: string): Promise<Profile | null> {
  return tx.user.findUnique({ where: { id: userId }, select: { name: true, bio: true, avatarUrl: true } });
}

/** The same of a vendor, whose name is that of the business. */
export async function findVendorProfile(tx: Tx, vendorId: string): Promise<Profile | null> {
  const row = await tx.vendor.findUnique({
    where: { id: vendorId },
    select: { businessName: true, bio: true, avatarUrl: true },
  });
  return row && { name: row.businessName, bio: row.bio, avatarUrl: row.avatarUrl };
}

/** False when the account is gone or suspended. */
export async function updateUserRow(
  tx: Tx,
  userId: string,
  profile: { name: string | null; bio: string | null },
): Promise<boolean> {
  return (await tx.user.updateMany({ where: { id: userId, isActive: true }, data: profile })).count === 1;
}

/**
 * Erases an account by the database's own function, which says what goes and what stays. Answers the ids of
 * the stored files whose rows went.
 */
export async function eraseAccount(
  tx: Tx,
  kind: AccountKind,
  accountId: string,
  phoneHash: string,
): Promise<string[]> {
  const rows =
    kind === 'user'
      ? await tx.$queryRaw<{ id: string }[]>`SELECT erase_user(${accountId}::uuid, ${phoneHash}) AS id`
      : await tx.$queryRaw<{ id: string }[]>`SELECT erase_vendor(${accountId}::uuid, ${phoneHash}) AS id`;
  return rows.map(({ id }) => id);
}
