import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation';
import { type Action, perform } from '#lib/core/action.ts';
import type { ErrorCode } from '#lib/core/errors.ts';
import type { PublicFailure, PublicResult } from '#lib/core/result.ts';

import { newKey } from './new-key.ts';
import { isSessionOver, notePage } from './page-notice.ts';

/** A silent line is given up after this long; a form that sends a picture may say more. */
const patienceMs = 45_000;

/** While servers are changed one by one, the next answer may come from one that knows the action. */
const unknownPausesMs = [400, 1200];

type Wish = {
  readonly said: string;
  /** What is to be made, if something is. */
  readonly key: string;
  /** This asking: renewed when something else was asked for in between, after which the same words may mean another thing. */
  readonly asking: string;
  readonly at: number;
};

/** The last wish of each action that was not granted yet: it may be done all the same. */
const unsettled = new WeakMap<object, Wish>();

/** What was asked for last, whatever it was. */
let latest: Wish | undefined;

const files = new WeakMap<Blob, string>();

/** What a wish says, in one text: a file by itself, since two of them may have one name. */
function textOf(input: unknown): string {
  const name = (_: string, value: unknown) => {
    if (!(value instanceof Blob)) return value;
    const known = files.get(value) ?? newKey();
    files.set(value, known);
    return known;
  };
  return JSON.stringify(input, name) ?? '';
}

/** Later than this the same words are another wish. */
const sameForMs = 10 * 60_000;

async function send<View>(action: Action<View>, input: unknown, key: string): Promise<PublicResult<View>> {
  for (const pauseMs of unknownPausesMs) {
    try {
      return await perform(action, input, key);
    } catch (error) {
      // Nothing was done: it may be sent again.
      if (!unstable_isUnrecognizedActionError(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  return perform(action, input, key);
}

/** Codes after which nobody can say whether it was done: sending the very same again must be harmless. */
const open: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['answer.lost', 'service.unavailable', 'internal']);

/** Whether a failed call may have had its effect all the same: a request key is kept for the next try. */
export function mayBeDone(failure: PublicFailure): boolean {
  return open.has(failure.code);
}

/** Whether the server was not heard at all, so that only the line is known to be at fault. */
export function isUnanswered(failure: PublicFailure): boolean {
  return failure.code === 'line.offline' || failure.code === 'answer.lost';
}

/**
 * The only way in which a component asks the server to do something: always answers, never throws (but for the
 * framework's own redirects). What the door answers comes back as it is; beside it there are three codes of the
 * browser's own, each with its sentence under `errors` in `messages/`:
 *
 * - `line.offline`: the browser was offline before anything was sent, so nothing was.
 * - `answer.lost`: it was sent and no answer came, or none within `options.patienceMs` milliseconds (45,000 when
 *   left out); it may have been done.
 * - `page.outdated`: the site was renewed since the page was opened and does not know this action any more; nothing
 *   was done. The notice that offers to load the page anew is shown beside it.
 *
 * Until it is granted, the same input sent again is the same wish, and what it made unheard is not made twice. Sent again
 * with nothing else in between, it is answered what it was answered unheard. What a page asks by itself (`isUnasked`) comes
 * between nothing: nobody wished for it.
 */
export async function callAction<View>(
  action: Action<View>,
  input: unknown,
  options: { readonly patienceMs?: number; readonly isUnasked?: boolean } = {},
): Promise<PublicResult<View>> {
  const said = textOf(input);
  const before = unsettled.get(action);
  const isSame = before?.said === said && Date.now() - before.at < sameForMs;
  const [asking, at] = [newKey(), Date.now()];
  const wish = !isSame
    ? { said, key: newKey(), asking, at }
    : before === latest
      ? before
      : { ...before, asking };
  unsettled.set(action, wish);
  if (!options.isUnasked) latest = wish;
  const answer = await ask(action, input, wish.key + wish.asking, options);
  if (answer.ok) unsettled.delete(action);
  return answer;
}

async function ask<View>(
  action: Action<View>,
  input: unknown,
  key: string,
  options: { readonly patienceMs?: number },
): Promise<PublicResult<View>> {
  // Asked before it is sent: only then is it certain that nothing was.
  const isOffline = typeof navigator !== 'undefined' && !navigator.onLine;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<PublicFailure>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, code: 'answer.lost' }), options.patienceMs ?? patienceMs);
  });
  try {
    const answer = await Promise.race([send(action, input, key), silence]);
    // What was typed is still there: the page leads to where one signs in and back.
    if (!answer.ok && isSessionOver(answer.code)) notePage('ended');
    return answer;
  } catch (error) {
    unstable_rethrow(error);
    if (unstable_isUnrecognizedActionError(error)) {
      notePage('outdated');
      return { ok: false, code: 'page.outdated' };
    }
    return { ok: false, code: isOffline ? 'line.offline' : 'answer.lost' };
  } finally {
    clearTimeout(timer);
  }
}
