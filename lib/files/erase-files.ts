import { fileStore } from './open-store.ts';
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
