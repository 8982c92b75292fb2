import { recordEvent } from '#lib/audit/record-event.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { deleteResult, type RemoveBytes } from '#lib/files/result/delete-result.ts';
import { lockConversion } from '../read-store.ts';
import { emptyConversion } from './store.ts';

/**
 * Deletes a conversion that has ended: its picture in every size, title, mark and links. The photo it was made
 * from stays, and so does the charge. Fails with `state.illegal` while it waits or runs.
 */
export async function deleteConversion(actor: UserActor, id: string): Promise<Result<null>> {
  const deleted = await transact(async (tx) => {
    const row = await lockConversion(tx, actor.userId, id);
    if (!row) return fail('notFound', `conversion ${id} is not one of user ${actor.userId}`);
    if (!(await emptyConversion(tx, actor.userId, id))) {
      return fail('state.illegal', `conversion ${id} is ${row.status}`);
    }
    const nothing: RemoveBytes = async () => {};
    const removeBytes = row.resultImageId ? await deleteResult(tx, actor.userId, row.resultImageId) : nothing;
    await recordEvent(tx, actor, 'conversion.delete', { resource: 'conversion', resourceId: id });
    return succeed(removeBytes);
  });
  if (!deleted.ok) return deleted;
  await deleted.value();
  return succeed(null);
}
