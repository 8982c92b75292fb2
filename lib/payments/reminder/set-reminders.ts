import { recordEvent } from '#lib/audit/record-event.ts';
import type { AccountActor } from '#lib/core/actor.ts';
import { accountOf } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { setReminders as store } from './store.ts';

/** Turns the reminders of a plan's end on or off for an account, by SMS and inside the program. */
export async function setReminders(
  actor: AccountActor,
  wanted: boolean,
): Promise<Result<{ wanted: boolean }>> {
  return transact(async (tx) => {
    if (!(await store(tx, accountOf(actor), wanted))) return fail('notFound', 'no such account');
    await recordEvent(tx, actor, 'account.update', { metadata: { planReminders: wanted } });
    return succeed({ wanted });
  });
}
