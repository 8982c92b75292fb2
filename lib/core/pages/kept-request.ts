import type { IncomingMessage } from 'node:http';

/** Pages that are the same for every visitor. */
export type KeptRoute = {
  /** The whole path, as it stands in the address. */
  readonly path: RegExp;
  /** The names that its query may have, each once. */
  readonly query: readonly string[];
  /** What it must be seen to show (the beginning of a scope each), or something was read past the record. */
  readonly shows: readonly string[];
};

/** What a page is kept under; together with the process's release it is all that the page depends on. */
export type KeptRequest = { readonly host: string; readonly address: string; readonly route: KeptRoute };

const longestAddress = 512;

/** What our own cookies and the framework's are called; nobody else's cookie changes a page. */
const namedCookie = /ai-stayler|(?:^|;)\s*(?:__|next)/i;

/** Headers with which the framework, or HTTP itself, means another answer than the page. */
const tellingHeader =
  /^(?:rsc|authorization|range|expect|upgrade|content-.*|transfer-.*|if-.*|next-.*|x-(?:next|middleware|prerender|matched|invoke|action|nonce|deployment|vercel|now).*)$/;

function isQueryOf(route: KeptRoute, query: string): boolean {
  const names = [...new URLSearchParams(query).keys()];
  return new Set(names).size === names.length && names.every((name) => route.query.includes(name));
}

/**
 * What a request's page may be kept under; null where the request could be answered with anything but the page that
 * every visitor sees: it is not on the list, somebody may be signed in, or the framework is asked for something else.
 *
 * @param hostOf What the site calls itself in the answer to this request; null: not one of its own names.
 */
export function toKeptRequest(
  request: IncomingMessage,
  routes: readonly KeptRoute[],
  hostOf: (asked: string) => string | null,
): KeptRequest | null {
  const { method, url: address = '', headers } = request;
  if (method !== 'GET' || address.length > longestAddress) return null;
  if (headers.cookie !== undefined && namedCookie.test(headers.cookie)) return null;
  for (const name of Object.keys(headers)) if (tellingHeader.test(name)) return null;
  const [path = '', query = '', ...more] = address.split('?');
  if (more.length > 0 || address.includes('#')) return null;
  const route = routes.find((one) => one.path.test(path));
  if (!route || (query !== '' && !isQueryOf(route, query))) return null;
  const host = hostOf(headers.host ?? '');
  return host === null ? null : { host, address, route };
}
