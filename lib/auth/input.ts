import { z } from 'zod';
import { parsePhone, toAsciiDigits } from '#lib/core/phone.ts';
import { codeDigits, passwordLength } from './policy.ts';

/** What people type, as the forms and their actions read it. A message is a key in `messages/`. */

/** An Iranian mobile number, however it is written. */
export const phone = z.string().transform((text, context) => {
  const parsed = parsePhone(text);
  if (parsed) return parsed;
  context.addIssue({
    code: 'custom',
    message: text.trim() === '' ? 'auth.field.phoneMissing' : 'auth.field.phoneWrong',
  });
  return z.NEVER;
});

const longEnough = (text: string) => [...text].length >= passwordLength.min;
const shortEnough = (text: string) => [...text].length <= passwordLength.max;

/** A password that is chosen now. */
export const newPassword = z
  .string()
  .min(1, { error: 'auth.field.passwordMissing', abort: true })
  .max(passwordLength.max * 4, 'auth.field.passwordLong')
  .refine(longEnough, 'auth.field.passwordShort')
  .refine(shortEnough, 'auth.field.passwordLong');

/** At sign-in nothing is said about a password's form: only whether it is the right one. */
const knownPassword = z
  .string()
  .min(1, 'auth.field.passwordMissing')
  .max(passwordLength.max * 4, 'auth.field.passwordLong');

/** A code, in any digits. */
export const code = z
  .string()
  .max(32, 'auth.field.codeWrong')
  .transform((text) => toAsciiDigits(text).replace(/[^\d]/g, ''))
  .refine((digits) => digits.length === codeDigits, 'auth.field.codeWrong');

/** One line of text for people: no control characters and no marks that turn the text around it. */
export const line = (max: number, tooLong: string) =>
  z
    .string()
    .transform((text) =>
      text
        .normalize('NFC')
        .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .refine((text) => [...text].length <= max, tooLong);

/** A few lines of text for people: line breaks stay, other control characters and marks that turn text go. */
export const paragraphs = (max: number, tooLong: string) =>
  z
    .string()
    .transform((text) =>
      text
        .normalize('NFC')
        .replace(/\r\n?/g, '\n')
        .replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu, ' ')
        .replace(/\n{3,}/g, '\n\n')
        .trim(),
    )
    .refine((text) => [...text].length <= max, tooLong);

export const userSignUpInput = z.object({
  phone,
  password: newPassword,
  name: line(60, 'auth.field.nameLong').optional(),
});

export const vendorSignUpInput = z.object({
  phone,
  password: newPassword,
  businessName: line(80, 'auth.field.businessNameLong').refine(
    (text) => text.length > 0,
    'auth.field.businessNameMissing',
  ),
});

export const signInInput = z.object({ phone, password: knownPassword });

export const verifyInput = z.object({ code });

export const forgotPasswordInput = z.object({ phone });

export const resetPasswordInput = z.object({ code, newPassword });

export const nothingInput = z.object({}).optional();
