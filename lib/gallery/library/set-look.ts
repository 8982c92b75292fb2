import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import type { LookKind, LookSettings } from '#lib/gallery/look/kinds.ts';
import { updateLook } from './store.ts';

/**
 * Says of several images what trying them on does; `settings` (where the cloth is, how wide, which shades) take the
 * place of what was said before, without them that stays. Conversions that were charged keep the look they were
 * charged for. `unsaidOnly` leaves pictures alone of which something was said. Fails with `notFound` when none of the
 * images is the actor's, or is left.
 */
export async function setLook(
  actor: VendorActor,
  look: {
    ids: readonly string[];
    kind: LookKind;
    settings?: LookSettings | undefined;
    unsaidOnly?: boolean | undefined;
  },
): Promise<Result<{ done: number }>> {
  return transact(async (tx) => {
    const done = await updateLook(tx, actor.vendorId, look);
    if (done === 0) return fail('notFound', `none of these images is one of vendor ${actor.vendorId}`);
    await recordEvent(tx, actor, 'image.update', {
      resource: 'image',
      metadata: { images: done, look: look.kind },
    });
    return succeed({ done });
  });
}
