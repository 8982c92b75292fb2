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
    left: z
      .strictObject({ free: left, conversions: left.nullable(), pictures: left })
      .describe('Of a user: conversions and photos. Of a vendor: pictures.'),
    photoTerms: z
      .strictObject({
        code: z.string(),
        engines: z.array(z.strictObject({ name: z.string(), country: z.string() })),
        agreed: z.boolean(),
      })
      .nullable()
      .describe('What has to be agreed to before a photo is sent, and whether it was. Null for vendors.'),
  }),
);
