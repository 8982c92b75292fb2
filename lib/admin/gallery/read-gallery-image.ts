import { fail, type Result } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { readVariant } from '#lib/files/image/read-image.ts';
import { isGalleryImage } from './store.ts';

/** An image of a vendor's gallery for a moderator's eyes, shown or not. A user's photo or result is not found. */
export async function readGalleryImage(imageId: string): Promise<Result<Buffer>> {
  return (await isGalleryImage(db(), imageId))
    ? readVariant(imageId, 'w640')
    : fail('notFound', `no image ${imageId} of a vendor`);
}
