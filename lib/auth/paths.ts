import type { AccountKind } from '#lib/core/actor.ts';

/** The pages of identity, without the locale. */
export type AuthPaths = Readonly<{
  signUp: string;
  verify: string;
  signIn: string;
  /** Signing in with a code that another device shows. */
  deviceCode: string;
  forgotPassword: string;
  resetPassword: string;
  /** Where one is after signing in. */
  home: string;
}>;

const pages = (area: string, home: string): AuthPaths => ({
  signUp: `${area}/signup`,
  verify: `${area}/verify`,
  signIn: `${area}/login`,
  deviceCode: `${area}/login/code`,
  forgotPassword: `${area}/forgot-password`,
  resetPassword: `${area}/reset-password`,
  home,
});

export const authPaths: Readonly<Record<AccountKind, AuthPaths>> = {
  user: pages('', '/studio'),
  vendor: pages('/vendor', '/vendor'),
};

/** Where administrators begin, where they are told to sign in again, and where they show their second factor. */
export const adminPaths = { home: '/admin', again: '/admin/again', factor: '/admin/factor' } as const;

/** A path with where to go afterwards, when that is not where one goes anyway. */
export function withNext(path: string, next: string, home: string): string {
  return next === home ? path : `${path}?next=${encodeURIComponent(next)}`;
}
