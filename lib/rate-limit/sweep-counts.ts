import { db } from '#lib/db/client.ts';
import { inBatches } from '#lib/db/in-batches.ts';
import { policies } from './policies.ts';
import { closeDays, deleteSettledSpendings } from './spending-store.ts';
import { deleteOldCounts } from './store.ts';

/**
 * Deletes written counters that no budget reaches back to (twice the longest window), and what was admitted for conversions that
 * have ended: the sums of the days stay, each in one row. Returns how many.
 */
export async function sweepCounts(): Promise<number> {
  const longest = Math.max(...Object.values(policies).flatMap((all) => all.map(({ seconds }) => seconds)));
  const counts = await inBatches((limit) => deleteOldCounts(db(), longest * 2, limit));
  await closeDays(db());
  return counts + (await inBatches((limit) => deleteSettledSpendings(db(), limit)));
}
