import { succeed } from '#lib/core/result.ts';
import { listFileIdsOf } from '#lib/files/image/store.ts';
import { commitFiles } from '#lib/files/storage/commit-files.ts';
import { deleteAccountRow } from './store.ts';

/**
 * Removes an account that the program made for itself, with every file and row of it. An account of a person
 * is never removed this way: its payments need their owner.
 */
export async function discardUser(userId: string): Promise<void> {
  await commitFiles(async (tx) => {
    const gone = await listFileIdsOf({ userId }, tx);
    await deleteAccountRow(tx, userId);
    return succeed({ value: null, gone });
  });
}

/** The same for a vendor that the program made for itself. */
export async function discardVendor(vendorId: string): Promise<void> {
  await commitFiles(async (tx) => {
    const gone = await listFileIdsOf({ vendorId }, tx);
    await deleteAccountRow(tx, vendorId);
    return succeed({ value: null, gone });
  });
}
