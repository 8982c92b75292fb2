import { type ConstructorOptions, PgBoss } from 'pg-boss';
import { log } from '#lib/core/log.ts';
import { BoundedClient, connectionOptions, type Patience, patience } from '#lib/db/connection.ts';
import { queues } from './queues.ts';

/** How the queue's server side is supervised; short, because a person waits for the result. */
const supervision = { superviseIntervalSeconds: 2, monitorIntervalSeconds: 2 } as const;

/** A queue client whose every wait has an end: its options go on to the driver's pool as they are. */
function bossOn(
  connectionString: string,
  options: ConstructorOptions,
  waits: Patience = patience.short,
): PgBoss {
  const pool = { ...connectionOptions(connectionString, waits), Client: BoundedClient };
  const boss = new PgBoss({ ...pool, ...options } as ConstructorOptions);
  boss.on('error', (error) => log.error({ err: error }, 'queue error'));
  return boss;
}

/** A queue client that only sends: no supervision, one connection. */
export function createSender(connectionString: string): PgBoss {
  return bossOn(connectionString, {
    application_name: 'ai-stayler-sender',
    supervise: false,
    schedule: false,
    migrate: false,
    registerInstance: false,
    max: 1,
  });
}

/** A queue client that works: it polls, is woken by `job_queued`, and supervises the others' heartbeats. */
export function createWorkerBoss(connectionString: string): PgBoss {
  return bossOn(connectionString, {
    application_name: 'ai-stayler-worker',
    max: 6,
    ...supervision,
  });
}

/** Makes the queue's own schema and every queue of ours, or brings their options up to date. Safe to repeat. */
export async function installQueues(connectionString: string): Promise<void> {
  const options = { supervise: false, schedule: false, registerInstance: false, max: 2 } as const;
  const boss = bossOn(connectionString, options, patience.long);
  await boss.start();
  try {
    for (const { name, policy, ...ours } of queues) {
      // Said at every start: it was on once, and a queue keeps its options.
      const options = { ...ours, notify: false };
      await boss.createQueue(name, policy ? { ...options, policy } : options);
      await boss.updateQueue(name, options);
      // The client changes a queue's policy only by making it anew, which would lose its jobs. Those that are
      // in it already keep the old one until they are done.
      await boss
        .getDb()
        .executeSql('UPDATE pgboss.queue SET policy = $2 WHERE name = $1 AND policy <> $2', [
          name,
          policy ?? 'standard',
        ]);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
}
