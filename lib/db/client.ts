import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { env } from '#lib/core/env/env.ts';
import { log } from '#lib/core/log.ts';
import { PrismaClient } from '#prisma/generated/client.ts';

/**
 * A client of its own for a given database, for scripts and tests. Waiting for a connection ends after four
 * seconds, so that a crowded server answers 503 instead of hanging.
 */
export function createClient(databaseUrl: string, maxConnections = 10): PrismaClient {
  return clientOn(createPool(databaseUrl, maxConnections));
}

function createPool(databaseUrl: string, max: number): pg.Pool {
  return new pg.Pool({ connectionString: databaseUrl, max, connectionTimeoutMillis: 4_000 });
}

function clientOn(pool: pg.Pool): PrismaClient {
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    // Without a listener a connection that dies while idle would end the process.
    onPoolError: (error) => log.warn({ err: error }, 'an idle database connection was lost'),
  });
  return new PrismaClient({ adapter });
}

const holder = globalThis as { aiStaylerDb?: PrismaClient | undefined; aiStaylerPool?: pg.Pool | undefined };
const maxConnectionsOfProcess = 10;

/** The one client of this process. It outlives a module reload in development. */
export function db(): PrismaClient {
  if (!holder.aiStaylerDb) {
    holder.aiStaylerPool = createPool(env().databaseUrl, maxConnectionsOfProcess);
    holder.aiStaylerDb = clientOn(holder.aiStaylerPool);
  }
  return holder.aiStaylerDb;
}

/** Closes the client of this process; the next `db()` opens another. */
export async function disconnectDb(): Promise<void> {
  const client = holder.aiStaylerDb;
  holder.aiStaylerDb = undefined;
  holder.aiStaylerPool = undefined;
  await client?.$disconnect();
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
