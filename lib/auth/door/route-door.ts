import type { AdminActor, UserActor, VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import type { AccountPolicy, LimitKeys } from '#lib/rate-limit/policies.ts';
import { adminFromRequest, userFromRequest, vendorFromRequest } from './current.ts';

async function withinBudget<Someone>(
  actor: Someone,
  account: string,
  limit: AccountPolicy,
): Promise<Result<Someone>> {
  const room = await checkLimit(limit, { account, address: account } as unknown as LimitKeys<AccountPolicy>);
  return room.ok ? succeed(actor) : room;
}

/** Who may pass a route that is for signed-in users: named, and within the budget. */
export async function passUser(request: Request, limit: AccountPolicy): Promise<Result<UserActor>> {
  const actor = await userFromRequest(request);
  if (!actor) return fail('auth.required', 'no session');
  return withinBudget(actor, `user|${actor.userId}`, limit);
}

/** The same for signed-in vendors. */
export async function passVendor(request: Request, limit: AccountPolicy): Promise<Result<VendorActor>> {
  const actor = await vendorFromRequest(request);
  if (!actor) return fail('auth.required', 'no session');
  return withinBudget(actor, `vendor|${actor.vendorId}`, limit);
}

/**
 * The same for administrators who signed in within the last hour. For everybody else there is nothing here.
 *
 * @param reason Why, in the administrator's words; stands in the audit row of what the route does.
 */
export async function passAdmin(
  request: Request,
  limit: AccountPolicy,
  reason = '',
): Promise<Result<AdminActor>> {
  const admin = await adminFromRequest(request);
  if (!admin) return fail('notFound', 'not an administrator');
  if (!admin.isFresh) return fail('auth.sessionOld', 'signed in too long ago');
  const { userId, sessionId } = admin.user;
  return withinBudget({ kind: 'admin', userId, sessionId, reason }, `admin|${userId}`, limit);
}
