import { z } from 'zod';
import { phone } from '#lib/auth/input.ts';
import { businessKinds } from '#lib/gallery/vendor/kinds.ts';

const words = (most: number, message: string) => z.string().trim().min(1, message).max(most, message);
const orNone = <Output>(schema: z.ZodType<Output, string>) =>
  z.union([z.literal('').transform(() => null), schema]).default(null);

export const previewInput = z.strictObject({
  to: z.enum(['user', 'vendor', 'all', 'users', 'vendors', 'planned', 'shops']),
  phone: orNone(phone),
  city: orNone(z.string().trim().max(60)),
  shopKind: orNone(z.enum(businessKinds)),
  titleFa: words(120, 'admin.circulars.titleMissing'),
  titleEn: words(120, 'admin.circulars.titleMissing'),
  textFa: words(1000, 'admin.circulars.textMissing'),
  textEn: words(1000, 'admin.circulars.textMissing'),
});
