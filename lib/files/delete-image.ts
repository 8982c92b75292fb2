import { recordEvent } from '#lib/audit/record-event.ts';
import type { Actor } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { deleteOwnImage } from './image-store.ts';
import { fileStore } from './open-store.ts';
import type { Owner } from './store.ts';

/**
 * Deletes a photo of a user or a picture of a vendor's gallery: its row, and with it every file. Conversions
 * that were made from it stay, without it. A vendor's free slot comes back.
 */
export async function deleteImage(
  owner: Owner,
  imageId: string,
  by: { actor: Actor; reason: 'owner' | 'life' | 'lost' },
): Promise<Result<null>> {
  const { actor, reason } = by;
  const deleted = await transact(async (tx) => {
    const image = await deleteOwnImage(tx, owner, imageId);
    if (!image) return fail('notFound', `image ${imageId} is not one of ${JSON.stringify(owner)}`);
    await recordEvent(tx, actor, 'image.delete', {
      resource: 'image',
      resourceId: imageId,
      metadata: { reason },
    });
    return succeed(image);
  });
  if (!deleted.ok) return deleted;
  const { fileId } = deleted.value;
  // The row is gone for good: what the disk will not give up now is the sweep's.
  if (fileId) {
    await fileStore()
      .remove(fileId)
      .catch((error: unknown) =>
        log.error({ err: error, imageId }, 'the files of an image were not removed'),
      );
  }
  return succeed(null);
}
