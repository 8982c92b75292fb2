import type { Tx } from '#lib/db/transact.ts';

/** Deletes the account's row; the schema's cascades take everything that is only its own. */
export async function deleteUserRow(tx: Tx, userId: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM users WHERE id = ${userId}::uuid`;
}
