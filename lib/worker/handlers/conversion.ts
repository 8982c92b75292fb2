import type { Job, JobWithMetadata } from 'pg-boss';
import { settleDeadConversion } from '#lib/conversions/queue/settle-dead-conversion.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import { log } from '#lib/core/log.ts';
import { jobPayloads } from '#lib/jobs/queues.ts';
import type { StyleEngine } from '#lib/styles/style-engine.ts';
import type { GivingWay } from '../give-way.ts';

/** One attempt at the conversion that the job names. */
export function handleConversionRun(engine: StyleEngine, turns: GivingWay) {
  return async (jobs: JobWithMetadata<unknown>[]): Promise<void> => {
    for (const job of jobs) {
      const { conversionId } = jobPayloads['conversion.run'].parse(job.data);
      const outcome = await turns.first(() =>
        runConversion(conversionId, {
          engine,
          signal: job.signal,
          isLastTry: job.retryCount >= job.retryLimit,
          onTimings: (timings) => log.info({ conversionId, timings }, 'conversion done'),
        }),
      );
      if (outcome !== 'completed') log.info({ conversionId, outcome }, 'conversion ended');
    }
  };
}

/** A conversion whose job used up its tries ends as failed, and its charge comes back. */
export async function handleConversionDead(jobs: Job<unknown>[]): Promise<void> {
  for (const job of jobs)
    await settleDeadConversion(jobPayloads['conversion.dead'].parse(job.data).conversionId);
}
