import { randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { perProcess } from '#lib/core/per-process.ts';
import { env } from '../env/env.ts';
import { beginSpan, failSpan } from '../trace/tracing.ts';
import { enterWork } from '../trace/work-context.ts';
import { enterAnswer } from './answer-length.ts';
import { commonHeaders } from './security-headers.ts';

const requestIdHeader = 'x-request-id';

const shared = perProcess<{ isBegun?: boolean }>('http.requestsBegun');

/** What a proxy of ours may have called the request; anything else is a stranger's. */
function forwardedId(request: IncomingMessage): string | null {
  const given = request.headers[requestIdHeader];
  return env().trustedProxyHops > 0 && typeof given === 'string' && /^[\w.-]{8,64}$/.test(given)
    ? given
    : null;
}

/**
 * The path as a kind of path: words stay, and whatever could be an id, a token, a number or a name becomes `:x`.
 */
export function routeOf(url: string): string {
  const [path = ''] = url.split('?');
  return path
    .split('/')
    .slice(0, 8)
    .map((part) => (part === '' || words.has(part) ? part : ':x'))
    .join('/');
}

/** The words that our own addresses are made of. */
const words = new Set(
  `fa en a g s account admin again albums api audit auth billing callback contact conversions dev developers emulator events explore
   export files forgot-password health images insight landing live login manifest.webmanifest messages metrics
   moderation money notices offline outbox payments photo-check plans png privacy profile ready receipt
   reset-password review robots.txt session share shares signin signout signup sitemap.xml studio styles terms ui
   uploadthing users ut vendor vendor-auth vendors verify visits wait zarinpal zibal zip _next static`.split(
    /\s+/,
  ),
);

/** What a page brings along: dozens of files a visit, and nothing happens in them. */
const assets = /^\/(_next|fonts|icons|samples)\/|^[^?]*\.[a-z0-9]{2,12}(\?|$)/;

/**
 * Gives every request that this process receives a name: in its answer (`x-request-id`), in the log lines and jobs that
 * come of it, and in its span. A name from outside counts only behind a proxy of ours. Puts the security headers on
 * every answer too, before anything can answer: a file, a page, a refusal and what is not there alike. Safe to call
 * again.
 */
export function beginRequests(): void {
  if (shared.isBegun) return;
  shared.isBegun = true;
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const requestId = forwardedId(request) ?? randomUUID();
    request.headers[requestIdHeader] = requestId;
    response.setHeader(requestIdHeader, requestId);
    for (const [name, value] of commonHeaders(request.url)) response.setHeader(name, value);
    const method = request.method ?? 'GET';
    const route = routeOf(request.url ?? '/');
    const attributes = { 'http.request.method': method, 'http.route': route, 'request.id': requestId };
    const isAsset = assets.test(request.url ?? '');
    const span = isAsset ? undefined : beginSpan(`${method} ${route}`, attributes, undefined);
    if (span) {
      response.once('close', () => {
        span.setAttribute('http.response.status_code', response.statusCode);
        if (response.statusCode >= 500) failSpan(span, String(response.statusCode));
        span.end();
      });
    }
    enterWork({ requestId, span });
    enterAnswer(response);
  });
}
