import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { updateImageWords, updateTags } from './store.ts';

/** Titles and tags one image; an empty title is none. */
export async function editImage(
  actor: VendorActor,
  { id, title, tags }: { id: string; title: string; tags: string[] },
): Promise<Result<null>> {
  return transact(async (tx) => {
    if (!(await updateImageWords(tx, actor.vendorId, id, { title: title || null, tags }))) {
      return fail('notFound', `image ${id} is not one of vendor ${actor.vendorId}`);
    }
    await recordEvent(tx, actor, 'image.update', { resource: 'image', resourceId: id });
    return succeed(null);
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
