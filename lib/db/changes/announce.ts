import { AsyncLocalStorage } from 'node:async_hooks';
import { perProcess } from '#lib/core/per-process.ts';
import { announcer } from '../client.ts';
import type { Change } from './announcer.ts';

const transactions = perProcess('db.after-commit', () => new AsyncLocalStorage<(() => void)[]>());

/**
 * Tells everybody who listens (`watchRow`, `watchRows`), once the transaction around it has happened, and not at all if it
 * has not. For what no trigger tells of (`announcer.ts`).
 */
export function announce(...change: Change): void {
  const tell = () => announcer().add(change);
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
