import { fail, type Result, succeed } from '#lib/core/result.ts';
import { fileStore } from './open-store.ts';
import { findFileIdOf } from './store.ts';

/** The kept original of an image, for the worker. Whether the caller may have it was decided before. */
export async function readOriginal(imageId: string): Promise<Result<Buffer>> {
  const fileId = await findFileIdOf(imageId);
  if (!fileId) return fail('notFound', `image ${imageId} has no stored file`);
  const bytes = await fileStore().read(fileId, 'original');
  return bytes ? succeed(bytes) : fail('file.damaged', `stored file ${fileId} is gone`);
}
