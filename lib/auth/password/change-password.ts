import { recordEvent } from '#lib/audit/record-event.ts';
import type { AccountActor } from '#lib/core/actor.ts';
import { accountOf } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { updatePassword } from '../account-store.ts';
import type { Device } from '../session/open-session.ts';
import { revokeSessionRows } from '../session/store.ts';
import { confirmPassword } from './confirm-password.ts';
import { hashPassword } from './password.ts';
import { isGuessable } from './password-policy.ts';

export type PasswordChange = { readonly password: string; readonly newPassword: string };

/** Sets a new password for somebody who knows the present one, and ends every other session. */
export async function changePassword(
  actor: AccountActor,
  { password, newPassword }: PasswordChange,
  device: Device,
): Promise<Result<null>> {
  const { kind, accountId } = accountOf(actor);
  const confirmed = await confirmPassword(actor, password);
  if (!confirmed.ok) return confirmed;
  if (isGuessable(newPassword, confirmed.value.phone)) {
    return fail('input.invalid', 'guessable password', {
      fields: { newPassword: 'auth.field.passwordCommon' },
    });
  }
  const hashed = await hashPassword(newPassword);
  if (!hashed.ok) return hashed;
  return transact(async (tx) => {
    if (!(await updatePassword(tx, kind, accountId, hashed.value))) {
      return fail('auth.required', 'account is gone or suspended');
    }
    const ended = await revokeSessionRows(tx, kind, accountId, actor.sessionId);
    await recordEvent(tx, actor, 'password.change', {
      resource: kind,
      resourceId: accountId,
      metadata: { sessionsEnded: ended },
      origin: device,
    });
    await recordNotice(tx, { kind, accountId }, 'password.change');
    return succeed(null);
  });
}
