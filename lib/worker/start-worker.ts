import { sweepConversions } from '#lib/conversions/sweep-conversions.ts';
import { env } from '#lib/core/env.ts';
import { log } from '#lib/core/log.ts';
import { sweepUploads } from '#lib/files/sweep-uploads.ts';
import { createWorkerBoss, installQueues } from '#lib/jobs/boss.ts';
import { closeSender } from '#lib/jobs/enqueue.ts';
import { createLocalEngine } from '#lib/styles/local/local-engine.ts';
import type { StyleEngine } from '#lib/styles/style-engine.ts';
import { every } from './every.ts';
import { handleConversionDead, handleConversionRun } from './handlers/conversion.ts';
import { handleSmsSend } from './handlers/sms.ts';
import { logFailures } from './log-failures.ts';

export type Worker = { stop(): Promise<void> };
export type WorkerEngine = StyleEngine & { close(): Promise<void> };

/** Jobs still running when the worker is told to stop get this long; then they are given back to the queue. */
const stopTimeoutMs = 25_000;

/** A wake-up that got lost (a job given back after a crash sends none) costs at most this long. */
const polling = {
  pollingIntervalSeconds: 1,
  notifyPollingIntervalSeconds: 2,
  heartbeatRefreshSeconds: 3,
} as const;

const hourMs = 3_600_000;

/** Two pictures at a time on this machine, and never both of one account while others wait. */
const conversionsAtOnce = 2;

/** Starts taking jobs in this process; the engine is ended with it. */
export async function startWorker(engine: WorkerEngine = createLocalEngine()): Promise<Worker> {
  const { databaseUrl } = env();
  await installQueues(databaseUrl);
  const boss = createWorkerBoss(databaseUrl);
  await boss.start();
  await boss.work(
    'conversion.run',
    { ...polling, localConcurrency: conversionsAtOnce, includeMetadata: true },
    logFailures(handleConversionRun(engine)),
  );
  await boss.work('conversion.dead', polling, logFailures(handleConversionDead));
  await boss.work(
    'sms.send',
    { ...polling, localConcurrency: 4, includeMetadata: true },
    logFailures(handleSmsSend),
  );
  const sweeps = [
    every(10_000, 'conversion sweep', sweepConversions),
    every(hourMs, 'upload sweep', sweepUploads),
  ];
  return {
    async stop() {
      for (const sweep of sweeps) sweep.stop();
      await boss.stop({ graceful: true, timeout: stopTimeoutMs });
      await engine.close();
      await closeSender();
      log.info('worker has ended');
    },
  };
}
