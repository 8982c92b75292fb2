import { recordEvent } from '#lib/audit/record-event.ts';
import { rerunConversion as rerun } from '#lib/conversions/rerun-conversion.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';

/**
 * Has what failed made again, once, at our expense: its owner was given the charge back and is not charged a second
 * time, not even when nothing is left to be charged. Fails like the use case of conversions.
 */
export async function rerunConversion(
  actor: AdminActor,
  { id }: { id: string },
): Promise<Result<{ id: string }>> {
  return transact(async (tx) => {
    const again = await rerun(tx, id);
    await recordEvent(tx, actor, 'conversion.rerun', {
      resource: 'conversion',
      resourceId: id,
      metadata: { again: again.id },
    });
    return succeed(again);
  });
}
