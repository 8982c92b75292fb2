import { AsyncLocalStorage } from 'node:async_hooks';
import { log } from '#lib/core/log.ts';
import { perProcess } from '#lib/core/per-process.ts';
import { db } from './client.ts';

/** What the program announces itself; triggers announce the rest, see `listen.ts`. */
export type Announced = 'conversion_changed' | 'job_queued';

type Waiting = {
  readonly told: Map<string, readonly [Announced, string]>;
  timer?: NodeJS.Timeout | undefined;
};

/** Long enough that what happens together is told together, too short to be noticed. */
const pauseMs = 10;
const waiting = perProcess<Waiting>('db.announce', () => ({ told: new Map() }));
const transactions = perProcess('db.after-commit', () => new AsyncLocalStorage<(() => void)[]>());

async function tellAll(): Promise<void> {
  waiting.timer = undefined;
  const told = [...waiting.told.values()];
  waiting.told.clear();
  try {
    await db().$executeRaw`
      SELECT pg_notify(channel, payload)
        FROM unnest(${told.map(([channel]) => channel)}::text[], ${told.map(([, payload]) => payload)}::text[])
          AS announced (channel, payload)`;
  } catch (error) {
    // Listeners look by themselves every few seconds.
    log.warn({ err: error, announcements: told.length }, 'what changed could not be announced');
  }
}

/**
 * Tells everybody who listens (`watchRow`, `watchRows`), once the transaction around it has happened, and not at all if it
 * has not. Many are told in one statement of their own: PostgreSQL lets only one transaction with a NOTIFY commit at a
 * time, so one inside a transaction makes all of them wait for each other's disk.
 */
export function announce(channel: Announced, payload: string): void {
  const tell = () => {
    waiting.told.set(`${channel} ${payload}`, [channel, payload]);
    waiting.timer ??= setTimeout(() => void tellAll(), pauseMs);
  };
  const later = transactions.getStore();
  if (later) later.push(tell);
  else tell();
}

/** Runs a transaction's work; answers what it returned, and what is to be done once it was committed. */
export async function collectAnnouncements<T>(work: () => Promise<T>): Promise<readonly [T, () => void]> {
  const later: (() => void)[] = [];
  const result = await transactions.run(later, work);
  return [
    result,
    () => {
      for (const tell of later) tell();
    },
  ];
}
