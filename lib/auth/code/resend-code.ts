import type { AccountKind } from '#lib/core/actor.ts';
import { parsePhone } from '#lib/core/phone.ts';
import { fail, type Result } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { issueCode, limitCodeRequests } from './issue-code.ts';
import { pendingSchema } from './pending-code.ts';
import { type CodePurpose, findNewestCode } from './store.ts';

export type Resend = {
  readonly kind: AccountKind;
  readonly purpose: CodePurpose;
  readonly browserHash: string;
  readonly address: string;
};

/** Sends this browser another code for what it is waiting for; the one before is void. */
export async function resendCode(request: Resend): Promise<Result<null>> {
  const { kind, purpose, browserHash, address } = request;
  const newest = await findNewestCode(db(), { browserHash, purpose, kind });
  const pending = pendingSchema.safeParse(newest?.pending);
  const phone = parsePhone(newest?.phone ?? '');
  if (!newest || newest.isConsumed || !pending.success || !phone) {
    return fail('auth.codeExpired', 'nothing to send again');
  }
  const room = await limitCodeRequests(address);
  if (!room.ok) return room;
  const standing = newest.standing === 'known' ? 'known' : 'waiting';
  const { accountId } = newest;
  return issueCode({
    kind,
    purpose,
    phone,
    browserHash,
    accountId,
    standing,
    address,
    pending: pending.data,
  });
}

/** Sends both codes of a change of number again. */
export async function resendPhoneCodes(
  kind: AccountKind,
  browserHash: string,
  address: string,
): Promise<Result<null>> {
  const bound = { kind, browserHash, address };
  const first = await resendCode({ ...bound, purpose: 'new_phone' });
  if (!first.ok) return first;
  return resendCode({ ...bound, purpose: 'old_phone' });
}
