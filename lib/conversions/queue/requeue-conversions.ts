import { succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { enqueueConversion } from './enqueue-conversion.ts';
import { listJobless } from './store.ts';

/** How many are looked for at a time. */
const page = 200;

/**
 * Gives a job to every conversion that waits or runs and has none, as after a restore: the rows are the truth, the
 * queue follows. Returns how many. Safe to repeat; a conversion that got two jobs is still painted once, because
 * the second attempt finds it ended.
 */
export async function requeueConversions(): Promise<number> {
  let made = 0;
  for (;;) {
    const jobless = await listJobless(db(), page);
    for (const place of jobless) {
      await transact(async (tx) => succeed(await enqueueConversion(tx, place)));
      made += 1;
    }
    if (jobless.length < page) return made;
  }
}
