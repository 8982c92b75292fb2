import { userRoute } from '#lib/auth/door/route.ts';
import { listConversions } from '#lib/conversions/history/list-conversions.ts';
import { historyQuery } from '#lib/conversions/input.ts';
import { succeed } from '#lib/core/result.ts';

/** A page of the signed-in user's history: `?show=` or `?style=`, and `?cursor=` where it begins. */
export const GET = userRoute({
  query: historyQuery,
  limit: 'account.read',
  handler: async ({ actor, query }) => succeed(await listConversions(actor, query)),
});
