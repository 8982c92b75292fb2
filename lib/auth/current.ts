import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { UserActor, VendorActor } from '#lib/core/actor.ts';
import { type Locale, localePath } from '#lib/core/i18n/routing.ts';
import { sessionCookieName } from './cookies.ts';
import { findSession } from './find-session.ts';
import { pagePathHeader } from './page-path.ts';
import { sessionCookie } from './request-context.ts';
import { cookieOf } from './request-cookie.ts';
import type { LiveSession } from './session-store.ts';

/** The signed-in user, with what pages show of them. */
export type CurrentUser = UserActor & { phone: string; name: string | null; avatarUrl: string | null };
/** The signed-in vendor, with what pages show of them. */
export type CurrentVendor = VendorActor & { phone: string; businessName: string; avatarUrl: string | null };

function toUser({ accountId, sessionId, phone, name, avatarUrl }: LiveSession): CurrentUser {
  return { kind: 'user', userId: accountId, sessionId, phone, name, avatarUrl };
}

function toVendor({ accountId, sessionId, phone, name, avatarUrl }: LiveSession): CurrentVendor {
  return { kind: 'vendor', vendorId: accountId, sessionId, phone, businessName: name ?? '', avatarUrl };
}

/** Who is signed in as a user. The session's row is asked once a request. */
export const currentUser = cache(async (): Promise<CurrentUser | null> => {
  const session = await findSession('user', await sessionCookie('user'));
  return session && toUser(session);
});

/** Who is signed in as a vendor. The session's row is asked once a request. */
export const currentVendor = cache(async (): Promise<CurrentVendor | null> => {
  const session = await findSession('vendor', await sessionCookie('vendor'));
  return session && toVendor(session);
});

async function toSignIn(locale: Locale, page: '/login' | '/vendor/login'): Promise<never> {
  const path = (await headers()).get(pagePathHeader);
  redirect(localePath(locale, path ? `${page}?next=${encodeURIComponent(path)}` : page));
}

/** The signed-in user of a page; anybody else is sent to sign in and comes back afterwards. */
export async function requireUser(locale: Locale): Promise<CurrentUser> {
  return (await currentUser()) ?? toSignIn(locale, '/login');
}

/** The signed-in vendor of a page; anybody else is sent to sign in and comes back afterwards. */
export async function requireVendor(locale: Locale): Promise<CurrentVendor> {
  return (await currentVendor()) ?? toSignIn(locale, '/vendor/login');
}

/** The signed-in user of a route handler's request. */
export async function userFromRequest(request: Request): Promise<CurrentUser | null> {
  const session = await findSession('user', cookieOf(request, sessionCookieName('user')));
  return session && toUser(session);
}

/** The signed-in vendor of a route handler's request. */
export async function vendorFromRequest(request: Request): Promise<CurrentVendor | null> {
  const session = await findSession('vendor', cookieOf(request, sessionCookieName('vendor')));
  return session && toVendor(session);
}
