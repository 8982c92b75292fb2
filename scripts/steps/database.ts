import { readEnv } from '#lib/core/env/env.ts';
import { type Cluster, startCluster } from '../database/cluster.ts';
import { Notice, step } from './progress.ts';

/**
 * The database a command works on: an outside one, or the embedded one that it started or joined; `url` is that of the
 * owner of its tables.
 */
export type Database = { readonly url: string; readonly cluster: Cluster | null; stop(): Promise<void> };

/**
 * Finds the database by DATABASE_URL, else starts or joins the embedded one, and puts what children and this
 * process need into the environment. Throws a {@link Notice} when it cannot start.
 */
export async function openDatabase(): Promise<Database> {
  if (process.env.DATABASE_URL)
    return { url: readEnv(process.env).ownerUrl, cluster: null, stop: async () => {} };
  // Only for DATA_DIR and its faults: the connection string is what we are about to find out.
  const { dataDir } = readEnv({ ...process.env, DATABASE_URL: 'postgres://localhost/none' });
  const cluster = await step('Starting the database', () =>
    startCluster({
      dataDir,
      dataDirIsDefault: !process.env.DATA_DIR,
      log: (line) => process.stdout.write(`  ${line}\n`),
    }).catch((error: Error) => {
      throw new Notice(error.message);
    }),
  );
  process.env.DATABASE_URL = cluster.appUrl;
  process.env.DATABASE_OWNER_URL = cluster.url;
  process.env.EMBEDDED_DATABASE = '1';
  return { url: cluster.url, cluster, stop: () => cluster.stop() };
}
