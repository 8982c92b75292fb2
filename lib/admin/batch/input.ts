import { z } from 'zod';
import { day, orNone, whole } from '../input.ts';

/** Many gift codes at once: how many, what each gives, and to whom. */
export const batchInput = z.strictObject({
  name: z.string().trim().min(1, 'admin.batches.nameMissing').max(80, 'admin.batches.nameMissing'),
  size: whole(1, 2000, 'admin.batches.sizeWrong'),
  value: whole(1, 1000, 'admin.coupons.valueWrong'),
  audience: z.enum(['user', 'vendor'], 'admin.coupons.giftAudience'),
  startsOn: orNone(day),
  endsOn: orNone(day),
});
