import { type Frame, readStack, typeOf } from '#lib/core/report/read-stack.ts';

/** What a page tells of itself: more of it would be the same again. */
const mostToldHere = 5;

let isAsked = false;
const told = new Set<string>();

/** What is sent of an error: its kind and the places of our code, never its text, the page's address or who reads it. */
type ToldError = { readonly type: string; readonly frames: readonly Frame[] };

/** Tells our own server of an error, if it asked for that; of scripts that are not ours nothing is told. */
export function tellError(error: unknown): void {
  if (!isAsked || !(error instanceof Error) || told.size >= mostToldHere) return;
  const frames = readStack(error.stack);
  if (!frames.some(({ filename }) => filename.startsWith('_next/'))) return;
  const body = JSON.stringify({ type: typeOf(error), frames } satisfies ToldError);
  if (told.has(body)) return;
  told.add(body);
  navigator.sendBeacon?.('/api/errors', new Blob([body], { type: 'application/json' }));
}

/** From now on for as long as the page is open, whatever part of it is shown. */
export function beginTelling(): void {
  if (isAsked) return;
  isAsked = true;
  window.addEventListener('error', ({ error }) => tellError(error));
  window.addEventListener('unhandledrejection', ({ reason }) => tellError(reason));
}
