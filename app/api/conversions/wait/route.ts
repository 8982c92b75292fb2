import { z } from 'zod';
import { userRoute } from '#lib/auth/door/route.ts';
import { conversionLimits } from '#lib/conversions/policy.ts';
import { readWait } from '#lib/conversions/queue/read-wait.ts';
import { succeed } from '#lib/core/result.ts';

/** How long `?count=` conversions would take the signed-in user if they were asked for now. */
export const GET = userRoute({
  query: z.object({ count: z.coerce.number().int().min(1).max(conversionLimits.batch).default(1) }),
  limit: 'account.read',
  handler: async ({ actor, query }) => succeed(await readWait(actor, query.count)),
});
