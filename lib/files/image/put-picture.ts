import type { Result } from '#lib/core/result.ts';
import type { PreparedPicture } from '../picture/make-variants.ts';
import { type FirstVariantName, firstVariants } from '../policy.ts';
import type { FileAccess, FileStore } from '../storage/file-store.ts';

/** Stores every first size of a picture, or none. */
export async function putPicture(
  store: FileStore,
  fileId: string,
  picture: PreparedPicture,
  access: FileAccess,
): Promise<Result<void>> {
  const sizes = Object.fromEntries(
    firstVariants.map((name) => [name, picture.variants[name].bytes]),
  ) as Record<FirstVariantName, Buffer>;
  try {
    const put = await store.put(fileId, sizes, access);
    if (!put.ok) await store.remove(fileId);
    return put;
  } catch (error) {
    await store.remove(fileId);
    throw error;
  }
}
