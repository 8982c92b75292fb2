import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import { addressBudgetKey } from '#lib/rate-limit/client-address.ts';
import { type AccountActor, accountOf } from '../account-actor.ts';
import { type AccountRow, findAccountById } from '../account-store.ts';
import type { Device } from '../session/open-session.ts';
import { verifyPassword } from './password.ts';

/**
 * Asks for the password of somebody signed in, before what a borrowed browser must not do. It is guessed at
 * with the same budget as at sign-in.
 */
export async function confirmPassword(
  actor: AccountActor,
  password: string,
  device: Device,
): Promise<Result<AccountRow & { phone: string }>> {
  const { kind, accountId } = accountOf(actor);
  const account = await findAccountById(db(), kind, accountId);
  if (!account) return fail('auth.required', 'account is gone or suspended');
  const room = await checkLimit('session.create', {
    phone: `${kind}|${account.phone}`,
    address: addressBudgetKey(device.address),
  });
  if (!room.ok) return room;
  const isRight = await verifyPassword(password, account.passwordHash);
  if (!isRight.ok) return isRight;
  if (!isRight.value) {
    return fail('input.invalid', 'wrong current password', {
      fields: { password: 'auth.field.passwordNotYours' },
    });
  }
  return succeed(account);
}
