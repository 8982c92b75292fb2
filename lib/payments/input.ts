import { z } from 'zod';
import { routing } from '#lib/core/i18n/routing.ts';
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

export const giftInput = z.object({ code: couponCode });
export const paymentIdInput = z.object({ id: z.uuid() });
export const remindersInput = z.object({ wanted: z.boolean() });
