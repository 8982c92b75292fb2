import type { AccountActor } from '#lib/core/actor.ts';
import { accountOf } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { takeLimit } from '#lib/rate-limit/check-limit.ts';
import { type AccountRow, findAccountById } from '../account-store.ts';
import { verifyPassword } from './password.ts';

/**
 * Asks for the password of somebody signed in, before what a borrowed browser must not do. Wrong ones are
 * counted for this session alone: what strangers try at the door shuts nobody out who is inside.
 */
export async function confirmPassword(
  actor: AccountActor,
  password: string,
): Promise<Result<AccountRow & { phone: string }>> {
  const { kind, accountId } = accountOf(actor);
  const account = await findAccountById(db(), kind, accountId);
  if (!account) return fail('auth.required', 'account is gone or suspended');
  const room = await takeLimit('password.confirm', { session: actor.sessionId });
  if (!room.ok) return room;
  const isRight = await verifyPassword(password, account.passwordHash, {
    lane: 'inside',
    whose: accountId,
  });
  if (!isRight.ok || isRight.value) await room.value.giveBack();
  if (!isRight.ok) return isRight;
  if (!isRight.value) {
    return fail('input.invalid', 'wrong current password', {
      fields: { password: 'auth.field.passwordNotYours' },
    });
  }
  return succeed(account);
}
