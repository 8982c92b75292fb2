import { recordEvent } from '#lib/audit/record-event.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { deleteResultRow } from '#lib/files/result/store.ts';
import { commitFiles } from '#lib/files/storage/commit-files.ts';
import { lockConversion } from '../read-store.ts';
import { emptyConversion } from './store.ts';

/**
 * Deletes a conversion that has ended: its picture in every size, title, mark and links. The photo it was made
 * from stays, and so does the charge. Fails with `state.illegal` while it waits or runs.
 */
export async function deleteConversion(actor: UserActor, id: string): Promise<Result<null>> {
  return commitFiles(async (tx) => {
    const row = await lockConversion(tx, actor.userId, id);
    if (!row) return fail('notFound', `conversion ${id} is not one of user ${actor.userId}`);
    if (!(await emptyConversion(tx, actor.userId, id))) {
      return fail('state.illegal', `conversion ${id} is ${row.status}`);
    }
    const result = row.resultImageId && (await deleteResultRow(tx, actor.userId, row.resultImageId));
    await recordEvent(tx, actor, 'conversion.delete', { resource: 'conversion', resourceId: id });
    return succeed({ value: null, gone: [result ? result.fileId : null] });
  });
}
