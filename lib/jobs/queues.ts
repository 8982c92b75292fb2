import type { Queue } from 'pg-boss';
import { z } from 'zod';

/** What each queue's jobs carry: ids only, never content, secrets or personal data. */
export const jobPayloads = {
  'conversion.run': z.object({ conversionId: z.uuid() }),
  'conversion.dead': z.object({ conversionId: z.uuid() }),
  /** The id of a code, of a reminder that a plan ends, or of a number that an account has left. */
  'sms.send': z.object({
    messageId: z.uuid(),
    about: z.enum(['code', 'planEnd', 'numberChanged']).optional(),
  }),
} as const;

export type QueueName = keyof typeof jobPayloads;
export type JobPayload<Name extends QueueName> = z.output<(typeof jobPayloads)[Name]>;

const minutes = 60;

/**
 * How the queues behave. A killed worker is noticed by its missing heartbeat (ten seconds is the shortest
 * there is) and its job runs again at once; the crash uses one retry. `enqueue` wakes workers after the commit: the queue's
 * own NOTIFY would be inside of it, and make all commits wait for each other.
 * Order matters: a dead-letter queue is made before the queue that names it.
 */
export const queues: readonly (Queue & { name: QueueName })[] = [
  {
    name: 'conversion.dead',
    retryLimit: 5,
    retryDelay: 5,
    retryBackoff: true,
    heartbeatSeconds: 10,
  },
  {
    name: 'conversion.run',
    retryLimit: 3,
    retryDelay: 0,
    heartbeatSeconds: 10,
    expireInSeconds: 5 * minutes,
    deadLetter: 'conversion.dead',
    // At most one active job for each key, which is a lane of an account; enforced by a unique index.
    policy: 'singleton',
  },
  {
    name: 'sms.send',
    retryLimit: 4,
    retryDelay: 2,
    retryBackoff: true,
    heartbeatSeconds: 10,
    expireInSeconds: 1 * minutes,
  },
];
