import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { QueueName } from './queues.ts';

export type JobHandler = (jobs: JobWithMetadata<unknown>[]) => Promise<void>;

/** How often, in seconds, the first taker of a queue looks whether there is a job that nobody was woken for, and the others. */
type Pauses = { readonly first: number; readonly others: number };

/**
 * Takes the jobs of a queue, so many at once. Takers are woken when there is one (`notifyWorker`); a wake-up that got lost costs
 * a second, since a job given back after a crash sends none. Whoever has done one looks for the next at once: what waits is not
 * kept waiting for the pause.
 *
 * @returns the takers' names
 */
export async function takeJobs(
  boss: PgBoss,
  queue: QueueName,
  atOnce: number,
  handler: JobHandler,
  pauses: Pauses = { first: 1, others: 5 },
): Promise<string[]> {
  const takers: string[] = [];
  for (let taker = 0; taker < atOnce; taker += 1) {
    const options = {
      pollingIntervalSeconds: taker === 0 ? pauses.first : pauses.others,
      heartbeatRefreshSeconds: 3,
      includeMetadata: true,
    } as const;
    const name: Promise<string> = boss.work(queue, options, async (jobs: JobWithMetadata<unknown>[]) => {
      boss.notifyWorker(await name);
      await handler(jobs);
    });
    takers.push(await name);
  }
  return takers;
}
