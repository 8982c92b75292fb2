import { forgetVisitors, rollUpVisits } from './store.ts';

const atOnce = 5000;

/**
 * Counts what visitors looked at and tried since the last time, and forgets the visitors of days that are over:
 * for the worker, every few seconds. Answers how many arrivals were counted.
 */
export async function countVisits(): Promise<number> {
  let taken = 0;
  for (;;) {
    const now = await rollUpVisits(atOnce);
    taken += now;
    if (now < atOnce) break;
  }
  await forgetVisitors();
  return taken;
}
