import { publicRoute } from '#lib/auth/door/route.ts';
import { succeed } from '#lib/core/result.ts';
import { isSmsDelayed } from '#lib/notifications/sms/send-sms.ts';

/**
 * Whether text messages come late now; the same for every number. A route and not an action, because an
 * action that is asked as somebody leaves is sent to the next page, which does not have it.
 */
export const GET = publicRoute({
  limit: 'public.read',
  handler: async () => succeed({ delayed: await isSmsDelayed() }),
});
