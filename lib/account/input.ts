import { z } from 'zod';
import { code, line, newPassword, paragraphs, phone } from '#lib/auth/input.ts';
import { noticeTopics } from '#lib/notifications/notice/topics.ts';
import { legalPages } from './legal/policy.ts';

/** What people type about their own account. A message is a key in `messages/`. */

export const userProfileInput = z.object({
  name: line(60, 'auth.field.nameLong'),
  bio: paragraphs(300, 'account.profile.bioLong'),
});

const knownPassword = z.string().min(1, 'auth.field.passwordMissing').max(512, 'auth.field.passwordLong');

export const passwordChangeInput = z.object({ password: knownPassword, newPassword });

export const phoneChangeInput = z.object({ phone, password: knownPassword });

export const phoneCodesInput = z.object({ oldCode: code, code });

export const sessionInput = z.object({ id: z.uuid('errors.notFound') });

/** Made smaller by the browser; what is sent by hand may be as large as any picture of ours. */
export const avatarInput = z.object({ picture: z.instanceof(Blob, { error: 'errors.file.notPicture' }) });

/** What must be typed before an account goes, in the language of the page. */
export const deletionWords = { fa: 'حذف', en: 'delete' } as const;

const deletionWord: readonly string[] = Object.values(deletionWords);

export const deletionInput = z.object({
  password: knownPassword,
  confirm: z
    .string()
    .trim()
    .toLowerCase()
    .refine((word) => deletionWord.includes(word), 'account.delete.notTyped'),
});

export const noticeSwitchInput = z.object({ topic: z.enum(noticeTopics), isOn: z.boolean() });

/** The versions that a page has shown and is agreed to. */
export const agreementInput = z
  .array(z.strictObject({ page: z.enum(legalPages), version: z.int().min(1) }))
  .min(1)
  .max(legalPages.length);

export const nothingInput = z.object({}).optional();
