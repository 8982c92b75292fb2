import { type Result, succeed } from '#lib/core/result.ts';
import type { FileStore } from './file-store.ts';
import type { PreparedPicture } from './make-variants.ts';
import { variantNames } from './policy.ts';

/** Stores every size of a picture, or none. */
export async function putPicture(
  store: FileStore,
  fileId: string,
  picture: PreparedPicture,
): Promise<Result<void>> {
  try {
    for (const name of variantNames) {
      const put = await store.put(fileId, name, picture.variants[name].bytes);
      if (put.ok) continue;
      await store.remove(fileId);
      return put;
    }
    return succeed(undefined);
  } catch (error) {
    await store.remove(fileId);
    throw error;
  }
}
