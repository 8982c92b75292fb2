import { log } from '#lib/core/log.ts';

/** A handler whose failures are written down before the queue sees them; the queue keeps them only in its table. */
export function logFailures<Jobs extends { id: string; name: string }[]>(
  handler: (jobs: Jobs) => Promise<void>,
): (jobs: Jobs) => Promise<void> {
  return async (jobs) => {
    try {
      await handler(jobs);
    } catch (error) {
      log.error({ err: error, queue: jobs[0]?.name, jobIds: jobs.map(({ id }) => id) }, 'job failed');
      throw error;
    }
  };
}
