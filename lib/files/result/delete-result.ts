import { log } from '#lib/core/log.ts';
import type { Tx } from '#lib/db/transact.ts';
import { fileStore } from '../storage/open-store.ts';
import { deleteResultRow } from './store.ts';

/** Removes the bytes of a result whose row has gone; call it after the commit. */
export type RemoveBytes = () => Promise<void>;

/**
 * Deletes the row of a user's result in the caller's transaction, and answers how to remove its bytes after
 * that has been committed. What the disk will not give up then is the sweep's.
 */
export async function deleteResult(tx: Tx, userId: string, imageId: string): Promise<RemoveBytes> {
  const deleted = await deleteResultRow(tx, userId, imageId);
  const fileId = deleted?.fileId;
  return async () => {
    if (!fileId) return;
    await fileStore()
      .remove(fileId)
      .catch((error: unknown) =>
        log.error({ err: error, imageId }, 'the files of a result were not removed'),
      );
  };
}
