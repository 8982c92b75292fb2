import type { Tx } from '#lib/db/transact.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { type InLine, moveToSecondLane, type QueuePlace } from './store.ts';

/** The job of one conversion: the queue runs one at a time of each account's lane, the smallest turn first. */
export async function enqueueConversion(tx: Tx, { id, userId, lane, turn }: QueuePlace): Promise<void> {
  await enqueue(tx, 'conversion.run', { conversionId: id }, { priority: -turn, lane: `${userId}/${lane}` });
}

/** Each new one joins the shorter of the account's lanes, and the line at its turn. */
export async function queueInLanes(
  tx: Tx,
  userId: string,
  ids: readonly string[],
  line: readonly InLine[],
): Promise<void> {
  const length = [0, 0];
  for (const { id, lane } of line) if (!ids.includes(id)) length[lane] = (length[lane] ?? 0) + 1;
  let [first = 0, second = 0] = length;
  const inSecond: string[] = [];
  for (const id of ids) {
    if (second < first) {
      inSecond.push(id);
      second += 1;
    } else {
      first += 1;
    }
  }
  await moveToSecondLane(tx, inSecond);
  const turns = new Map(line.map(({ id, turn }) => [id, turn]));
  for (const id of ids) {
    await enqueueConversion(tx, {
      id,
      userId,
      lane: inSecond.includes(id) ? 1 : 0,
      turn: turns.get(id) ?? 0,
    });
  }
}
