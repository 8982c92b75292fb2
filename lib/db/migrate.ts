import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { serverProblem } from './check-server.ts';
import { type Migration, readMigrations } from './migration-files.ts';
import { takeMigrationLock } from './migration-lock.ts';

export type MigrateOptions = {
  readonly databaseUrl: string;
  /** Called with a line for people whenever something begins or ends. */
  readonly onProgress?: (line: string) => void;
  /** Applies these: how a database is brought to where an older release left it. All on disk when left out. */
  readonly migrations?: readonly Migration[];
  /** Tries again what failed before; without it a failed migration stops everything. */
  readonly retry?: boolean;
};

/** How Prisma makes its own table, so that `prisma migrate deploy` goes on where we were. */
const makeTable = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz,
    migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;

/**
 * A statement that waits for a table's lock makes everybody wait who comes after it: so it gives up soon, lets them
 * pass, and tries again.
 */
const lockTimeoutMs = 500;
const tryForMs = 5 * 60_000;
/** Lock not available, deadlock detected. */
const busyStates = new Set(['55P03', '40P01']);

/** CREATE, DROP and REINDEX CONCURRENTLY hold nobody up, cannot stand in a transaction, and wait for old ones to end. */
const concurrently = /^\s*(?:create\s+(?:unique\s+)?index|drop\s+index|reindex\s+\w+)\s+concurrently\s/i;
const createdIndex = /index\s+concurrently\s+(?:if\s+not\s+exists\s+)?"?(\w+)"?\s+on\s/i;
const concurrentLockTimeoutMs = 10 * 60_000;

const withoutComments = (sql: string) => sql.replace(/--.*$/gm, '').replace(/\/\*.*?\*\//gs, '');

/** An index that was begun and never finished serves nobody and costs every write; it goes before it is made again. */
async function dropUnfinished(client: Client, sql: string): Promise<void> {
  const name = createdIndex.exec(sql)?.[1];
  if (!name) return;
  const { rowCount } = await client.query(
    'SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(quote_ident($1)) AND NOT indisvalid',
    [name],
  );
  if (rowCount) await client.query(`DROP INDEX CONCURRENTLY IF EXISTS "${name}"`);
}

/** One attempt. A script is one transaction that also notes its end: it is in whole, or not at all. */
async function run(client: Client, migration: Migration, id: string): Promise<void> {
  const finish = `UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = '${id}'`;
  const plain = withoutComments(migration.sql);
  if (concurrently.test(plain)) {
    await client.query(`SET lock_timeout = ${concurrentLockTimeoutMs}`);
    await dropUnfinished(client, plain);
    await client.query(migration.sql);
    await client.query(finish);
  } else {
    await client.query(`SET lock_timeout = ${lockTimeoutMs}`);
    await client.query(`${migration.sql}\n;${finish}`);
  }
}

async function apply(client: Client, migration: Migration, report: (line: string) => void): Promise<void> {
  const id = randomUUID();
  const { name, checksum } = migration;
  await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [
    id,
    checksum,
    name,
  ]);
  const until = performance.now() + tryForMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run(client, migration, id);
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      // A script that begins a transaction itself would leave it open.
      await client.query('ROLLBACK');
      if (busyStates.has(error.code ?? '') && performance.now() < until) {
        if (attempt === 1) report(`${name} waits until its tables are free.`);
        await sleep(Math.min(2000, 250 * attempt) * (0.75 + Math.random() / 2));
        continue;
      }
      const said = [error.message, error.detail, error.where].filter(Boolean).join('\n');
      await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [id, said]);
      throw new Error(`${name} failed: ${error.message}`, { cause: error });
    }
  }
}

/** What was begun and not finished: tried again if it was only cut off, else only when somebody says so. */
async function setAside(client: Client, known: readonly Migration[], retry: boolean): Promise<void> {
  const { rows } = await client.query<{ id: string; name: string; logs: string | null }>(
    `SELECT id, migration_name AS name, logs FROM _prisma_migrations
      WHERE finished_at IS NULL AND rolled_back_at IS NULL AND migration_name = ANY ($1)`,
    [known.map(({ name }) => name)],
  );
  const failed = rows.find(({ logs }) => logs !== null);
  if (failed && !retry) {
    const why = failed.logs?.split('\n')[0];
    throw new Error(
      `${failed.name} failed before: ${why}. Nothing of it is in the database. Mend what it says, then: npm run db:migrate -- retry`,
    );
  }
  await client.query('UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = ANY ($1)', [
    rows.map(({ id }) => id),
  ]);
}

/**
 * Brings a database to the newest migration and answers with the names of those that were applied now. Safe to run from
 * many nodes at once, beside the program at work, and again at any time; refuses a server that cannot serve us. Throws
 * at the first migration that fails, of which nothing is left behind.
 */
export async function migrate(options: MigrateOptions): Promise<readonly string[]> {
  const report = options.onProgress ?? (() => undefined);
  const migrations = options.migrations ?? (await readMigrations());
  const client = new Client({ connectionString: options.databaseUrl, keepAlive: true });
  // The next query fails with it; without a listener the process would end.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const problem = await serverProblem(client);
    if (problem) throw new Error(problem);
    await client.query('SET statement_timeout = 0; SET client_min_messages = warning');
    await takeMigrationLock(client, 'alone', () => report('Another node migrates; waiting for it.'));
    await client.query(makeTable);
    await setAside(client, migrations, options.retry ?? false);
    const { rows } = await client.query<{ name: string }>(
      'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    const done = new Set(rows.map(({ name }) => name));
    const pending = migrations.filter(({ name }) => !done.has(name));
    report(`${migrations.length} migrations known.`);
    for (const migration of pending) await apply(client, migration, report);
    const names = pending.map(({ name }) => name);
    report(names.length > 0 ? `Applied: ${names.join(', ')}.` : 'The database is up to date.');
    return names;
  } finally {
    // Closing the connection gives the lock back too.
    await client.end();
  }
}
