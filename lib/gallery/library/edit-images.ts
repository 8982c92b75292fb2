import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { updateAltTexts, updateImageWords } from './store.ts';
import { updateTags } from './tags-store.ts';

/** Writes the words of one image: title, what it shows, tags; an empty text is none. */
export async function editImage(
  actor: VendorActor,
  { id, title, altText, tags }: { id: string; title: string; altText: string; tags: string[] },
): Promise<Result<null>> {
  return transact(async (tx) => {
    const words = { title: title || null, altText: altText || null, tags };
    if (!(await updateImageWords(tx, actor.vendorId, id, words))) {
      return fail('notFound', `image ${id} is not one of vendor ${actor.vendorId}`);
    }
    await recordEvent(tx, actor, 'image.update', { resource: 'image', resourceId: id });
    return succeed(null);
  });
}

/**
 * Says of several images what each of them shows; an empty text takes it back. Fails with `notFound` when none is the
 * actor's; those that are not stay as they are.
 */
export async function describeImages(
  actor: VendorActor,
  images: readonly { readonly id: string; readonly altText: string }[],
): Promise<Result<{ done: number }>> {
  return transact(async (tx) => {
    const done = await updateAltTexts(tx, actor.vendorId, images);
    if (done === 0) return fail('notFound', `none of these images is one of vendor ${actor.vendorId}`);
    await recordEvent(tx, actor, 'image.update', { resource: 'image', metadata: { images: done } });
    return succeed({ done });
  });
}

/** Gives several images the same tags, or takes tags off them; what they have besides stays. */
export async function tagImages(
  actor: VendorActor,
  { ids, add, remove }: { ids: readonly string[]; add: readonly string[]; remove: readonly string[] },
): Promise<Result<{ done: number }>> {
  return transact(async (tx) => {
    const done = await updateTags(tx, actor.vendorId, ids, { add, remove });
    if (done === 0) return fail('notFound', `none of these images is one of vendor ${actor.vendorId}`);
    await recordEvent(tx, actor, 'image.update', { resource: 'image', metadata: { images: done } });
    return succeed({ done });
  });
}
