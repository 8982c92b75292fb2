import { log } from '#lib/core/log.ts';
import type { ExtraVariantName } from '../policy.ts';
import { removeUnnamed } from '../storage/commit-files.ts';
import { fileStore } from '../storage/open-store.ts';
import { addSizes } from './address-store.ts';
import { isFileKept } from './store.ts';

/**
 * Keeps another size of a private image beside those it has; it goes with them. Without room for it nothing is kept, and
 * the next who needs it makes it again.
 */
export async function keepSize(
  fileId: string,
  name: ExtraVariantName,
  { bytes, width, height }: { bytes: Buffer; width: number; height: number },
): Promise<void> {
  const put = await fileStore().put(fileId, { [name]: bytes }, 'private');
  if (!put.ok) {
    log.warn({ fileId, detail: put.detail }, 'no room for another size');
    return;
  }
  const added = await addSizes(fileId, { [name]: { bytes: bytes.length, width, height } });
  // Deleted while we worked: nobody will ask for this id again.
  if (!added) await removeUnnamed(fileId, isFileKept);
}
