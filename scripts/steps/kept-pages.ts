import type { IncomingMessage, ServerResponse } from 'node:http';
import { env } from '#lib/core/env/env.ts';
import { siteHost } from '#lib/core/http/same-site.ts';
import type { KeptRoute } from '#lib/core/pages/kept-request.ts';
import { PageCache } from '#lib/core/pages/page-cache.ts';
import { KeptPictures } from '#lib/files/image/kept-pictures.ts';

const locale = '(?:/en)?';
const handle = '[a-z0-9][a-z0-9_-]{1,28}[a-z0-9]';
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const at = (path: string) => new RegExp(`^${locale}${path}$`);

/**
 * The pages that are the same for every visitor, what their addresses may say, and what each must be seen to show
 * (`anyGallery` of lib/gallery/public/cache.ts, `plansKnownAs` of lib/payments/policy.ts, lib/account/legal/queries.ts). Search is not among them.
 */
const routes: readonly KeptRoute[] = [
  { path: /^\/(?:en)?$/, query: [], shows: ['gallery', 'plans'] },
  {
    path: at('/explore'),
    query: ['tag', 'sort', 'look', 'show', 'kind', 'city', 'cursor'],
    shows: ['gallery'],
  },
  { path: at(`/g/${handle}`), query: ['cursor', 'albums', 'image', 'look'], shows: ['gallery:'] },
  { path: at(`/g/${handle}/${uuid}`), query: ['cursor', 'image', 'look'], shows: ['gallery:'] },
  { path: at('/plans'), query: [], shows: ['plans'] },
  // The price that stands beside its button, and the sets of looks it offers.
  { path: at('/studio'), query: ['style', 'reference'], shows: ['gallery', 'plans'] },
  { path: at('/(?:privacy|terms)'), query: ['version'], shows: ['legal'] },
  { path: at('/(?:styles|contact)'), query: [], shows: [] },
];

/** A name that is looked up nowhere: what the site calls itself to somebody who asked for no name of ours. */
const nobody = 'nobody.invalid';

/**
 * The caches of public pages and pictures before the framework's handler; always false where there are none (PAGE_CACHE_MB).
 *
 * @param hand The framework's handler; it answers whatever happens.
 */
export function keptPages(
  hand: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const { pageCacheMb, port } = env();
  const pictures = new KeptPictures();
  if (pageCacheMb === 0) return () => false;
  const own = siteHost(new Headers({ host: nobody }));
  // On loopback the pages name the host they were asked for.
  const names = new Set([own, ...['localhost', '127.0.0.1'].map((name) => `${name}:${port}`)]);
  const cache = new PageCache({
    routes,
    handle: hand,
    hostOf: (asked) => {
      const host = siteHost(new Headers({ host: asked }));
      return names.has(host) ? host : null;
    },
    mostBytes: pageCacheMb * 1024 * 1024,
  });
  return (request, response) => cache.answer(request, response) || pictures.answer(request, response, hand);
}
