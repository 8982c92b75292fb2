import { z } from 'zod';
import { maxPayableRials } from '#lib/payments/policy.ts';
import { idInput, whole } from '../input.ts';

/** A part of what was paid, in Toman as it is typed; `seenRials` is what had gone back when the form was shown. */
export const refundPartInput = idInput.extend({
  amountToman: whole(1, Number(maxPayableRials / 10n), 'errors.payment.refundTooMuch'),
  ends: z.enum(['true', 'false']).transform((text) => text === 'true'),
  seenRials: z.string().regex(/^\d{1,15}$/),
});

/** Of which refund, and the bank's number. */
export const transferInput = idInput.extend({
  reference: z.string().trim().min(3, 'admin.transfer.missing').max(60, 'admin.transfer.missing'),
});
