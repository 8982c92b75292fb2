import { z } from 'zod';
import { code, line, newPassword, phone } from '#lib/auth/input.ts';

/** What people type about their own account. A message is a key in `messages/`. */

const bioLength = 300;

/** A few lines of text for people: line breaks stay, other control characters and marks that turn text go. */
const bio = z
  .string()
  .transform((text) =>
    text
      .normalize('NFC')
      .replace(/\r\n?/g, '\n')
      .replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu, ' ')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
  )
  .refine((text) => [...text].length <= bioLength, 'account.profile.bioLong');

export const userProfileInput = z.object({ name: line(60, 'auth.field.nameLong'), bio });

export const vendorProfileInput = z.object({
  businessName: line(80, 'auth.field.businessNameLong').refine(
    (text) => text.length > 0,
    'auth.field.businessNameMissing',
  ),
  bio,
});

const knownPassword = z.string().min(1, 'auth.field.passwordMissing').max(512, 'auth.field.passwordLong');

export const passwordChangeInput = z.object({ password: knownPassword, newPassword });

export const phoneChangeInput = z.object({ phone, password: knownPassword });

export const phoneCodesInput = z.object({ oldCode: code, code });

export const sessionInput = z.object({ id: z.uuid('errors.notFound') });

/** Made smaller by the browser; what is sent by hand may be as large as any picture of ours. */
export const avatarInput = z.object({ picture: z.instanceof(Blob, { error: 'errors.file.notPicture' }) });

export const nothingInput = z.object({}).optional();
