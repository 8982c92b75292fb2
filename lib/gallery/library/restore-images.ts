import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { eachImage } from './each-image.ts';
import { takeOutOfTrash } from './trash-store.ts';
import type { BulkView } from './view.ts';

/** Takes pictures back out of the trash: unpublished, and where they stood in the albums that are still there. */
export async function restoreImages(actor: VendorActor, ids: readonly string[]): Promise<Result<BulkView>> {
  return eachImage(ids, (id) =>
    transact(async (tx) => {
      if (!(await takeOutOfTrash(tx, actor.vendorId, id)))
        return fail('notFound', `image ${id} is not in the trash`);
      await recordEvent(tx, actor, 'image.restore', { resource: 'image', resourceId: id });
      return succeed(null);
    }),
  );
}
