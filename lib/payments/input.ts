import { z } from 'zod';
import { routing } from '#lib/core/i18n/routing.ts';

/** What the person was shown travels as text: a browser's number must not round it. */
const rials = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(BigInt);

export const startPaymentInput = z.object({
  plan: z.string().min(1).max(64),
  locale: z.enum(routing.locales),
  payableRials: rials,
});

export const paymentIdInput = z.object({ id: z.uuid() });
export const remindersInput = z.object({ wanted: z.boolean() });

/** `<timestamp>_<id>` as {@link encodeCursor} makes it; anything else counts as the first page. */
const cursorInput = z.tuple([z.string().regex(/^\d{4}-\d\d-\d\d [\d:.]+[+-]\d\d(:\d\d)?$/), z.uuid()]);

export function decodeCursor(text: string | undefined): { at: string; id: string } | null {
  const parsed = cursorInput.safeParse(
    Buffer.from(text ?? '', 'base64url')
      .toString('utf8')
      .split('_'),
  );
  return parsed.success ? { at: parsed.data[0], id: parsed.data[1] } : null;
}

export function encodeCursor(cursor: { at: string; id: string }): string {
  return Buffer.from(`${cursor.at}_${cursor.id}`).toString('base64url');
}
