import { recordEvent } from '#lib/audit/record-event.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { revokeLinkRow } from './store.ts';

/** Ends a link at once, page and picture. Fails with `notFound` when it is not the actor's or has been ended. */
export async function revokeResultLink(actor: UserActor, id: string): Promise<Result<null>> {
  return transact(async (tx) => {
    const conversionId = await revokeLinkRow(tx, actor.userId, id);
    if (!conversionId) return fail('notFound', `link ${id} is not an open one of user ${actor.userId}`);
    await recordEvent(tx, actor, 'link.revoke', {
      resource: 'conversion',
      resourceId: conversionId,
      metadata: { linkId: id },
    });
    return succeed(null);
  });
}
