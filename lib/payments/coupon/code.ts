import { z } from 'zod';
import { toAsciiDigits } from '#lib/core/phone.ts';

/** A code as people type it: in either case, with Persian digits, spaces or dashes. Kept in capitals. */
export const couponCode = z
  .string()
  .max(60, 'billing.coupon.malformed')
  .transform((typed) =>
    toAsciiDigits(typed)
      .replaceAll(/[\s\-\u200c]/g, '')
      .toUpperCase(),
  )
  .pipe(z.string().regex(/^[A-Z0-9]{4,24}$/, 'billing.coupon.malformed'));
