import { recordEvent } from '#lib/audit/record-event.ts';
import { system } from '#lib/core/actor.ts';
import type { Phone } from '#lib/core/phone.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { insertAdminGrant } from '../store.ts';

/** Makes a user an administrator. Fails with `notFound` when no active account has the number; again changes nothing. */
export async function grantAdmin(phone: Phone): Promise<Result<{ userId: string }>> {
  return transact(async (tx) => {
    const userId = await insertAdminGrant(tx, phone);
    if (!userId) return fail('notFound', 'no active user has this number');
    await recordEvent(tx, system, 'admin.grant', { resource: 'user', resourceId: userId });
    return succeed({ userId });
  });
}
