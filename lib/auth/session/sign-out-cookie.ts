import type { AccountKind } from '#lib/core/actor.ts';

/**
 * Says that the person at this browser wanted to sign out and the site could not be reached. A page may write it,
 * unlike the session's own cookie; whichever request gets through first ends the session and takes both away.
 */
export function signOutCookieName(kind: AccountKind): string {
  return `ai-stayler.leaving-${kind}`;
}

/** As long as a session cookie may lie in the browser at most. */
export const signOutCookieSeconds = 400 * 24 * 60 * 60;
