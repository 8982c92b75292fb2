import { log } from '#lib/core/log.ts';
import { inSpan } from '#lib/core/trace/tracing.ts';
import { runWork } from '#lib/core/trace/work-context.ts';
import { originOf } from '#lib/jobs/job-origin.ts';

/**
 * Runs each job on behalf of the request that asked for it: its log lines and spans carry that request's name. Failures
 * are written down before the queue sees them; the queue keeps them only in its table.
 */
export function runJobs<Job extends { id: string; name: string; data: unknown }>(
  handler: (jobs: Job[]) => Promise<void>,
): (jobs: Job[]) => Promise<void> {
  return async (jobs) => {
    for (const job of jobs) {
      const { requestId, parent } = originOf(job.data, job.id);
      const attributes = { 'messaging.destination.name': job.name, 'request.id': requestId };
      await runWork({ requestId, queue: job.name, jobId: job.id }, async () => {
        try {
          await inSpan(`job ${job.name}`, attributes, () => handler([job]), parent);
        } catch (error) {
          log.error({ err: error }, 'job failed');
          throw error;
        }
      });
    }
  };
}
