import { isSmsDelayed } from '#lib/notifications/sms/send-sms.ts';

/**
 * Whether text messages come late now; the same for every number. A route and not an action, because an
 * action that is asked as somebody leaves is sent to the next page, which does not have it.
 */
export async function GET(): Promise<Response> {
  return Response.json({ delayed: await isSmsDelayed() }, { headers: { 'cache-control': 'no-store' } });
}
