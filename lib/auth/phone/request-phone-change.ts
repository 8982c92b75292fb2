import type { AccountActor } from '#lib/core/actor.ts';
import { accountOf } from '#lib/core/actor.ts';
import { type Phone, parsePhone } from '#lib/core/phone.ts';
import { fail, type Result } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { findAccountByPhone } from '../account-store.ts';
import { issueCode, limitNewRequests } from '../code/issue-code.ts';
import { confirmPassword } from '../password/confirm-password.ts';
import type { Device } from '../session/open-session.ts';

export type PhoneChangeRequest = {
  readonly phone: Phone;
  readonly password: string;
  readonly browserHash: string;
  readonly device: Device;
};

/**
 * Begins a change of number: one code goes to each of the two, and both must come back from this browser and
 * this account. A number that has an account is told so in its own message; the answer here is the same.
 */
export async function requestPhoneChange(
  actor: AccountActor,
  { phone, password, browserHash, device }: PhoneChangeRequest,
): Promise<Result<null>> {
  const { kind, accountId } = accountOf(actor);
  const confirmed = await confirmPassword(actor, password);
  if (!confirmed.ok) return confirmed;
  const oldPhone = parsePhone(confirmed.value.phone);
  if (!oldPhone) throw new Error('an account without a phone number is signed in');
  if (phone === oldPhone) {
    return fail('input.invalid', 'the same number', { fields: { phone: 'auth.field.phoneSame' } });
  }
  const { address } = device;
  const room = await limitNewRequests(address, { kind, purpose: 'new_phone', phone });
  if (!room.ok) return room;
  const taken = await findAccountByPhone(db(), kind, phone);
  const bound = { kind, browserHash, accountId, address };
  const asked = await issueCode({
    ...bound,
    purpose: 'new_phone',
    phone,
    standing: 'stranger',
    pending: { message: taken ? 'accountExists' : 'code' },
  });
  if (!asked.ok) return asked;
  return issueCode({
    ...bound,
    purpose: 'old_phone',
    phone: oldPhone,
    standing: 'known',
    pending: { message: 'code' },
  });
}
