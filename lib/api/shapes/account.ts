import { z } from 'zod';
import { id, moment, name } from './named.ts';

const left = z.int();

export const account = name(
  'Account',
  z.strictObject({
    id,
    kind: z.enum(['user', 'vendor']),
    planName: z.string().nullable(),
    periodEnd: moment.nullable(),
    /** Of a user: conversions and photos; of a vendor: pictures. */
    left: z.strictObject({ free: left, conversions: left.nullable(), pictures: left }),
    /** What has to be agreed to before a first photo, and whether it was; null for vendors. */
    photoTerms: z
      .strictObject({
        code: z.string(),
        engines: z.array(z.strictObject({ name: z.string(), country: z.string() })),
        agreed: z.boolean(),
      })
      .nullable(),
  }),
);
