import { publicRoute } from '#lib/auth/door/route.ts';
import { checkReadiness } from '#lib/operations/check-readiness.ts';

/** Whether this process can serve people now, and what of it is not as it should be. */
export const GET = publicRoute({
  limit: { unlimited: 'ready: one answer serves everybody for half a second' },
  handler: async () => {
    const readiness = await checkReadiness();
    const isReady = readiness.status !== 'not ready';
    return Response.json(readiness, {
      status: isReady ? 200 : 503,
      headers: { 'cache-control': 'no-store', ...(isReady ? {} : { 'retry-after': '2' }) },
    });
  },
});
