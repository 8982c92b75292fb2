import { inBatches } from '#lib/db/in-batches.ts';
import { deleteStrangers } from './chat/store.ts';
import { deleteOldUpdates } from './inbox/store.ts';
import { deleteOldOrders } from './order/store.ts';

/** Forgets which updates were seen long ago, and strangers who did not come back. */
export async function sweepBots(): Promise<void> {
  await inBatches(deleteOldUpdates);
  await inBatches(deleteStrangers);
  await inBatches(deleteOldOrders);
}
