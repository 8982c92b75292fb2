import { publicRoute } from '#lib/auth/door/route.ts';
import { modelForBrowsers } from '#lib/styles/parts-model/serve-model.ts';

/** The operator's parts network for the engine in a browser; nothing (204) where there is none for browsers. */
export const GET = publicRoute({
  ownPagesOnly: true,
  limit: 'public.read',
  handler: async ({ request }) => {
    const model = await modelForBrowsers();
    if (!model)
      return new Response(null, { status: 204, headers: { 'cache-control': 'public, max-age=3600' } });
    const headers = { etag: `"${model.sha256}"`, 'cache-control': 'public, max-age=86400' };
    if (request.headers.get('if-none-match') === headers.etag)
      return new Response(null, { status: 304, headers });
    return new Response(new Uint8Array(model.bytes), {
      headers: { ...headers, 'content-type': 'application/octet-stream' },
    });
  },
});
