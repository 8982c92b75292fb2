import { publicRoute } from '#lib/auth/door/route.ts';

/** Whether this process answers at all. */
export const GET = publicRoute({
  limit: { unlimited: 'live: asks nothing' },
  handler: async () => Response.json({ status: 'live' }, { headers: { 'cache-control': 'no-store' } }),
});
