import { publicRoute } from '#lib/auth/door/route.ts';
import { withSmallBody } from '#lib/core/http/read-body.ts';
import { mostErrorBytes, reportBrowserError } from '#lib/operations/browser-errors/report-browser-error.ts';

const nothing = () => new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });

/** What broke in a browser, as our pages tell it (`sendBeacon`). The answer is always the same. */
export const POST = publicRoute({
  limit: 'error.report',
  handler: async ({ request }) => {
    const small = await withSmallBody(request, mostErrorBytes);
    reportBrowserError(await small?.json().catch(() => null));
    return nothing();
  },
  refused: nothing,
});
