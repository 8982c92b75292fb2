import { recordEvent } from '#lib/audit/record-event.ts';
import { type AccountKind, system } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { actAlso } from '#lib/db/walls/acting.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { updatePassword } from '../account-store.ts';
import { checkCode } from '../code/check-code.ts';
import { consumeCode, findNewestCode } from '../code/store.ts';
import { type Device, openSession } from '../session/open-session.ts';
import type { SessionClaims } from '../session/session-token.ts';
import { revokeSessionRows } from '../session/store.ts';
import { hashPassword } from './password.ts';
import { isGuessable } from './password-policy.ts';

export type PasswordReset = {
  readonly kind: AccountKind;
  readonly code: string;
  readonly newPassword: string;
  readonly browserHash: string;
  readonly device: Device;
  /** What the session is to be called: a request that is sent again finds it. */
  readonly sessionId?: string;
};

/**
 * Sets a new password with a code, and ends every session of the account: a person who knew the old password is out.
 * The browser that had the code is signed in, as it is after the code of a sign-up: who holds the phone and has just
 * chosen the password is asked for neither again.
 */
export async function resetPassword(request: PasswordReset): Promise<Result<SessionClaims>> {
  const { kind, code, newPassword, browserHash, device } = request;
  const purpose = 'password_reset';
  const waiting = await findNewestCode(db(), { browserHash, purpose, kind });
  // Said before an attempt is taken: a password that we refuse must not cost one.
  if (isGuessable(newPassword, waiting?.phone ?? '')) {
    return fail('input.invalid', 'guessable password', {
      fields: { newPassword: 'auth.field.passwordCommon' },
    });
  }
  const checked = await checkCode({ kind, purpose, browserHash, code, address: device.address });
  if (!checked.ok) return checked;
  const { id, accountId } = checked.value;
  if (!accountId) return fail('auth.codeExpired', 'code belongs to no account');
  const hashed = await hashPassword(newPassword);
  if (!hashed.ok) return hashed;
  actAlso(accountId);
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
      origin: device,
    });
    await recordNotice(tx, { kind, accountId }, 'password.reset');
    return succeed(await openSession(tx, kind, accountId, device, null, request.sessionId));
  });
}
