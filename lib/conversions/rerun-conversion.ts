import type { Tx } from '#lib/db/transact.ts';
import { enqueueConversion } from './queue/enqueue-conversion.ts';
import { joinLine } from './queue/store.ts';
import { recordRerun } from './store.ts';

/**
 * Asks again for what failed, in its owner's name and at nobody's expense, in the caller's transaction. Throws what the
 * database refuses, which `transact` turns into a failure: `notFound` when it or its photo is gone, `state.illegal`
 * when it has not failed or was run again before, `account.*` when its owner may not convert.
 */
export async function rerunConversion(tx: Tx, conversionId: string): Promise<{ id: string }> {
  const { id, userId } = await recordRerun(tx, conversionId);
  // The owner is locked: nothing else joins their line until we are done.
  await enqueueConversion(tx, { id, userId, ...(await joinLine(tx, userId, id)) });
  return { id };
}
