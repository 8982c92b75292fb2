import { fromPrisma, type PgBoss } from 'pg-boss';
import { env } from '#lib/core/env/env.ts';
import { perProcess } from '#lib/core/per-process.ts';
import { announce } from '#lib/db/changes/announce.ts';
import type { Tx } from '#lib/db/transact.ts';
import { createSender } from './boss.ts';
import { originOfNow } from './job-origin.ts';
import { type JobPayload, jobPayloads, type QueueName } from './queues.ts';

type EnqueueOptions = {
  /** Higher runs sooner. */
  priority?: number;
  /** In a queue that keeps to lanes, one job of a lane runs at a time. */
  lane?: string;
};

// Next bundles each route apart: one sender a process needs a place that all of them share.
const shared = perProcess<{ sender?: Promise<PgBoss> | undefined }>('jobs.sender');

function sender(): Promise<PgBoss> {
  shared.sender ??= createSender(env().directUrl)
    .start()
    .catch((error) => {
      // A database that was down at the first try must not stay down for this process.
      shared.sender = undefined;
      throw error;
    });
  return shared.sender;
}

/**
 * Adds a job in the caller's transaction: it exists if and only if that transaction commits.
 * Returns the job's id. Throws when the queue is not there or refuses the job.
 */
export async function enqueue<Name extends QueueName>(
  tx: Tx,
  queue: Name,
  payload: JobPayload<Name>,
  options: EnqueueOptions = {},
): Promise<string> {
  const boss = await sender();
  const data = { ...jobPayloads[queue].parse(payload), ...originOfNow() };
  const id = await boss.send(queue, data, {
    db: fromPrisma(tx),
    priority: options.priority ?? 0,
    ...(options.lane ? { singletonKey: options.lane } : {}),
  });
  if (!id) throw new Error(`queue ${queue} took no job`);
  announce('job_queued', queue);
  return id;
}

/** Ends this process's sender, so that a script can exit. */
export async function closeSender(): Promise<void> {
  const boss = await shared.sender?.catch(() => undefined);
  shared.sender = undefined;
  await boss?.stop({ graceful: false });
}
