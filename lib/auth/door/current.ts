import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import type { UserActor, VendorActor } from '#lib/core/actor.ts';
import { type Locale, localePath } from '#lib/core/i18n/routing.ts';
import { actAlsoAsSystem } from '#lib/db/walls/acting.ts';
import { type AdminStanding, adminStanding } from '../admin/admin-standing.ts';
import { hasRole, type Roles } from '../admin/policy.ts';
import { adminPaths, withNext } from '../paths.ts';
import { sessionCookieName } from '../session/cookies.ts';
import { findSession } from '../session/find-session.ts';
import type { LiveSession } from '../session/store.ts';
import { pagePathHeader } from './page-path.ts';
import { sessionCookie } from './request-context.ts';
import { cookieOf } from './request-cookie.ts';

/** What pages show of anybody's account, and until when its session lasts at most. */
type Standing = { avatarUrl: string | null; endsInSeconds: number };

/** The signed-in user, with what pages show of them. */
export type CurrentUser = UserActor & { phone: string; name: string | null } & Standing;
/** The signed-in vendor, with what pages show of them. */
export type CurrentVendor = VendorActor & { phone: string; businessName: string } & Standing;

function toUser({ accountId, sessionId, phone, name, avatarUrl, endsInSeconds }: LiveSession): CurrentUser {
  return { kind: 'user', userId: accountId, sessionId, phone, name, avatarUrl, endsInSeconds };
}

function toVendor({
  accountId,
  sessionId,
  phone,
  name,
  avatarUrl,
  endsInSeconds,
}: LiveSession): CurrentVendor {
  return {
    kind: 'vendor',
    vendorId: accountId,
    sessionId,
    phone,
    businessName: name ?? '',
    avatarUrl,
    endsInSeconds,
  };
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

/** A signed-in administrator, and how far this session has come. */
export type CurrentAdmin = AdminStanding & { user: CurrentUser };

async function asAdmin(user: CurrentUser | null): Promise<CurrentAdmin | null> {
  const admin = user && (await adminStanding(user));
  return admin && { ...admin, user };
}

/** Who is signed in as an administrator; null for everybody else. Asked once a request. */
export const currentAdmin = cache(async (): Promise<CurrentAdmin | null> => asAdmin(await currentUser()));

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

/**
 * The administrator of a page that is for these roles: signed in within the last hour, with the second factor shown. An
 * administrator who has not proved the factor yet is led there and comes back; for everybody else who is signed in
 * there is no such page.
 */
export async function requireAdmin(locale: Locale, roles: Roles): Promise<CurrentUser> {
  await requireUser(locale);
  const admin = await currentAdmin();
  if (!admin || !hasRole(admin.role, roles)) notFound();
  if (admin.standing !== 'fresh') {
    const path = (await headers()).get(pagePathHeader) ?? adminPaths.home;
    const step = admin.standing === 'stale' ? adminPaths.again : adminPaths.factor;
    redirect(localePath(locale, withNext(step, path, adminPaths.home)));
  }
  actAlsoAsSystem();
  return admin.user;
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

/** The administrator of a route handler's request; null for everybody else. */
export async function adminFromRequest(request: Request): Promise<CurrentAdmin | null> {
  return asAdmin(await userFromRequest(request));
}
