import { succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { eraseFilesOf } from '#lib/files/image/erase-files.ts';
import { deleteUserRow } from './store.ts';

/**
 * Removes an account that the program made for itself, with every file and row of it. An account of a person
 * is never removed this way: its payments need their owner.
 */
export async function discardUser(userId: string): Promise<void> {
  await eraseFilesOf({ userId });
  await transact(async (tx) => {
    await deleteUserRow(tx, userId);
    return succeed(null);
  });
}
