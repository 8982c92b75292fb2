import { type NextRequest, NextResponse } from 'next/server';
import createIntlMiddleware from 'next-intl/middleware';
import { pagePathHeader } from '#lib/auth/door/page-path.ts';
import { renewSessions } from '#lib/auth/door/renew-sessions.ts';
import { answerFailure } from '#lib/core/answer.ts';
import { env } from '#lib/core/env/env.ts';
import { isOurs, siteHost } from '#lib/core/http/same-site.ts';
import { contentSecurityPolicy, isFramedElsewhere, newNonce } from '#lib/core/http/security-headers.ts';
import { routing } from '#lib/core/i18n/routing.ts';
import { fail } from '#lib/core/result.ts';
import { emulatorPaths } from '#lib/payments/emulator/path.ts';

const localePrefix = new RegExp(`^/(?:${routing.locales.join('|')})(?=/|$)`);
const chooseLocale = createIntlMiddleware(routing);

/** Callbacks that a service signs in its own way; no browser sends them. */
function isSignedCallback(request: NextRequest): boolean {
  return request.nextUrl.pathname === '/api/uploadthing' && request.headers.has('uploadthing-hook');
}

/** What a messenger tells a bot of ours: its route looks at the secret that it shows, and at no cookie. */
function isBotUpdate(request: NextRequest): boolean {
  return /^\/api\/bot\/\w+$/.test(request.nextUrl.pathname) && !request.headers.has('sec-fetch-site');
}

/**
 * A photo shared from another app, on a phone whose service worker (`public/sw.js`) is not there to take it.
 * Nothing is read of it; the person brings it to the studio themselves.
 */
function isUntakenShare(request: NextRequest): boolean {
  const { pathname } = request.nextUrl;
  return request.method === 'POST' && pathname.replace(localePrefix, '') === '/studio/share';
}

/** What servers say to our own emulator of a gateway, where there is one. A browser is not let through here. */
function isEmulatedGateway(request: NextRequest): boolean {
  const { pathname } = request.nextUrl;
  return (
    Object.values(emulatorPaths).some((path) => pathname.startsWith(`${path}/`)) &&
    !request.headers.has('sec-fetch-site') &&
    env().embedded.payments
  );
}

/**
 * Stands before every page and route: refuses foreign requests that would change something, renews session
 * cookies, finds the locale, and gives each page its own nonce. The parts of an upload (signed one by one), the API (which
 * looks at no cookie) and files that exist as such do not pass here; nothing that runs code for a session is among them.
 */
export default async function proxy(request: NextRequest): Promise<Response> {
  const mayChange =
    isOurs(request.method, request.headers) ||
    isSignedCallback(request) ||
    isBotUpdate(request) ||
    isEmulatedGateway(request);
  if (isUntakenShare(request)) {
    const studio = new URL(request.nextUrl.pathname.replace(/\/share$/, ''), env().nextauthUrl);
    return NextResponse.redirect(studio, 303);
  }
  if (!mayChange) {
    return answerFailure(fail('request.crossSite', 'foreign or unsaid origin'));
  }
  // The framework compares an action's origin with this header, so a stranger must not choose it.
  request.headers.set('x-forwarded-host', siteHost(request.headers));
  // And what a page says of its own address (`Link`) is ours to know.
  request.headers.set('x-forwarded-proto', new URL(env().nextauthUrl).protocol.slice(0, -1));
  const renewed = await renewSessions(request);
  const isApi = request.nextUrl.pathname.startsWith('/api/');
  if (isApi) {
    const answer = NextResponse.next({ request: { headers: request.headers } });
    renewed(answer);
    return answer;
  }
  if (isFramedElsewhere(request.nextUrl.pathname)) {
    // Its policy says who may frame it, and is written where that is known.
    return chooseLocale(request);
  }
  const nonce = newNonce();
  const policy = contentSecurityPolicy(nonce);
  request.headers.set('x-nonce', nonce);
  request.headers.set('content-security-policy', policy);
  const { pathname, search } = request.nextUrl;
  request.headers.set(pagePathHeader, `${pathname.replace(localePrefix, '') || '/'}${search}`);
  const answer = chooseLocale(request);
  answer.headers.set('content-security-policy', policy);
  renewed(answer);
  return answer;
}

export const config = {
  matcher: [
    // A closed list of whole addresses: `[locale]` takes any word, so an open beginning here would be a second
    // address of every page. tests/access/proxy-matcher.test.ts proves that no page is reached around it.
    '/((?!api/ut(?:/|$)|api/v1/|_next/static/|fonts/[\\w.-]+\\.woff2$|icons/[\\w-]+\\.png$|samples/(?:[\\w-]+\\.(?:jpg|png)|(?:look|styles)/[\\w-]+\\.(?:avif|webp))$|(?:favicon\\.ico|icon\\.svg|apple-icon\\.png|sw\\.js|robots\\.txt|sitemap\\.xml)$).*)',
  ],
};
