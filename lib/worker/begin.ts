import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '#lib/core/log.ts';
import { isDatabaseUnavailable } from '#lib/db/unavailable.ts';

const pauseMs = 1000;

/** Tries a beginning again for as long as the database is away: nobody has to start processes in an order. */
export async function whenReachable<T>(begin: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await begin();
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      log.warn({ err: error }, 'the database is away: this process begins later');
    }
    await sleep(pauseMs);
  }
}
