import type { Tx } from '#lib/db/transact.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import type { QueuePlace } from './store.ts';

/** The job of one conversion: the queue runs one at a time of each account's lane, the smallest turn first. */
export async function enqueueConversion(tx: Tx, { id, userId, lane, turn }: QueuePlace): Promise<void> {
  await enqueue(tx, 'conversion.run', { conversionId: id }, { priority: -turn, lane: `${userId}/${lane}` });
}
