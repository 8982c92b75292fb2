import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { disconnectDb } from '#lib/db/client.ts';
import { actOutside } from '#lib/db/walls/acting.ts';
import type { TestDatabase } from '#scripts/rig/database.ts';
import { useOwner } from './owner.ts';
import { appUrlOf, databaseUrlOf } from './template.ts';

/** A database of a test's own, where it may also do what nobody may. */
export type OwnDatabase = TestDatabase & {
  /** As the owner of its tables; `url` is that of the role the program works as, and everything else here is the owner's. */
  readonly ownerUrl: string;
  /** One statement to which triggers and foreign keys say nothing: lets time go by, or breaks a rule. */
  unguarded(text: string, values?: unknown[]): Promise<void>;
};

/** Works on a database that is there, by its owner's URL; `drop` closes what was opened and leaves the database. */
export function testDatabaseAt(ownerUrl: string): OwnDatabase {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 4 });
  // The server ends what is still open when a database is dropped.
  pool.on('error', () => undefined);
  const clients: pg.Client[] = [];
  return {
    url: appUrlOf(ownerUrl),
    ownerUrl,
    query: async <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
      (await pool.query<Row>(text, values)).rows,
    unguarded: async (text, values) => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN; SET LOCAL session_replication_role = replica');
        await client.query(text, values);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    },
    connect: async () => {
      const client = new pg.Client({ connectionString: ownerUrl });
      client.on('error', () => undefined);
      await client.connect();
      clients.push(client);
      return client;
    },
    drop: async () => {
      await Promise.allSettled([pool.end(), ...clients.map((client) => client.end())]);
    },
  };
}

/** Clones the migrated template into a database of its own, which is dropped with it. */
export async function createTestDatabase(): Promise<OwnDatabase> {
  const serverUrl = inject('serverUrl');
  const name = `stayler_test_${randomBytes(6).toString('hex')}`;
  // File by file takes less than half of what a copy through the log takes: nothing here waits for the disk.
  await onServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${inject('templateName')} STRATEGY FILE_COPY`);
  const database = testDatabaseAt(databaseUrlOf(serverUrl, name));
  return {
    ...database,
    drop: async () => {
      await database.drop();
      await onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/**
 * Gives a test file a database of its own, which `db()` uses too. Call it at the top of the file; read the
 * database inside tests and hooks only.
 */
export function useTestDatabase(): () => OwnDatabase {
  let database: OwnDatabase | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
    process.env.DATABASE_URL = database.url;
    process.env.DATABASE_OWNER_URL = database.ownerUrl;
    // A test is a command of ours; those that try doors begin as nobody.
    actOutside('system');
    await useOwner(database.ownerUrl);
  });
  afterAll(async () => {
    await disconnectDb();
    await useOwner(null);
    await database?.drop();
  });
  return () => {
    if (!database) throw new Error('The test database exists only inside tests and hooks.');
    return database;
  };
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}
