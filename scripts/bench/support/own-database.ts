import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#lib/db/migrate.ts';

export type OwnDatabase = {
  readonly url: string;
  /** A connection beside the program's own. */
  readonly client: pg.Client;
  readonly dataDir: string;
  /** Ends what this process opened and drops the database. */
  close(): Promise<void>;
};

/**
 * A migrated database with its queues and a data folder of this measurement alone, on the server of DATABASE_URL; the
 * environment of this process points there. Call it before importing anything that reads the environment.
 */
export async function openOwnDatabase(
  title: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<OwnDatabase> {
  const serverUrl = process.env.DATABASE_URL ?? '';
  const name = `bench_${title}_${process.pid}`;
  const dataDir = mkdtempSync(join(tmpdir(), 'stayler-bench-'));
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  Object.assign(process.env, {
    DATABASE_URL: url.href,
    DATA_DIR: dataDir,
    NEXTAUTH_SECRET: 'a secret of this measurement, long enough',
    RATE_LIMIT_SCALE: '100000',
    LOG_LEVEL: 'silent',
    ...environment,
  });
  await migrate({ databaseUrl: url.href });
  const { installQueues } = await import('#lib/jobs/boss.ts');
  await installQueues(url.href);
  const client = new pg.Client({ connectionString: url.href });
  client.on('error', () => undefined);
  await client.connect();
  return {
    url: url.href,
    client,
    dataDir,
    async close() {
      const [{ closeSender }, { disconnectDb }, { closeCounters }] = await Promise.all([
        import('#lib/jobs/enqueue.ts'),
        import('#lib/db/client.ts'),
        import('#lib/rate-limit/counters.ts'),
      ]);
      await client.end();
      await closeSender();
      await disconnectDb();
      closeCounters();
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.end();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
