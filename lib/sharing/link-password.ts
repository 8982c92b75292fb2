import { z } from 'zod';
import { hashPassword, strangerTurn, verifyPassword } from '#lib/auth/password/password.ts';
import { isGuessable } from '#lib/auth/password/password-policy.ts';
import { toAsciiDigits } from '#lib/core/phone.ts';
import type { Result } from '#lib/core/result.ts';

/** In characters. A person who has the link can guess at it from many places: four digits would last an afternoon. */
const linkPasswordLength = { min: 8, max: 64 } as const;

/** A password that an owner chooses for a link. Empty means none; messages are keys in `messages/`. */
export const newLinkPassword = z
  .string()
  .max(linkPasswordLength.max * 4, 'sharing.field.passwordLong')
  .transform((text) => (text === '' ? null : text))
  .refine(
    (text) => text === null || [...text].length >= linkPasswordLength.min,
    'sharing.field.passwordShort',
  )
  .refine((text) => text === null || [...text].length <= linkPasswordLength.max, 'sharing.field.passwordLong')
  .refine((text) => text === null || !isGuessable(spoken(text), ''), 'auth.field.passwordCommon');

/** What a visitor types; whether it is right is all that is said about it. */
export const knownLinkPassword = z
  .string()
  .min(1, 'sharing.field.passwordMissing')
  .max(linkPasswordLength.max * 4, 'sharing.field.passwordWrong');

/** A link's password is often read out or sent in a message: the digits of either keyboard are the same. */
const spoken = (password: string) => toAsciiDigits(password);

/** An argon2id PHC string. Fails with `auth.busy` when too many are hashed at once. */
export function hashLinkPassword(password: string): Promise<Result<string>> {
  return hashPassword(spoken(password));
}

/** Whether it is the link's password. Count the tries first (`link.unlock` in the rate policies). */
export function verifyLinkPassword(
  password: string,
  hash: string,
  address: string,
): Promise<Result<boolean>> {
  return verifyPassword(spoken(password), hash, strangerTurn(address));
}
