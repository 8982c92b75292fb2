import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { updateTags } from './store.ts';

/** Gives several pictures the same tags, or takes tags off them; what they have besides stays. */
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
