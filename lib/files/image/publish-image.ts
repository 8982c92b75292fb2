import { recordEvent } from '#lib/audit/record-event.ts';
import type { Actor, VendorActor } from '#lib/core/actor.ts';
import { newRandomId } from '#lib/core/random-id.ts';
import { type Failure, fail, type Result, succeed } from '#lib/core/result.ts';
import { askBeforePublic } from '../moderation/ask-before-public.ts';
import { commitFiles, copyPicture } from '../storage/commit-files.ts';
import { fileStore } from '../storage/open-store.ts';
import { findOwnAddress, moveAddress } from './address-store.ts';
import { fileUrl } from './view.ts';

/** Lets everybody see a vendor's image, under a new address. */
export function publishImage(actor: VendorActor, imageId: string): Promise<Result<{ url: string }>> {
  return readdressImage(actor, imageId, 'public');
}

/** Takes a vendor's image back: copies that others keep under its old address lead nowhere. */
export function unpublishImage(actor: VendorActor, imageId: string): Promise<Result<{ url: string }>> {
  return readdressImage(actor, imageId, 'private');
}

/** Puts a vendor's image into the trash: nobody but the vendor sees it from then on, under any address. */
export function trashImage(actor: VendorActor, imageId: string): Promise<Result<{ url: string }>> {
  return readdressImage(actor, imageId, 'trash');
}

/** What becomes of an image: seen by everybody, by its owner alone, or by its owner in the trash. */
export type Visibility = 'public' | 'private' | 'trash';

const eventOf = { public: 'image.publish', private: 'image.unpublish', trash: 'image.trash' } as const;

/** Why an image that an administrator has not accepted cannot be shown. */
const held = { waiting: 'image.waiting', refused: 'image.refused' } as const;

/**
 * Opens or closes a vendor's image to everybody; some wait for a person before they open (`askBeforePublic`). Either
 * way it gets a new address: what was cached anywhere under the old one dies with it. On its way to the trash an image
 * that nobody else has seen keeps its own. The bytes are there under the new id before the row names it, and under the
 * old one until it does, so that the image is never without them.
 *
 * @param by Who does it, when that is not the vendor.
 */
export async function readdressImage(
  actor: VendorActor,
  imageId: string,
  standing: Visibility,
  by: Actor = actor,
): Promise<Result<{ url: string }>> {
  const isPublic = standing === 'public';
  const isTrashed = standing === 'trash';
  const was = await findOwnAddress(actor.vendorId, imageId);
  if (!was) return fail('notFound', `image ${imageId} is not one of vendor ${actor.vendorId}`);
  if (was.isPublic === isPublic && !isTrashed) return succeed({ url: fileUrl(was.fileId, 'original') });
  if (isPublic && was.moderation !== 'accepted') return fail(held[was.moderation], `image ${imageId}`);
  if (isPublic) {
    const asked = await askBeforePublic(actor.vendorId, imageId, () => fileStore().read(was.fileId, 'w640'));
    if (!asked.ok) return asked;
  }

  const fileId = was.isPublic || isPublic ? newRandomId() : was.fileId;
  const url = fileUrl(fileId, 'original');
  const isMoved = fileId !== was.fileId;
  if (isMoved) {
    const copied = await copyPicture(was, fileId, isPublic ? 'public' : 'private');
    if (!copied.ok) return overtaken(actor, imageId, was.fileId, copied);
  }
  return commitFiles<{ url: string }>(
    async (tx) => {
      const next = { fileId, isPublic, isTrashed, url, thumbUrl: fileUrl(fileId, 'w320') };
      if (!(await moveAddress(tx, imageId, was, next))) {
        return fail('state.illegal', `image ${imageId} changed meanwhile`);
      }
      await recordEvent(tx, by, eventOf[standing], {
        resource: 'image',
        resourceId: imageId,
      });
      return succeed({ value: { url }, gone: isMoved ? [was.fileId] : [] });
    },
    isMoved ? [fileId] : [],
  );
}

/** Bytes that were gone when they were to be copied: another change of the same image was quicker, or they are lost. */
async function overtaken(
  actor: VendorActor,
  imageId: string,
  fileId: string,
  failure: Failure,
): Promise<Failure> {
  const now = await findOwnAddress(actor.vendorId, imageId);
  return now && now.fileId !== fileId ? fail('state.illegal', `image ${imageId} changed meanwhile`) : failure;
}
