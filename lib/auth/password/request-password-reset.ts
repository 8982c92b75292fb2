import type { AccountKind } from '#lib/core/actor.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { Result } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { type AccountRow, findAccountByPhone } from '../account-store.ts';
import { issueCode, limitCodeRequests } from '../code/issue-code.ts';
import type { Pending } from '../code/pending.ts';
import { recoveryMaxIdleDays } from '../policy.ts';

export type ResetRequest = {
  readonly kind: AccountKind;
  readonly phone: Phone;
  readonly browserHash: string;
  readonly address: string;
};

/** Numbers change hands: after a long silence a code proves who holds the number, not whose account it is. */
function messageFor(account: AccountRow | null): Pending['message'] {
  if (!account?.isActive) return 'nothing';
  const lastSeen = account.lastLoginAt ?? account.createdAt;
  const idleDays = (Date.now() - lastSeen.getTime()) / (24 * 60 * 60 * 1000);
  return idleDays > recoveryMaxIdleDays ? 'recoveryStale' : 'code';
}

/** Asks for a code to set a new password with. The answer is the same for numbers that nobody has here. */
export async function requestPasswordReset(request: ResetRequest): Promise<Result<null>> {
  const { kind, phone, browserHash, address } = request;
  const room = await limitCodeRequests(address);
  if (!room.ok) return room;
  const account = await findAccountByPhone(db(), kind, phone);
  return issueCode({
    kind,
    purpose: 'password_reset',
    phone,
    browserHash,
    accountId: account?.id ?? null,
    pending: { message: messageFor(account) },
  });
}
