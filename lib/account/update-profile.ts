import { recordEvent } from '#lib/audit/record-event.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { updateUserRow } from './store.ts';

/** Changes what a user says of themselves. Nothing else of the account can be named. */
export async function updateUserProfile(
  actor: UserActor,
  { name, bio }: { name: string; bio: string },
): Promise<Result<null>> {
  return transact(async (tx) => {
    const profile = { name: name || null, bio: bio || null };
    if (!(await updateUserRow(tx, actor.userId, profile))) return fail('auth.required', 'account is gone');
    await recordEvent(tx, actor, 'account.update', {
      resource: 'user',
      resourceId: actor.userId,
      metadata: { field: 'profile' },
    });
    return succeed(null);
  });
}
