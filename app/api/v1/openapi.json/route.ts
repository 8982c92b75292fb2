import { makeDocument } from '#lib/api/document.ts';
import { publicRoute } from '#lib/auth/door/route.ts';

/** The document of the API, for programs and those who make clients of it. */
export const GET = publicRoute({
  limit: 'public.read',
  handler: async () =>
    Response.json(makeDocument(), {
      headers: { 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' },
    }),
});
