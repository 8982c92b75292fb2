import { env } from '#lib/core/env/env.ts';
import type { GatewayName } from '#lib/core/env/payment-env.ts';
import { siteHost } from '#lib/core/http/same-site.ts';
import { settleReturn, strangePaymentPath } from './settle-return.ts';

/**
 * What stands behind the route where a gateway sends people back to. Nobody needs to be signed in, nothing in the
 * address is believed, and the answer is always a redirect, whatever happened: the page of the payment tells.
 */
export function returnFrom(gateway: GatewayName) {
  return {
    limit: 'payment.return',
    handler: async ({ request }: { request: Request }) =>
      leadTo(await settleReturn(gateway, new URL(request.url).searchParams), request),
    refused: (_failure: unknown, request: Request) => leadTo(strangePaymentPath, request),
  } as const;
}

function leadTo(path: string, { headers }: Request): Response {
  const { protocol } = new URL(env().nextauthUrl);
  return new Response(null, {
    status: 303,
    headers: {
      location: `${protocol}//${siteHost(headers)}${path}`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    },
  });
}
