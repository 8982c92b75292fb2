import { publicRoute } from '#lib/auth/door/route.ts';
import { collectMetrics } from '#lib/operations/metrics/collect-metrics.ts';
import { mayScrape } from '#lib/operations/metrics/may-scrape.ts';

/** Prometheus text, for scrapers that may read it. */
export const GET = publicRoute({
  limit: { unlimited: 'metrics: nothing is done without the token' },
  handler: async ({ request }) => {
    if (!mayScrape(request.headers)) {
      return new Response(null, {
        status: 401,
        headers: { 'www-authenticate': 'Bearer', 'cache-control': 'no-store' },
      });
    }
    const { contentType, text } = await collectMetrics();
    return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
  },
});
