import { createHmac } from 'node:crypto';
import { recordEvent } from '#lib/audit/record-event.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { deriveKey } from '#lib/core/secrets.ts';
import { transact } from '#lib/db/transact.ts';
import { findFreeUsed, insertAccount, insertNegativeGrant } from './account-store.ts';
import { checkCode } from './code/check-code.ts';
import { consumeCode } from './code/store.ts';
import { actorOf, type Device, openSession } from './session/open-session.ts';
import type { SessionClaims } from './session/session-token.ts';

export type PhoneVerification = {
  readonly kind: AccountKind;
  readonly code: string;
  readonly browserHash: string;
  readonly device: Device;
  /** What the session is to be called: a request that is sent again finds it. */
  readonly sessionId?: string;
  /** The session that this browser had before. */
  readonly replaces: SessionClaims | null;
};

/** What is kept of the phone of a deleted account, to recognise it by. */
export function hashPhone(phone: string): string {
  return createHmac('sha256', deriveKey('phone.tombstone')).update(phone).digest('base64url');
}

/**
 * Turns a waiting sign-up into an account when its code is right, and signs the browser in. Code, account,
 * session and audit are one transaction: of many tries at once, one makes the account.
 */
export async function verifyPhone(request: PhoneVerification): Promise<Result<SessionClaims>> {
  const { kind, code, browserHash, device } = request;
  const checked = await checkCode({
    kind,
    purpose: 'phone_verify',
    browserHash,
    code,
    address: device.address,
  });
  if (!checked.ok) return checked;
  const { id, phone, pending } = checked.value;
  const waiting = pending.signUp;
  if (!waiting) return fail('auth.codeExpired', 'no sign-up waits for this code');
  return transact(async (tx) => {
    if (!(await consumeCode(tx, id))) return fail('auth.codeExpired', 'code was used at the same moment');
    const accountId = await insertAccount(tx, kind, { phone, ...waiting });
    if (!accountId) return fail('auth.phoneTaken', 'the number got an account in the meantime');
    const used = await findFreeUsed(tx, kind, hashPhone(phone));
    if (used > 0) await insertNegativeGrant(tx, kind, accountId, used);
    const claims = await openSession(tx, kind, accountId, device, request.replaces, request.sessionId);
    await recordEvent(tx, actorOf(kind, accountId, claims.sid), 'account.create', {
      resource: kind,
      resourceId: accountId,
      origin: device,
    });
    return succeed(claims);
  });
}
