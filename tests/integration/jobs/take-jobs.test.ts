import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { createWorkerBoss, installQueues } from '#lib/jobs/boss.ts';
import { takeJobs } from '#lib/jobs/take-jobs.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';

const database = useTestDatabase();
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});

/** Far longer than a test takes: what is done before was not waited for. */
const never = { first: 3600, others: 3600 };

test('what waits behind a job is taken when that is done, also when it failed, without the pause between looks', async () => {
  await installQueues(database().ownerUrl);
  const boss = createWorkerBoss(database().ownerUrl);
  ends.push(() => boss.stop({ graceful: false }));
  await boss.start();
  const sent = Array.from({ length: 6 }, () => randomUUID());
  for (const messageId of sent) await boss.send('sms.send', { messageId });

  const done = new Set<string>();
  const handler = async (jobs: { data: unknown }[]) => {
    for (const { data } of jobs) done.add((data as { messageId: string }).messageId);
    if (done.size === 2) throw new Error('this one fails');
  };
  const takers = await takeJobs(boss, 'sms.send', 1, handler, never);
  expect(takers).toHaveLength(1);
  await expect.poll(() => [...done], { timeout: 20_000, interval: 20 }).toEqual(sent);

  // Whoever found nothing sleeps, until somebody says that there is something.
  const [late, [taker = '']] = [randomUUID(), takers];
  await boss.send('sms.send', { messageId: late });
  await expect
    .poll(
      () => {
        boss.notifyWorker(taker);
        return [...done];
      },
      { timeout: 20_000, interval: 100 },
    )
    .toContain(late);
});
