import { publicRoute } from '#lib/auth/door/route.ts';
import { env } from '#lib/core/env/env.ts';
import { siteHost } from '#lib/core/http/same-site.ts';
import { settleReturn, strangePaymentPath } from '#lib/payments/check/settle-return.ts';

/**
 * Where the gateway sends people back to. Nobody needs to be signed in, nothing in the address is believed, and
 * the answer is always a redirect, whatever happened: the page of the payment tells.
 */
export const GET = publicRoute({
  limit: 'payment.return',
  handler: async ({ request }) => leadTo(await settleReturn(new URL(request.url).searchParams), request),
  refused: (_failure, request) => leadTo(strangePaymentPath, request),
});

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
