import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminRole } from '#lib/auth/admin/policy.ts';
import { system } from '#lib/core/actor.ts';
import type { Phone } from '#lib/core/phone.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { deleteAdminGrant, insertAdminGrant } from '../store.ts';

/** The program itself may make nobody an administrator: whoever can send SQL in its name would be one. */
const asOwner = { as: 'owner' } as const;

/**
 * Makes a user an administrator of a role; again with another role changes it and nothing else. Fails with `notFound`
 * when no active account has the number.
 */
export async function grantAdmin(
  phone: Phone,
  role: AdminRole = 'owner',
): Promise<Result<{ userId: string }>> {
  return transact(async (tx) => {
    const userId = await insertAdminGrant(tx, phone, role);
    if (!userId) return fail('notFound', 'no active user has this number');
    await recordEvent(tx, system, 'admin.grant', {
      resource: 'user',
      resourceId: userId,
      metadata: { role },
    });
    return succeed({ userId });
  }, asOwner);
}

/** Ends it at once, in every session, with the second factor. Fails with `notFound` when the number has no grant. */
export async function revokeAdmin(phone: Phone): Promise<Result<{ userId: string }>> {
  return transact(async (tx) => {
    const userId = await deleteAdminGrant(tx, phone);
    if (!userId) return fail('notFound', 'no administrator has this number');
    await recordEvent(tx, system, 'admin.revoke', { resource: 'user', resourceId: userId });
    return succeed({ userId });
  }, asOwner);
}
