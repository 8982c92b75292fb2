import { log } from '#lib/core/log.ts';
import { perProcess } from '#lib/core/per-process.ts';
import { db } from '#lib/db/client.ts';
import { addSpendings } from './store.ts';

/** Points of a key, and when their window began by this process's clock. */
type Spending = { readonly key: string; readonly startedAt: number; readonly points: number };

/** What this process has spent and not yet written down, by key. */
type Unwritten = { readonly pending: Map<string, Spending>; timer: NodeJS.Timeout | undefined };

// Next bundles each route apart: one ledger a process needs a place that all of them share.
const unwritten = perProcess<Unwritten>('rateLimit.unwritten', () => ({
  pending: new Map(),
  timer: undefined,
}));

const writeAfterMs = 1000;
/** A database that is away must not fill the memory: beyond this the oldest are given up. */
const keptAtMost = 50_000;

function add({ pending }: Unwritten, { key, startedAt, points }: Spending): void {
  pending.set(key, { key, startedAt, points: (pending.get(key)?.points ?? 0) + points });
  if (pending.size > keptAtMost) pending.delete(pending.keys().next().value ?? key);
}

/** Notes a spent point; it is written within a second, together with others. */
export function noteSpending(spending: Spending): void {
  const ledger = unwritten;
  add(ledger, spending);
  if (ledger.timer) return;
  ledger.timer = setTimeout(() => void flushSpendings(), writeAfterMs);
  // A counter must not keep a script alive that has ended.
  ledger.timer.unref();
}

/** What waits for a key: below zero where more was given back than spent. */
export function unwrittenOf(key: string): number {
  return unwritten.pending.get(key)?.points ?? 0;
}

/** What waits for a key, and from now on is somebody else's to write. */
export function takeUnwritten(key: string): number {
  const { pending } = unwritten;
  const points = unwrittenOf(key);
  pending.delete(key);
  return points;
}

/** Writes down what was spent. What could not be written is kept for the next time. */
export async function flushSpendings(): Promise<void> {
  const ledger = unwritten;
  clearTimeout(ledger.timer);
  ledger.timer = undefined;
  const spendings = [...ledger.pending.values()];
  ledger.pending.clear();
  if (spendings.length === 0) return;
  try {
    const now = Date.now();
    await addSpendings(
      db(),
      // Only how long ago is told: whose clock is right does not matter then.
      spendings.map(({ key, startedAt, points }) => ({ key, points, ageSeconds: (now - startedAt) / 1000 })),
    );
  } catch (error) {
    log.warn({ err: error, keys: spendings.length }, 'rate limits could not be written down');
    for (const spending of spendings) noteSpending(spending);
  }
}

/** Forgets what was not written, as a process that is killed does. */
export function forgetUnwritten(): void {
  const ledger = unwritten;
  clearTimeout(ledger.timer);
  ledger.timer = undefined;
  ledger.pending.clear();
}
