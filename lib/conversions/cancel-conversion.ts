import { recordEvent } from '#lib/audit/record-event.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { findConversion } from './find-conversion.ts';
import { cancelPending } from './store.ts';

/** Cancels a conversion that still waits; the charge comes back in the same transaction. */
export async function cancelConversion(actor: UserActor, id: string): Promise<Result<{ id: string }>> {
  return transact(async (tx) => {
    if (!(await cancelPending(tx, actor.userId, id))) {
      const found = await findConversion(actor, id);
      if (!found.ok) return found;
      return fail('state.illegal', `conversion ${id} of user ${actor.userId} is not waiting`);
    }
    await recordEvent(tx, actor, 'conversion.cancel', { resource: 'conversion', resourceId: id });
    return succeed({ id });
  });
}
