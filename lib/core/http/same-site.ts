import { env } from '../env/env.ts';

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The host that people reach us under: the one in NEXTAUTH_URL. On loopback the request's own, because
 * `localhost` and `127.0.0.1` are both the machine one sits at.
 */
export function siteHost(headers: Headers): string {
  const { host } = new URL(env().nextauthUrl);
  const asked = headers.get('host') ?? '';
  return loopback.test(host) && loopback.test(asked) ? asked : host;
}

/**
 * Whether a request may change something: it must come from a page of ours, as the browser itself says, or
 * else as its Origin says. A request that says neither is refused, from a script too.
 */
export function isOurs(method: string, headers: Headers): boolean {
  if (safeMethods.has(method)) return true;
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = headers.get('origin');
  return origin !== null && URL.canParse(origin) && new URL(origin).host === siteHost(headers);
}

/**
 * Whether a page of another site asks, as the browser itself says, or else as Origin or Referer say. An address
 * that was typed in or kept as a bookmark does not come from elsewhere.
 */
export function isFromElsewhere(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site !== 'same-origin' && site !== 'none';
  const from = headers.get('origin') ?? headers.get('referer');
  return from !== null && !(URL.canParse(from) && new URL(from).host === siteHost(headers));
}
