import { db } from '#lib/db/client.ts';
import { policies } from './policies.ts';
import { deleteOldCounts } from './store.ts';

const atOnce = 5000;

/** Deletes written counters that no budget reaches back to: twice the longest window. Returns how many. */
export async function sweepCounts(): Promise<number> {
  const longest = Math.max(...Object.values(policies).flatMap((all) => all.map(({ seconds }) => seconds)));
  let swept = 0;
  for (;;) {
    const deleted = await deleteOldCounts(db(), longest * 2, atOnce);
    swept += deleted;
    if (deleted < atOnce) return swept;
  }
}
