import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { newRandomId } from '#lib/core/random-id.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { findOwnAddress, moveAddress } from './image-store.ts';
import { fileStore } from './open-store.ts';
import { fileUrl } from './view.ts';

/**
 * Opens or closes a vendor's picture to everybody. Either way it gets a new address: what was cached anywhere
 * under the old one dies with it. The bytes are there under the new id before the row names it, and under the
 * old one until it does, so that the picture is never without them.
 */
export async function readdressImage(
  actor: VendorActor,
  imageId: string,
  isPublic: boolean,
): Promise<Result<{ url: string }>> {
  const was = await findOwnAddress(actor.vendorId, imageId);
  if (!was) return fail('notFound', `image ${imageId} is not one of vendor ${actor.vendorId}`);
  if (was.isPublic === isPublic) return succeed({ url: fileUrl(was.fileId, 'original') });

  const store = fileStore();
  const fileId = newRandomId();
  const url = fileUrl(fileId, 'original');
  let moved = false;
  try {
    const copied = await store.copy(was.fileId, fileId, was.sizes, isPublic ? 'public' : 'private');
    if (!copied.ok) return copied;
    const result = await transact<{ url: string }>(async (tx) => {
      const next = { fileId, isPublic, url, thumbUrl: fileUrl(fileId, 'w320') };
      if (!(await moveAddress(tx, imageId, was, next))) {
        return fail('state.illegal', `image ${imageId} changed meanwhile`);
      }
      await recordEvent(tx, actor, isPublic ? 'image.publish' : 'image.unpublish', {
        resource: 'image',
        resourceId: imageId,
      });
      return succeed({ url });
    });
    moved = result.ok;
    return result;
  } finally {
    // What cannot be removed now has no row any more, and the sweep takes it.
    await store
      .remove(moved ? was.fileId : fileId)
      .catch((error: unknown) => log.error({ err: error, imageId }, 'a former file was not removed'));
  }
}
