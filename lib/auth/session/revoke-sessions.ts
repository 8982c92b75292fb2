import { recordEvent } from '#lib/audit/record-event.ts';
import type { AccountActor } from '#lib/core/actor.ts';
import { accountOf } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { revokeSessionRow, revokeSessionRows } from './store.ts';

/** Ends one session of one's own. Somebody else's is not found. */
export async function revokeSession(actor: AccountActor, sessionId: string): Promise<Result<null>> {
  const { kind, accountId } = accountOf(actor);
  return transact(async (tx) => {
    if (!(await revokeSessionRow(tx, kind, accountId, sessionId))) {
      return fail('notFound', 'no such live session of this account');
    }
    await recordEvent(tx, actor, 'session.revoke', {
      resource: 'session',
      resourceId: sessionId,
      metadata: { reason: 'owner' },
    });
    return succeed(null);
  });
}

/** Ends every session of one's own but the one that asks. */
export async function revokeOtherSessions(actor: AccountActor): Promise<Result<{ ended: number }>> {
  const { kind, accountId } = accountOf(actor);
  return transact(async (tx) => {
    const ended = await revokeSessionRows(tx, kind, accountId, actor.sessionId);
    await recordEvent(tx, actor, 'session.revoke', {
      resource: kind,
      resourceId: accountId,
      metadata: { reason: 'owner', others: ended },
    });
    return succeed({ ended });
  });
}
