import { z } from 'zod';
import { toAsciiDigits } from '#lib/core/phone.ts';

const typed = z
  .string()
  .max(40)
  .transform((text) => toAsciiDigits(text).replace(/\s/g, ''));

/** The six digits of an app. */
export const confirmFactorInput = z.strictObject({
  code: typed.pipe(z.string().regex(/^\d{6}$/, 'admin.factor.codeShape')),
});

/** The same, or one of the recovery codes. */
export const proveFactorInput = z.strictObject({
  code: typed.pipe(
    z.string().regex(/^(?:\d{6}|[A-Za-z0-9]{5}-?[A-Za-z0-9]{5})$/, 'admin.factor.anyCodeShape'),
  ),
});
