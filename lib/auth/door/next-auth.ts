import NextAuth, { type AuthOptions, type User } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { z } from 'zod';
import type { AccountKind } from '#lib/core/actor.ts';
import { env } from '#lib/core/env/env.ts';
import { log } from '#lib/core/log.ts';
import { clientAddress } from '#lib/rate-limit/client-address.ts';
import { signInInput } from '../input.ts';
import {
  cookieOptions,
  knownCookieName,
  nextAuthCookieName,
  sessionCookieName,
  sessionCookieSeconds,
} from '../session/cookies.ts';
import { openClaims, realmSecret, type SessionClaims } from '../session/session-token.ts';
import { signIn } from '../sign-in.ts';
import { signOut } from '../sign-out.ts';
import { userFromRequest, vendorFromRequest } from './current.ts';
import { cookieOf } from './request-cookie.ts';

declare module 'next-auth' {
  interface Session {
    user: { id: string; kind: AccountKind; name?: string | null };
  }
}

type SignedIn = User & { claims: SessionClaims };

/** What next-auth needs to serve one account kind. Made per request: it depends on the environment. */
function optionsFor(kind: AccountKind, request: Request): AuthOptions {
  const options = cookieOptions();
  const loginPage = kind === 'user' ? '/login' : '/vendor/login';
  return {
    secret: realmSecret(kind),
    session: { strategy: 'jwt', maxAge: sessionCookieSeconds },
    pages: { signIn: loginPage, signOut: loginPage, error: loginPage },
    cookies: {
      sessionToken: { name: sessionCookieName(kind), options },
      csrfToken: { name: nextAuthCookieName(kind, 'csrf'), options },
      callbackUrl: { name: nextAuthCookieName(kind, 'callback'), options },
    },
    providers: [
      CredentialsProvider({
        id: kind,
        name: kind,
        credentials: { phone: { type: 'tel' }, password: { type: 'password' } },
        authorize: async (credentials) => {
          const input = signInInput.safeParse(credentials);
          if (!input.success) return null;
          const device = {
            address: clientAddress(request.headers),
            userAgent: request.headers.get('user-agent'),
          };
          const replaces = await openClaims(kind, cookieOf(request, sessionCookieName(kind)));
          const known = cookieOf(request, knownCookieName());
          const claims = await signIn({ kind, ...input.data, device, replaces, known });
          if (!claims.ok) {
            log.info({ door: 'session.create', errorCode: claims.code, detail: claims.detail }, 'refused');
            if (claims.code === 'auth.badCredentials') return null;
            throw new Error(claims.code);
          }
          return { id: claims.value.sub, claims: claims.value } satisfies SignedIn;
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user, trigger }) =>
        user && trigger === 'signIn' ? { ...(user as SignedIn).claims } : token,
      session: ({ session, token }) => ({ ...session, user: { id: token.sub ?? '', kind } }),
      redirect: ({ url, baseUrl }) =>
        URL.canParse(url, baseUrl) && new URL(url, baseUrl).origin === new URL(baseUrl).origin
          ? url
          : baseUrl,
    },
    events: {
      signOut: async ({ token }) => {
        const { sub, sid } = (token ?? {}) as Partial<SessionClaims>;
        if (sub && sid) await signOut(kind, { ...token, sub, sid } as SessionClaims);
      },
    },
    logger: {
      error: (errorCode, details) => log.warn({ errorCode, details: String(details) }, 'next-auth'),
      warn: (errorCode) => log.debug({ errorCode }, 'next-auth'),
      debug: () => undefined,
    },
  };
}

const nextAuthActions = [
  'session',
  'csrf',
  'providers',
  'signin',
  'signout',
  'callback',
  'error',
  '_log',
] as const;

/** What stands behind the paths of next-auth: an action of its own, and the provider that some of them name. */
export const nextAuthParams = z.object({
  nextauth: z.tuple([z.enum(nextAuthActions), z.enum(['user', 'vendor']).optional()]),
});
type Params = z.output<typeof nextAuthParams>;

async function serve(kind: AccountKind, request: Request, params: Params): Promise<Response> {
  // next-auth reads its own address from here and nowhere else.
  process.env.NEXTAUTH_URL ??= env().nextauthUrl;
  const context = { params: Promise.resolve(params) };
  return NextAuth(request as never, context as never, optionsFor(kind, request)) as Promise<Response>;
}

/**
 * GET of next-auth's routes. Reading the session asks our row first, and never writes a cookie: next-auth
 * would renew the old token each time and could put it back over a newer one.
 */
export async function getNextAuth(kind: AccountKind, request: Request, params: Params): Promise<Response> {
  const [action] = params.nextauth;
  if (action !== 'session') return serve(kind, request, params);
  const actor = kind === 'user' ? await userFromRequest(request) : await vendorFromRequest(request);
  const noStore = { 'cache-control': 'private, no-cache, no-store' };
  if (!actor) return Response.json({}, { headers: noStore });
  const answer = await serve(kind, request, params);
  return new Response(answer.body, {
    status: answer.status,
    headers: { ...noStore, 'content-type': answer.headers.get('content-type') ?? 'application/json' },
  });
}

const maxBodyBytes = 16 * 1024;

/** POST of next-auth's routes, for bodies of a size that a sign-in can have. */
export async function postNextAuth(kind: AccountKind, request: Request, params: Params): Promise<Response> {
  const bytes = request.headers.get('content-length');
  if (bytes === null) return new Response(null, { status: 411 });
  if (!(Number(bytes) <= maxBodyBytes)) return new Response(null, { status: 413 });
  return serve(kind, request, params);
}
