import { inBatches } from '#lib/db/in-batches.ts';
import { forgetDays, rollUpVisits } from './store.ts';

/**
 * Counts what visitors looked at and tried since the last time, and forgets the visitors of days that are over:
 * for the worker, every few seconds. Answers how many arrivals were counted.
 */
export async function countVisits(): Promise<number> {
  const taken = await inBatches(rollUpVisits);
  await inBatches(forgetDays);
  return taken;
}
