import type { UserActor, VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import type { AccountPolicy, LimitKeys } from '#lib/rate-limit/policies.ts';
import { userFromRequest, vendorFromRequest } from './current.ts';

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
