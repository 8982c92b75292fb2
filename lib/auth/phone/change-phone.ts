import { phoneKey } from '#lib/audit/phone-key.ts';
import { recordEvent } from '#lib/audit/record-event.ts';
import type { AccountActor } from '#lib/core/actor.ts';
import { accountOf } from '#lib/core/actor.ts';
import { maskPhone } from '#lib/core/phone.ts';
import { type Failure, fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { updatePhone } from '../account-store.ts';
import { checkCode } from '../code/check-code.ts';
import { consumeCode } from '../code/store.ts';
import type { Device } from '../session/open-session.ts';
import { revokeSessionRows } from '../session/store.ts';
import { tellOldNumber } from './tell-old-number.ts';

export type PhoneChange = {
  /** From the number that the account has. */
  readonly oldCode: string;
  /** From the number that it gets. */
  readonly code: string;
  readonly browserHash: string;
  readonly device: Device;
};

/** The same failure beside the other field. */
function ofOldCode(failure: Failure): Failure {
  const message = failure.fields?.code;
  return message ? { ...failure, fields: { oldCode: message } } : failure;
}

/** Gives an account its new number when the codes of both are right. Every other session ends. */
export async function changePhone(
  actor: AccountActor,
  { oldCode, code, browserHash, device }: PhoneChange,
): Promise<Result<null>> {
  const { kind, accountId } = accountOf(actor);
  const bound = { kind, browserHash, address: device.address } as const;
  const left = await checkCode({ ...bound, purpose: 'old_phone', code: oldCode });
  if (!left.ok) return ofOldCode(left);
  const right = await checkCode({ ...bound, purpose: 'new_phone', code });
  if (!right.ok) return right;
  if (left.value.accountId !== accountId || right.value.accountId !== accountId) {
    return fail('auth.codeExpired', 'the codes belong to another account');
  }
  return transact(async (tx) => {
    const used = (await consumeCode(tx, left.value.id)) && (await consumeCode(tx, right.value.id));
    if (!used) return fail('auth.codeExpired', 'a code was used at the same moment');
    const change = { accountId, from: left.value.phone, to: right.value.phone };
    const changed = await updatePhone(tx, kind, change);
    if (changed === 'taken') return fail('auth.phoneTaken', 'the number got an account in the meantime');
    if (changed === 'gone') return fail('auth.codeExpired', 'the account has another number by now');
    const ended = await revokeSessionRows(tx, kind, accountId, actor.sessionId);
    await recordEvent(tx, actor, 'phone.change', {
      resource: kind,
      resourceId: accountId,
      metadata: {
        from: phoneKey(change.from),
        to: phoneKey(change.to),
        sessionsEnded: ended,
      },
      origin: device,
    });
    await recordNotice(tx, { kind, accountId }, 'phone.change', { to: maskPhone(change.to) });
    await tellOldNumber(tx, { kind, from: change.from, to: change.to });
    return succeed(null);
  });
}
