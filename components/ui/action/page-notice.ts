import type { ErrorCode } from '#lib/core/errors.ts';

/**
 * What the page as a whole has to tell: `outdated`, the site was renewed since it was opened; `ending`, the session ends
 * in a few minutes; `ended`, it has. What comes later in this list takes the place of what came before it.
 */
const notices = ['outdated', 'ending', 'ended'] as const;
export type PageNotice = (typeof notices)[number];

let shown: PageNotice | null = null;
const listeners = new Set<() => void>();

/** Lets the page tell something. The listener tells the reader once. */
export function notePage(notice: PageNotice): void {
  if (shown && notices.indexOf(notice) < notices.indexOf(shown)) return;
  shown = notice;
  for (const listener of listeners) listener();
}

/** The failures that signing in again helps with. */
const codesOfEnd: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['auth.required', 'auth.sessionOld']);
export const isSessionOver = (code: ErrorCode) => codesOfEnd.has(code);

export function subscribeToNotice(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const readNotice = (): PageNotice | null => shown;
