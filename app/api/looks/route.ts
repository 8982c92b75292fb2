import { z } from 'zod';
import { publicRoute } from '#lib/auth/door/route.ts';
import { conversionLimits } from '#lib/conversions/policy.ts';
import { getShownLooks } from '#lib/conversions/queries.ts';
import { succeed } from '#lib/core/result.ts';

/** Galleries' pictures with these ids, as looks of the studio; without those that visitors do not see. */
export const GET = publicRoute({
  query: z.object({
    ids: z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(z.uuid()).max(3 * conversionLimits.batch)),
  }),
  limit: 'public.read',
  handler: async ({ query }) => succeed(await getShownLooks(query.ids)),
});
