import { recordEvent } from '#lib/audit/record-event.ts';
import type { Actor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { commitFiles } from '../storage/commit-files.ts';
import { deleteOwnImage, type Owner } from './store.ts';

/** Why an image goes: its owner wants it, its time is over, its file was lost, or it lay in the trash. */
export type DeletionReason = 'owner' | 'life' | 'lost' | 'trash' | 'trashEnd';

/**
 * Deletes a photo of a user or an image of a vendor's gallery: its row, and with it every file. Conversions
 * that were made from it stay, without it. A vendor's free slot comes back. With a reason of the trash, only a
 * image that is still there is deleted.
 */
export async function deleteImage(
  owner: Owner,
  imageId: string,
  by: { actor: Actor; reason: DeletionReason },
): Promise<Result<null>> {
  const { actor, reason } = by;
  return commitFiles(async (tx) => {
    const image = await deleteOwnImage(tx, owner, imageId, reason.startsWith('trash'));
    if (!image) return fail('notFound', `image ${imageId} is not one of ${JSON.stringify(owner)}`);
    await recordEvent(tx, actor, 'image.delete', {
      resource: 'image',
      resourceId: imageId,
      metadata: { reason },
    });
    return succeed({ value: null, gone: image.fileIds });
  });
}
