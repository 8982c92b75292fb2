import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '#lib/db/migrate.ts';
import { installQueues } from '#lib/jobs/boss.ts';
import { type Cluster, startCluster } from '#scripts/database/cluster.ts';
import type { TestDatabase } from '#scripts/rig/database.ts';
import { useOwner } from '#tests/support/database/owner.ts';
import { testDatabaseAt } from '#tests/support/database/test-database.ts';

export type OwnCluster = {
  readonly url: string;
  readonly folder: string;
  readonly database: TestDatabase;
  /** The process id of the server. */
  pid(): number;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** SIGKILL, as the machine's memory guard does it. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port; crash recovery included. */
  start(): Promise<void>;
  close(): Promise<void>;
};

/**
 * A PostgreSQL server of this test alone, migrated and with its queues, which keeps what it acknowledges as one in
 * production does. Sets DATABASE_URL: call it before anything asks the database.
 */
export async function createOwnCluster(
  options: { folder?: string; settings?: string[] } = {},
): Promise<OwnCluster> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'stayler-cluster-'));
  // The server's own account must reach it.
  chmodSync(folder, 0o755);
  const open = () => startCluster({ dataDir: folder, settings: options.settings ?? [] });
  let cluster: Cluster = await open();
  process.env.DATABASE_URL = cluster.url;
  await migrate({ databaseUrl: cluster.url });
  await installQueues(cluster.url);
  await useOwner(cluster.url);
  const pidFile = join(folder, 'postgres', 'data', 'postmaster.pid');
  const pid = () => Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  const database = testDatabaseAt(cluster.url);
  return {
    url: cluster.url,
    folder,
    database,
    pid,
    stop: () => cluster.stop(),
    async kill() {
      process.kill(pid(), 'SIGKILL');
      await cluster.ended;
    },
    async start() {
      cluster = await open();
    },
    async close() {
      await useOwner(null);
      await database.drop();
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
