import { publicRoute } from '#lib/auth/door/route.ts';
import { fail } from '#lib/core/result.ts';
import { sitemapXml, toSitemapPart } from '#lib/gallery/sitemap/make-sitemap.ts';

/** Asked for anew each time: a map that a build had made would show the galleries of the day of the build. */
export const dynamic = 'force-dynamic';

/** The map of the public pages: without a query the list of its parts, with one of ours that part. */
export const GET = publicRoute({
  limit: 'public.read',
  handler: async ({ request }) => {
    const part = toSitemapPart(new URL(request.url).searchParams);
    if (!part) return fail('notFound', 'no part of the map');
    const encoder = new TextEncoder();
    const text = sitemapXml(part);
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await text.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await text.return(undefined);
      },
    });
    return new Response(body, {
      headers: {
        'content-type': 'application/xml; charset=utf-8',
        'cache-control': 'public, max-age=3600',
      },
    });
  },
});
