import { recordEvent } from '#lib/audit/record-event.ts';
import { type AccountKind, system } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { updatePassword } from '../account-store.ts';
import { checkCode } from '../code/check-code.ts';
import { consumeCode, findNewestCode } from '../code/store.ts';
import { revokeSessionRows } from '../session/store.ts';
import { hashPassword } from './password.ts';
import { isGuessable } from './password-policy.ts';

export type PasswordReset = {
  readonly kind: AccountKind;
  readonly code: string;
  readonly newPassword: string;
  readonly browserHash: string;
  readonly address: string;
};

/**
 * Sets a new password with a code, and ends every session of the account: a person who knew the old password is out.
 * Nobody is signed in by it; the new password is used right away, which shows that it is known. Answers with the
 * account, which the browser is remembered for.
 */
export async function resetPassword(request: PasswordReset): Promise<Result<{ accountId: string }>> {
  const { kind, code, newPassword, browserHash, address } = request;
  const purpose = 'password_reset';
  const waiting = await findNewestCode(db(), { browserHash, purpose, kind });
  // Said before an attempt is taken: a password that we refuse must not cost one.
  if (isGuessable(newPassword, waiting?.phone ?? '')) {
    return fail('input.invalid', 'guessable password', {
      fields: { newPassword: 'auth.field.passwordCommon' },
    });
  }
  const checked = await checkCode({ kind, purpose, browserHash, code, address });
  if (!checked.ok) return checked;
  const { id, accountId } = checked.value;
  if (!accountId) return fail('auth.codeExpired', 'code belongs to no account');
  const hashed = await hashPassword(newPassword);
  if (!hashed.ok) return hashed;
  return transact(async (tx) => {
    if (!(await consumeCode(tx, id))) return fail('auth.codeExpired', 'code was used at the same moment');
    if (!(await updatePassword(tx, kind, accountId, hashed.value))) {
      return fail('auth.codeExpired', 'account is gone or suspended');
    }
    const ended = await revokeSessionRows(tx, kind, accountId);
    await recordEvent(tx, system, 'password.reset', {
      resource: kind,
      resourceId: accountId,
      metadata: { sessionsEnded: ended },
      origin: { address },
    });
    await recordNotice(tx, { kind, accountId }, 'password.reset');
    return succeed({ accountId });
  });
}
