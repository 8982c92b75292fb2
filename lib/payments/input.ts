import { z } from 'zod';
import { routing } from '#lib/core/i18n/routing.ts';
import { toAsciiDigits } from '#lib/core/phone.ts';
import { couponCode } from './coupon/code.ts';

/** What the person was shown travels as text: a browser's number must not round it. */
const rials = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(BigInt);

export const startPaymentInput = z.object({
  plan: z.string().min(1).max(64),
  locale: z.enum(routing.locales),
  payableRials: rials,
  code: couponCode.nullish(),
});

/** Digits in either writing; nothing is null. */
const digits = (pattern: RegExp, message: string) =>
  z
    .string()
    .max(40, message)
    .transform((typed) => toAsciiDigits(typed).replaceAll(/[\s-]/g, '') || null)
    .pipe(z.union([z.null(), z.string().regex(pattern, message)]));

export const buyerInput = z.object({
  name: z
    .string()
    .trim()
    .max(120, 'billing.invoice.nameLong')
    .transform((text) => text || null),
  nationalCode: digits(/^\d{10,11}$/, 'billing.invoice.codeWrong'),
  economicCode: digits(/^\d{11,14}$/, 'billing.invoice.economicWrong'),
  postalCode: digits(/^\d{10}$/, 'billing.invoice.postalWrong'),
});
export const giftInput = z.object({ code: couponCode });
export const paymentIdInput = z.object({ id: z.uuid() });
export const remindersInput = z.object({ wanted: z.boolean() });
