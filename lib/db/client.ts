import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { env } from '#lib/core/env/env.ts';
import { log } from '#lib/core/log.ts';
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

const holder = globalThis as {
  aiStaylerDb?: PrismaClient | undefined;
  aiStaylerPool?: pg.Pool | undefined;
  aiStaylerPatientDb?: PrismaClient | undefined;
};
const maxConnectionsOfProcess = 10;
const maxPatientConnections = 2;

/** The one client of this process. It outlives a module reload in development. */
export function db(): PrismaClient {
  if (!holder.aiStaylerDb) {
    holder.aiStaylerPool = createPool(env().databaseUrl, maxConnectionsOfProcess, patience.short);
    holder.aiStaylerDb = clientOn(holder.aiStaylerPool);
  }
  return holder.aiStaylerDb;
}

/** The same with time for jobs that read a great deal: nobody waits for them. Two connections, opened when needed. */
export function patientDb(): PrismaClient {
  holder.aiStaylerPatientDb ??= createClient(env().databaseUrl, maxPatientConnections, patience.long);
  return holder.aiStaylerPatientDb;
}

/** Closes the clients of this process; the next `db()` opens another. */
export async function disconnectDb(): Promise<void> {
  const clients = [holder.aiStaylerDb, holder.aiStaylerPatientDb];
  holder.aiStaylerDb = undefined;
  holder.aiStaylerPool = undefined;
  holder.aiStaylerPatientDb = undefined;
  await Promise.all(clients.map((client) => client?.$disconnect()));
}

/** How this process's connections are used: open, idle, and how many wait for one. */
export function poolState(): { open: number; idle: number; waiting: number; most: number } {
  const pool = holder.aiStaylerPool;
  return {
    open: pool?.totalCount ?? 0,
    idle: pool?.idleCount ?? 0,
    waiting: pool?.waitingCount ?? 0,
    most: maxConnectionsOfProcess,
  };
}
