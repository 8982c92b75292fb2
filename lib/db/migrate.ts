import { Client } from 'pg';
import { serverProblem } from './check-server.ts';
import { readMigrations } from './migration-files.ts';
import { withSchemaEngine } from './schema-engine.ts';

export type MigrateOptions = {
  readonly databaseUrl: string;
  /** Called with a line for people whenever something begins or ends. */
  readonly onProgress?: (line: string) => void;
  /** Applies these and no others: how a database is brought to where an older release left it. */
  readonly only?: readonly string[];
};

/** Any number, the same for all nodes: whoever holds it migrates, the others wait. */
export const migrationLock = 727_100_315;
const noFilter = { externalTables: [], externalEnums: [] };

/**
 * Brings a database to the newest migration and answers with the names of those that were applied now.
 * Safe to run from many nodes at once and again at any time; refuses a server that cannot serve us.
 */
export async function migrate(options: MigrateOptions): Promise<readonly string[]> {
  const report = options.onProgress ?? (() => undefined);
  const client = new Client({ connectionString: options.databaseUrl });
  await client.connect();
  try {
    const problem = await serverProblem(client);
    if (problem) throw new Error(problem);
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    const migrationsList = await readMigrations(options.only);
    report(`${migrationsList.migrationDirectories.length} migrations known.`);
    const applied = await withSchemaEngine(options.databaseUrl, async (engine) => {
      const output = await engine.applyMigrations({ migrationsList, filters: noFilter });
      return output.appliedMigrationNames;
    });
    report(applied.length > 0 ? `Applied: ${applied.join(', ')}.` : 'The database is up to date.');
    return applied;
  } finally {
    // Closing the connection gives the lock back too.
    await client.end();
  }
}
