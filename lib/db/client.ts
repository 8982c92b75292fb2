import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { env } from '#lib/core/env/env.ts';
import { log } from '#lib/core/log.ts';
import { perProcess } from '#lib/core/per-process.ts';
import { PrismaClient } from '#prisma/generated/client.ts';
import { BoundedClient, connectionOptions, type Patience, patience } from './connection.ts';

/**
 * A client of its own for a given database, for scripts and tests. Every wait has an end (`patience`): a crowded server
 * answers 503 instead of hanging.
 */
export function createClient(
  databaseUrl: string,
  maxConnections = 10,
  waits: Patience = patience.short,
): PrismaClient {
  return clientOn(createPool(databaseUrl, maxConnections, waits));
}

function createPool(databaseUrl: string, max: number, waits: Patience): pg.Pool {
  return new pg.Pool({ ...connectionOptions(databaseUrl, waits), Client: BoundedClient, max });
}

function clientOn(pool: pg.Pool): PrismaClient {
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    // Without a listener a connection that dies while idle would end the process.
    onPoolError: (error) => log.warn({ err: error }, 'an idle database connection was lost'),
    onConnectionError: (error) => log.warn({ err: error }, 'a database connection was lost'),
  });
  return new PrismaClient({ adapter });
}

const shared = perProcess<{ client?: PrismaClient; pool?: pg.Pool; patient?: PrismaClient }>('db.clients');
const maxConnectionsOfProcess = 10;
const maxPatientConnections = 2;

/** The one client of this process. It outlives a module reload in development. */
export function db(): PrismaClient {
  if (!shared.client) {
    shared.pool = createPool(env().databaseUrl, maxConnectionsOfProcess, patience.short);
    shared.client = clientOn(shared.pool);
  }
  return shared.client;
}

/** The same with time for jobs that read a great deal: nobody waits for them. Two connections, opened when needed. */
export function patientDb(): PrismaClient {
  shared.patient ??= createClient(env().databaseUrl, maxPatientConnections, patience.long);
  return shared.patient;
}

/** Closes the clients of this process; the next `db()` opens another. */
export async function disconnectDb(): Promise<void> {
  const clients = [shared.client, shared.patient];
  delete shared.client;
  delete shared.pool;
  delete shared.patient;
  await Promise.all(clients.map((client) => client?.$disconnect()));
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
