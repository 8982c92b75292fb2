import type { AccountKind } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { actAlso } from '#lib/db/walls/acting.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { findAccountById } from '../account-store.ts';
import { checkCode } from '../code/check-code.ts';
import { consumeCode } from '../code/store.ts';
import { describeAgent } from '../session/describe-agent.ts';
import { type Device, openSession } from '../session/open-session.ts';
import type { SessionClaims } from '../session/session-token.ts';
import { findCodeHorizon, isAdmin, limitSession } from './store.ts';

export type CodeSignIn = {
  readonly kind: AccountKind;
  readonly code: string;
  readonly browserHash: string;
  readonly device: Device;
  /** The session that this browser had before. */
  readonly replaces: SessionClaims | null;
  /** Of the session that begins. */
  readonly sessionId: string;
};

/**
 * Signs in with a code that another device of the account showed. The session knows no password and lasts no longer than one
 * that could have shown the code, so that sessions do not keep each other alive. The owner is always told. Fails with
 * `auth.codeExpired` when meanwhile a session of the account was ended, none is left, or the account became another's.
 */
export async function signInWithCode(request: CodeSignIn): Promise<Result<SessionClaims>> {
  const { kind, code, browserHash, device } = request;
  const { address } = device;
  const checked = await checkCode({ kind, purpose: 'sign_in', browserHash, code, address });
  if (!checked.ok) return checked;
  const { id, phone, accountId } = checked.value;
  if (!accountId) return fail('auth.codeExpired', 'a code that nobody shows');
  const owner = { kind, accountId };
  actAlso(accountId);
  return transact(async (tx) => {
    if (!(await consumeCode(tx, id))) return fail('auth.codeExpired', 'code was used at the same moment');
    const account = await findAccountById(tx, kind, accountId);
    if (account?.phone !== phone)
      return fail('auth.codeExpired', 'suspended, or the number is another by now');
    const horizon = await findCodeHorizon(tx, owner, id);
    if (!horizon || (await isAdmin(tx, owner))) return fail('auth.codeExpired', 'no device may show it now');
    const claims = await openSession(tx, kind, accountId, device, request.replaces, request.sessionId);
    await limitSession(tx, claims.sid, horizon);
    await recordNotice(tx, owner, 'session.newDevice', describeAgent(device.userAgent));
    return succeed(claims);
  });
}
