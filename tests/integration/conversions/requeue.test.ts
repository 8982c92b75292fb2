import { expect, test } from 'vitest';
import { requeueConversions } from '#lib/conversions/queue/requeue-conversions.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import { newConversion, painting, useConversions } from '#tests/support/conversions.ts';

const { database } = useConversions();

type Job = { id: string; priority: number; lane: string | null };

const jobs = () =>
  database().query<Job>(
    `SELECT data ->> 'conversionId' AS id, priority, singleton_key AS lane FROM pgboss.job
     WHERE name = 'conversion.run' AND state < 'completed' ORDER BY priority DESC, id`,
  );

test('a queue that was lost is made again from the rows, with the same turns and lanes, and only once', async () => {
  const waiting = await newConversion();
  const running = await newConversion();
  const finished = await newConversion();
  const run = { engine: painting, signal: new AbortController().signal, isLastTry: true };
  expect(await runConversion(finished.id, run)).toBe('completed');
  await database().query("UPDATE user_conversions SET status = 'processing' WHERE id = $1", [running.id]);
  const before = (await jobs()).filter(({ id }) => id !== finished.id);
  await database().query('DELETE FROM pgboss.job');

  expect(await requeueConversions()).toBe(2);
  expect(await jobs()).toEqual(before);
  expect(before.map(({ id }) => id).sort()).toEqual([running.id, waiting.id].sort());
  expect(await requeueConversions()).toBe(0);
});
