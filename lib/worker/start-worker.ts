import { applyPrices } from '#lib/admin/plan/set-price.ts';
import { sweepEvents } from '#lib/audit/sweep-events.ts';
import { sweepIdentity } from '#lib/auth/sweep-identity.ts';
import { conversionsAtOnce } from '#lib/conversions/policy.ts';
import { sweepConversions } from '#lib/conversions/queue/return-late-charges.ts';
import { env } from '#lib/core/env/env.ts';
import { log } from '#lib/core/log.ts';
import { watchRows } from '#lib/db/changes/listen.ts';
import { sweepMarks } from '#lib/db/outcome.ts';
import { addLaterVariants } from '#lib/files/image/add-later-variants.ts';
import { endPhotoLives } from '#lib/files/photo/end-photo-lives.ts';
import { recheckPictures } from '#lib/files/review/recheck-pictures.ts';
import { openInventory } from '#lib/files/sweep/open-inventory.ts';
import { lookAtFiles } from '#lib/files/sweep/settle-lost-files.ts';
import { sweepFiles } from '#lib/files/sweep/sweep-files.ts';
import { sweepUploads } from '#lib/files/upload/sweep-uploads.ts';
import { sweepTrash } from '#lib/gallery/library/trash-images.ts';
import { countVisits } from '#lib/gallery/visit/count-visits.ts';
import { createWorkerBoss, installQueues } from '#lib/jobs/boss.ts';
import { closeSender } from '#lib/jobs/enqueue.ts';
import type { QueueName } from '#lib/jobs/queues.ts';
import { type JobHandler, takeJobs } from '#lib/jobs/take-jobs.ts';
import { sendCirculars } from '#lib/notifications/circular/send-circulars.ts';
import { sweepNotices } from '#lib/notifications/notice/sweep-notices.ts';
import { rollUpFigures } from '#lib/operations/figures/roll-up-figures.ts';
import { checkDuePayments, reconcilePayments } from '#lib/payments/check/reconcile-payments.ts';
import { resumeRefunds } from '#lib/payments/refund/refund-payment.ts';
import { remindOfEnds, sweepReminders } from '#lib/payments/reminder/remind-of-ends.ts';
import { refreshPlans } from '#lib/quota/refresh-plans.ts';
import { sweepCounts } from '#lib/rate-limit/sweep-counts.ts';
import { watchPauseMs, watchSpending } from '#lib/rate-limit/watch-spending.ts';
import { chooseEngine } from '#lib/styles/choose-engine.ts';
import type { StyleEngine } from '#lib/styles/style-engine.ts';
import { deliverMessages, sweepWebhooks } from '#lib/webhooks/delivery/deliver-messages.ts';
import { whenReachable } from './begin.ts';
import { every } from './every.ts';
import { createGivingWay } from './give-way.ts';
import { handleConversionDead, handleConversionRun } from './handlers/conversion.ts';
import { handleSmsSend } from './handlers/sms.ts';
import { observedEngine } from './observed-engine.ts';
import { runJobs } from './run-jobs.ts';
import { startBots } from './start-bots.ts';

export type Worker = { stop(): Promise<void> };
export type WorkerEngine = StyleEngine & { close(): Promise<void> };

/** Jobs still running when the worker is told to stop get this long; then they are given back to the queue. */
const stopTimeoutMs = 25_000;

const hourMs = 3_600_000;

/** Starts taking jobs in this process; the engine is ended with it. */
export async function startWorker(engine: WorkerEngine = chooseEngine()): Promise<Worker> {
  const { directUrl } = env();
  const boss = await whenReachable(async () => {
    await installQueues(directUrl);
    const begun = createWorkerBoss(directUrl);
    await begun.start();
    return begun;
  });
  const turns = createGivingWay();
  const runConversion = runJobs(handleConversionRun(observedEngine(engine), turns));
  const takers = new Map<QueueName, string[]>();
  const take = async (queue: QueueName, atOnce: number, handler: JobHandler) =>
    void takers.set(queue, await takeJobs(boss, queue, atOnce, handler));
  await take('conversion.run', conversionsAtOnce, runConversion);
  await take('conversion.dead', 1, runJobs(handleConversionDead));
  await take('sms.send', 4, runJobs(handleSmsSend));
  // `enqueue` tells of them once they are committed; null stands for any.
  const unwatch = watchRows('job_queued', (told) => {
    for (const [queue, ids] of takers) {
      if (told === null || told === queue) for (const id of ids) boss.notifyWorker(id);
    }
  });
  const bots = startBots(turns);
  const stopping = new AbortController();
  const unlessStopping = (error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  };
  const sweeps = [
    every(10_000, 'conversion sweep', sweepConversions),
    every(hourMs, 'upload sweep', sweepUploads),
    every(hourMs, 'shown plans', refreshPlans),
    every(hourMs, 'identity sweep', sweepIdentity),
    every(hourMs, 'audit log', sweepEvents),
    every(hourMs, 'notice sweep', sweepNotices),
    every(3000, 'notices to many', () => sendCirculars()),
    every(hourMs, 'rate limit sweep', sweepCounts),
    every(hourMs, 'marks of transactions', sweepMarks),
    every(hourMs, 'old reminders', sweepReminders),
    every(60_000, 'photo lives', endPhotoLives),
    every(hourMs, 'trash sweep', sweepTrash),
    every(60_000, 'pictures nobody looked at', () => recheckPictures()),
    every(5000, 'gallery visits', countVisits),
    every(1000, 'webhooks', () => deliverMessages()),
    every(hourMs, 'old webhooks', sweepWebhooks),
    every(5000, 'due payments', () => checkDuePayments()),
    every(60_000, 'payment reconciliation', () => reconcilePayments()),
    every(60_000, 'open refunds', () => resumeRefunds()),
    every(60_000, 'prices that begin', applyPrices),
    every(10 * 60_000, 'plan reminders', remindOfEnds),
    every(5000, 'smaller files', () =>
      turns.later(stopping.signal, (signal) => addLaterVariants({ signal })).catch(unlessStopping),
    ),
    every(60_000, 'daily figures', rollUpFigures),
    every(watchPauseMs, 'spending of the day', watchSpending),
    every(10_000, 'look at files', () => lookAtFiles(openInventory())),
    every(6 * hourMs, 'file sweep', async () => {
      const swept = await sweepFiles({ inventory: openInventory(), repair: true });
      if (!swept.ok) log.error({ detail: swept.detail }, 'files were not swept');
    }),
  ];
  return {
    async stop() {
      stopping.abort();
      unwatch();
      // At once: no new job is taken while a sweep comes to its end, and both together have the time.
      await Promise.all([
        boss.stop({ graceful: true, timeout: stopTimeoutMs }),
        bots.stop(),
        ...sweeps.map((sweep) => sweep.stop()),
      ]);
      await engine.close();
      await closeSender();
      log.info('worker has ended');
    },
  };
}
