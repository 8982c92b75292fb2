import { listLiveSessions } from '#lib/auth/session/store.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { perProcess } from '#lib/core/per-process.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { watchRow } from '#lib/db/changes/listen.ts';
import { db } from '#lib/db/client.ts';

/** Something of one account that is followed until it has its last state. */
export type Followed<View> = {
  readonly channel: Parameters<typeof watchRow>[0];
  /** The row that notices name; with the account it is what watchers share. */
  readonly id: string;
  /** How it stands; null when there is no such thing any more. */
  readonly look: () => Promise<View | null>;
  readonly isLast: (view: View) => boolean;
  /** What the data of its events is, and of what shape it is: watchers share it. */
  readonly form: string;
  readonly toEvent: (view: View) => unknown;
  /** What changes without a notice, and a notice that got lost, is found so often. */
  readonly everyMs: number;
  /** A stream that is older ends; the browser opens another by itself after `retryMs`. */
  readonly longestMs: number;
  readonly retryMs: number;
};

/** Streams that one account may have open in this process: tabs of several devices, and no flood. */
const mostPerAccount = 20;

type Watcher = { readonly sessionId: string; tell(data: string, isLast: boolean): void; end(): void };
type Hub = { readonly watchers: Set<Watcher>; readonly close: () => void };

const hubs = perProcess('conversions.hubs', () => new Map<string, Hub>());
/** Open streams by account. */
const streams = perProcess('conversions.streams', () => new Map<string, number>());

/** One look for all who watch the same thing, however many they are; those whose session has ended are let go first. */
function openHub<View>(key: string, userId: string, followed: Followed<View>): Hub {
  const watchers = new Set<Watcher>();
  let busy = false;
  let again = false;
  const look = async () => {
    const sessions = [...new Set([...watchers].map(({ sessionId }) => sessionId))];
    const live = await listLiveSessions(db(), 'user', userId, sessions);
    for (const watcher of [...watchers]) if (!live.has(watcher.sessionId)) watcher.end();
    if (watchers.size === 0) return;
    const view = await followed.look();
    if (view === null) {
      for (const watcher of [...watchers]) watcher.end();
      return;
    }
    const data = JSON.stringify(followed.toEvent(view));
    for (const watcher of [...watchers]) watcher.tell(data, followed.isLast(view));
  };
  const safely = async () => {
    again = true;
    if (busy) return;
    busy = true;
    try {
      while (again && watchers.size > 0) {
        again = false;
        await look();
      }
    } catch (error) {
      log.warn({ err: error }, 'a stream of events ends: its row could not be read');
      for (const watcher of [...watchers]) watcher.end();
    } finally {
      busy = false;
    }
  };
  const unwatch = watchRow(followed.channel, followed.id, () => void safely());
  const refresh = setInterval(() => void safely(), followed.everyMs);
  const close = () => {
    unwatch();
    clearInterval(refresh);
    hubs.delete(key);
  };
  const hub = { watchers, close };
  hubs.set(key, hub);
  return hub;
}

/**
 * Server-sent events (WHATWG HTML, section 9.2) about something of the actor's: one at once, one for each change, the
 * last when it is final. It ends with the session, within one look. Fails with `rate.limited` when the account has too
 * many open.
 */
export function streamEvents<View>(
  actor: UserActor,
  first: View,
  followed: Followed<View>,
  signal: AbortSignal,
): Result<ReadableStream<Uint8Array>> {
  const { userId, sessionId } = actor;
  const open = streams.get(userId) ?? 0;
  if (open >= mostPerAccount) {
    return fail('rate.limited', `${open} streams are open`, { retryAfterSeconds: 30 });
  }
  streams.set(userId, open + 1);
  const key = `${followed.channel}|${userId}|${followed.id}|${followed.form}`;
  const hub = hubs.get(key) ?? openHub(key, userId, followed);
  const encoder = new TextEncoder();
  let end = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      let last = '';
      let ended = false;
      const say = (text: string) => controller.enqueue(encoder.encode(text));
      const watcher: Watcher = {
        sessionId,
        tell: (data, isLast) => {
          if (data !== last) say(`data: ${data}\n\n`);
          last = data;
          if (isLast) end();
        },
        end: () => end(),
      };
      const limit = setTimeout(() => end(), followed.longestMs);
      end = () => {
        if (ended) return;
        ended = true;
        clearTimeout(limit);
        hub.watchers.delete(watcher);
        if (hub.watchers.size === 0) hub.close();
        const left = (streams.get(userId) ?? 1) - 1;
        if (left > 0) streams.set(userId, left);
        else streams.delete(userId);
        try {
          controller.close();
        } catch {
          // The reader has gone.
        }
      };
      hub.watchers.add(watcher);
      signal.addEventListener('abort', () => end(), { once: true });
      say(`retry: ${followed.retryMs}\n\n`);
      watcher.tell(JSON.stringify(followed.toEvent(first)), followed.isLast(first));
    },
    cancel() {
      end();
    },
  });
  return succeed(stream);
}
