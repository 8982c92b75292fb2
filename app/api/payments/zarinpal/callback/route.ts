import { env } from '#lib/core/env/env.ts';
import { siteHost } from '#lib/core/http/same-site.ts';
import { log } from '#lib/core/log.ts';
import { settleReturn, strangePaymentPath } from '#lib/payments/check/settle-return.ts';

/**
 * Where the gateway sends people back to. Nobody needs to be signed in, nothing in the address is believed, and
 * the answer is always a redirect, whatever happened: the page of the payment tells.
 */
export async function GET(request: Request): Promise<Response> {
  const path = await settleReturn(new URL(request.url).searchParams).catch((error: unknown) => {
    log.error({ err: error }, 'a return from the gateway failed');
    return strangePaymentPath;
  });
  const { protocol } = new URL(env().nextauthUrl);
  return new Response(null, {
    status: 303,
    headers: {
      location: `${protocol}//${siteHost(request.headers)}${path}`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    },
  });
}
