import { fileStore } from '../storage/open-store.ts';
import { findFileIdOf, listFileIdsOf, type Owner } from './store.ts';

/** The bytes of one image, every size. Its rows are the caller's. */
export async function eraseImageFiles(imageId: string): Promise<void> {
  const fileId = await findFileIdOf(imageId);
  if (fileId) await fileStore().remove(fileId);
}

/** The bytes of everything an account has; also of a fresh account that a script made for one conversion. */
export async function eraseFilesOf(owner: Owner): Promise<void> {
  for (const fileId of await listFileIdsOf(owner)) await fileStore().remove(fileId);
}

/** Removes stored files whose rows are gone already; answers how many could not be removed now. */
export async function removeFiles(fileIds: readonly string[]): Promise<number> {
  const store = fileStore();
  let left = 0;
  for (const fileId of fileIds) {
    await store.remove(fileId).catch(() => {
      left += 1;
    });
  }
  return left;
}
