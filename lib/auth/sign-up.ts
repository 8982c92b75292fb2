import type { AccountKind } from '#lib/core/actor.ts';
import type { Phone } from '#lib/core/phone.ts';
import { fail, type Result } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { findAccountByPhone } from './account-store.ts';
import { issueCode, limitNewRequests } from './code/issue-code.ts';
import { hashPassword, strangerTurn } from './password/password.ts';
import { isGuessable } from './password/password-policy.ts';

export type SignUp = {
  readonly kind: AccountKind;
  readonly phone: Phone;
  readonly password: string;
  /** A user's name, if given; a vendor's business name. */
  readonly name: string | null;
  readonly browserHash: string;
  readonly address: string;
};

/**
 * Takes a sign-up. No account exists until the code is typed in the same browser; until then the name and
 * the password's hash wait with the code, so that nobody can hold a number or slip a password under it.
 * A number that has an account already gets a message that says so, and the answer is the same.
 */
export async function signUp(request: SignUp): Promise<Result<null>> {
  const { kind, phone, password, name, browserHash, address } = request;
  if (isGuessable(password, phone)) {
    return fail('input.invalid', 'guessable password', { fields: { password: 'auth.field.passwordCommon' } });
  }
  const room = await limitNewRequests(address, { kind, purpose: 'phone_verify', phone });
  if (!room.ok) return room;
  const hashed = await hashPassword(password, strangerTurn(address));
  if (!hashed.ok) return hashed;
  const account = await findAccountByPhone(db(), kind, phone);
  return issueCode({
    kind,
    purpose: 'phone_verify',
    phone,
    browserHash,
    accountId: account?.id ?? null,
    standing: 'stranger',
    address,
    pending: account
      ? { message: 'accountExists' }
      : { message: 'code', signUp: { passwordHash: hashed.value, name } },
  });
}
