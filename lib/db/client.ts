import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { env } from '#lib/core/env/env.ts';
import { log } from '#lib/core/log.ts';
import { noteUnfit } from '#lib/core/pages/record.ts';
import { perProcess } from '#lib/core/per-process.ts';
import { PrismaClient } from '#prisma/generated/client.ts';
import { Announcer, tellingName } from './changes/announcer.ts';
import { tellHere } from './changes/listen.ts';
import { connectionOptions, type Patience, patience } from './connection.ts';
import { isPooledByTransaction, statementNamer } from './statement-names.ts';
import { actingOptions, askInOwnContext } from './walls/acting-client.ts';

/**
 * A client of its own for a given database, for scripts and tests. Every wait has an end (`patience`): a crowded server
 * answers 503 instead of hanging.
 */
export function createClient(
  databaseUrl: string,
  maxConnections = 10,
  waits: Patience = patience.short,
): PrismaClient {
  return clientOn(createPool(databaseUrl, maxConnections, waits), databaseUrl);
}

function createPool(databaseUrl: string, max: number, waits: Patience, name?: string): pg.Pool {
  const acting = actingOptions(isPooledByTransaction(databaseUrl));
  const options = { ...connectionOptions(databaseUrl, waits), ...acting, max };
  const pool = askInOwnContext(new pg.Pool({ ...options, ...(name && { application_name: name }) }));
  // Without a listener a connection that dies while idle would end the process; Prisma adds its own when it is first asked.
  pool.on('error', (error) => warnOfLoss(pool, error, 'an idle database connection was lost'));
  return pool;
}

/** Said of a pool in use. One that is being closed gives its connections up itself, and its server may end before they have. */
function warnOfLoss(pool: pg.Pool, error: unknown, what: string): void {
  if (!pool.ending) log.warn({ err: error }, what);
}

function clientOn(pool: pg.Pool, databaseUrl: string): PrismaClient {
  const nameOf = statementNamer();
  const adapter = new PrismaPg(pool, {
    ...(isPooledByTransaction(databaseUrl) ? {} : { statementNameGenerator: ({ sql }) => nameOf(sql) }),
    disposeExternalPool: true,
    onConnectionError: (error) => warnOfLoss(pool, error, 'a database connection was lost'),
  });
  return new PrismaClient({ adapter });
}

type Shared = {
  client?: PrismaClient;
  pool?: pg.Pool;
  announcer?: Announcer;
  patient?: PrismaClient;
  owner?: PrismaClient;
  replica?: PrismaClient;
};
const shared = perProcess<Shared>('db.clients');
const maxConnectionsOfProcess = 10;
const maxPatientConnections = 2;
const maxReplicaConnections = 5;

/**
 * The one client of this process. It outlives a module reload in development. A page that asks it past what is declared
 * (`remember`, `orLastKnown`) is not kept.
 */
export function db(): PrismaClient {
  noteUnfit('a read that was not declared');
  if (!shared.client) {
    shared.pool = createPool(env().databaseUrl, maxConnectionsOfProcess, patience.short, tellingName);
    shared.announcer = new Announcer(shared.pool, tellHere);
    shared.client = clientOn(shared.pool, env().databaseUrl);
  }
  return shared.client;
}

/**
 * The same with time for jobs that read a great deal: nobody waits for them. Two connections, opened when needed, past any
 * pooler, whose connections end what takes long.
 */
export function patientDb(): PrismaClient {
  noteUnfit('a read that was not declared');
  shared.patient ??= createClient(env().directUrl, maxPatientConnections, patience.long);
  return shared.patient;
}

/**
 * The same as the owner of the tables, for commands that do what the program itself may not. Where there are two roles a web
 * server and a worker do not know how the owner signs in: there it can do no more than `db`.
 */
export function ownerDb(): PrismaClient {
  shared.owner ??= createClient(env().ownerUrl, 1);
  return shared.owner;
}

/** The replica's client; null where there is none. Ask it by `askPublic`, which knows whether it is there and how far. */
export function replicaDb(): PrismaClient | null {
  noteUnfit('a read that was not declared');
  const { readUrl } = env();
  if (readUrl !== null) shared.replica ??= createClient(readUrl, maxReplicaConnections);
  return shared.replica ?? null;
}

/** Tells of changes on the connections of {@link db}. */
export function announcer(): Announcer {
  db();
  if (!shared.announcer) throw new Error('the database was closed');
  return shared.announcer;
}

/** Closes the clients of this process, after telling what is still to be told; the next `db()` opens another. */
export async function disconnectDb(): Promise<void> {
  await shared.announcer?.flush();
  const clients = [shared.client, shared.patient, shared.owner, shared.replica];
  const { pool } = shared;
  delete shared.client;
  delete shared.pool;
  delete shared.announcer;
  delete shared.patient;
  delete shared.owner;
  delete shared.replica;
  await Promise.all(clients.map((client) => client?.$disconnect()));
  // Prisma ends only a pool that it has used itself.
  if (pool && !pool.ending) await pool.end();
}

/**
 * Asks one statement that is asked with nearly every request, past Prisma and as a transaction of its own: prepared once a
 * connection, it takes a fraction of the time (docs/decisions/049). Rows come as the driver reads them: dates as `Date`,
 * `bigint` and `numeric` as text.
 *
 * @param name Of this text and no other.
 */
export async function askOften<Row extends pg.QueryResultRow>(
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  db();
  const { pool } = shared;
  if (!pool) throw new Error('the database was closed');
  const isNamed = !isPooledByTransaction(env().databaseUrl);
  const { rows } = await pool.query<Row>({ ...(isNamed && { name }), text, values: [...values] });
  return rows;
}

/** How this process's connections are used: open, idle, and how many wait for one. */
export function poolState(): { open: number; idle: number; waiting: number; most: number } {
  const pool = shared.pool;
  return {
    open: pool?.totalCount ?? 0,
    idle: pool?.idleCount ?? 0,
    waiting: pool?.waitingCount ?? 0,
    most: maxConnectionsOfProcess,
  };
}
