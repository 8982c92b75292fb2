import { setTimeout as sleep } from 'node:timers/promises';
import { succeed } from '#lib/core/result.ts';
import { type Tx, transact } from './transact.ts';
import { isDatabaseUnavailable } from './unavailable.ts';

/**
 * A single write whose answer decides what happens next, or what a person is told: a claim, a token, an attempt. Outside a
 * transaction a lost answer would leave it done and unknown; here it is asked for, as after every commit. Throws what
 * `transact` throws, and where our SQL refuses.
 */
export async function decide<T>(write: (tx: Tx) => Promise<T>): Promise<T> {
  const decided = await transact(async (tx) => succeed(await write(tx)));
  if (!decided.ok) throw new Error(decided.detail);
  return decided.value;
}

const againAfterMs = [300, 1000, 2000] as const;

/**
 * Writes down what has happened elsewhere and cannot be taken back: money that moved, a message that went out. While the
 * database is away it is tried again for some seconds; `write` must be one that may happen twice.
 */
export async function writePatiently<T>(write: () => Promise<T>): Promise<T> {
  for (const waitMs of againAfterMs) {
    try {
      return await write();
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
    }
    await sleep(waitMs);
  }
  return write();
}
