import { publicRoute } from '#lib/auth/door/route.ts';
import { runningRelease } from '#lib/core/release.ts';
import { succeed } from '#lib/core/result.ts';

/** Whether this process answers at all, and of which release it is. */
export const GET = publicRoute({
  limit: { unlimited: 'live: asks nothing' },
  handler: async () => succeed({ status: 'live', release: runningRelease() }),
});
