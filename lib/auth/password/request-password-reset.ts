import type { AccountKind } from '#lib/core/actor.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { Result } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { type AccountRow, findAccountByPhone } from '../account-store.ts';
import { issueCode, limitNewRequests } from '../code/issue-code.ts';
import type { Pending } from '../code/pending-code.ts';
import { recoveryMaxIdleDays } from '../policy.ts';
import { knownBrowserOf } from '../session/known-browser.ts';

export type ResetRequest = {
  readonly kind: AccountKind;
  readonly phone: Phone;
  readonly browserHash: string;
  readonly address: string;
  /** The cookie of the accounts that this browser was signed in to. */
  readonly known?: string | undefined;
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
  const { kind, phone, browserHash, address, known } = request;
  const purpose = 'password_reset';
  const account = await findAccountByPhone(db(), kind, phone);
  const isKnown = account !== null && knownBrowserOf(known, { kind, accountId: account.id }) !== null;
  if (!isKnown) {
    const room = await limitNewRequests(address, { kind, purpose, phone });
    if (!room.ok) return room;
  }
  return issueCode({
    kind,
    purpose,
    phone,
    browserHash,
    accountId: account?.id ?? null,
    standing: isKnown ? 'known' : 'stranger',
    address,
    pending: { message: messageFor(account) },
  });
}
