import { fail, type Result, succeed } from '#lib/core/result.ts';
import type { VariantName } from '../policy.ts';
import { fileStore } from '../storage/open-store.ts';
import { findFileIdOf } from './store.ts';

/** One kept size of an image. Whether the caller may have it was decided before. */
export async function readVariant(imageId: string, variant: VariantName): Promise<Result<Buffer>> {
  const fileId = await findFileIdOf(imageId);
  if (!fileId) return fail('notFound', `image ${imageId} has no stored file`);
  const bytes = await fileStore().read(fileId, variant);
  return bytes ? succeed(bytes) : fail('file.damaged', `stored file ${fileId} is gone`);
}

/** The kept original of an image, for the worker. Whether the caller may have it was decided before. */
export function readOriginal(imageId: string): Promise<Result<Buffer>> {
  return readVariant(imageId, 'original');
}
