import { type NextRequest, NextResponse } from 'next/server';
import createIntlMiddleware from 'next-intl/middleware';
import { pagePathHeader } from '#lib/auth/door/page-path.ts';
import { renewSessions } from '#lib/auth/session/renew-sessions.ts';
import { answerFailure } from '#lib/core/answer.ts';
import { env } from '#lib/core/env/env.ts';
import { isOurs, siteHost } from '#lib/core/http/same-site.ts';
import { commonHeaders, contentSecurityPolicy, newNonce } from '#lib/core/http/security-headers.ts';
import { routing } from '#lib/core/i18n/routing.ts';
import { fail } from '#lib/core/result.ts';
import { emulatorPath } from '#lib/payments/emulator/path.ts';

const localePrefix = new RegExp(`^/(?:${routing.locales.join('|')})(?=/|$)`);
const chooseLocale = createIntlMiddleware(routing);

/** Callbacks that a service signs in its own way; no browser sends them. */
function isSignedCallback(request: NextRequest): boolean {
  return request.nextUrl.pathname === '/api/uploadthing' && request.headers.has('uploadthing-hook');
}

/**
 * A photo shared from another app, on a phone whose service worker (`public/sw.js`) is not there to take it.
 * Nothing is read of it; the person brings it to the studio themselves.
 */
function isUntakenShare(request: NextRequest): boolean {
  const { pathname } = request.nextUrl;
  return request.method === 'POST' && pathname.replace(localePrefix, '') === '/studio/share';
}

/** What servers say to our own emulator of the gateway, where there is one. A browser is not let through here. */
function isEmulatedGateway(request: NextRequest): boolean {
  const { pathname } = request.nextUrl;
  return (
    pathname.startsWith(`${emulatorPath}/`) &&
    !request.headers.has('sec-fetch-site') &&
    env().embedded.payments
  );
}

function withHeaders<Answer extends Response>(answer: Answer): Answer {
  for (const [name, value] of commonHeaders()) answer.headers.set(name, value);
  return answer;
}

/**
 * Stands before every page and route: refuses foreign requests that would change something, renews session
 * cookies, finds the locale, and gives each page its own nonce. Uploads and static files do not pass here.
 */
export default async function proxy(request: NextRequest): Promise<Response> {
  const mayChange =
    isOurs(request.method, request.headers) || isSignedCallback(request) || isEmulatedGateway(request);
  if (isUntakenShare(request)) {
    const studio = new URL(request.nextUrl.pathname.replace(/\/share$/, ''), env().nextauthUrl);
    return withHeaders(NextResponse.redirect(studio, 303));
  }
  if (!mayChange) {
    return withHeaders(answerFailure(fail('request.crossSite', 'foreign or unsaid origin')));
  }
  // The framework compares an action's origin with this header, so a stranger must not choose it.
  request.headers.set('x-forwarded-host', siteHost(request.headers));
  const renewed = await renewSessions(request);
  const isApi = request.nextUrl.pathname.startsWith('/api/');
  if (isApi) {
    const answer = NextResponse.next({ request: { headers: request.headers } });
    renewed(answer);
    return withHeaders(answer);
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
  return withHeaders(answer);
}

export const config = {
  matcher: [
    '/((?!api/ut(?:/|$)|_next/|fonts/|samples/|icons/|favicon\\.ico$|icon\\.svg$|apple-icon|sw\\.js$|robots\\.txt$|sitemap\\.xml$).*)',
  ],
};
