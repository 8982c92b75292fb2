import { PrismaPg } from '@prisma/adapter-pg';
import { env } from '#lib/core/env.ts';
import { log } from '#lib/core/log.ts';
import { PrismaClient } from '#prisma/generated/client.ts';

/**
 * A client of its own for a given database, for scripts and tests. Waiting for a connection ends after four
 * seconds, so that a crowded server answers 503 instead of hanging.
 */
export function createClient(databaseUrl: string, maxConnections = 10): PrismaClient {
  const adapter = new PrismaPg(
    { connectionString: databaseUrl, max: maxConnections, connectionTimeoutMillis: 4_000 },
    {
      // Without a listener a connection that dies while idle would end the process.
      onPoolError: (error) => log.warn({ err: error }, 'an idle database connection was lost'),
    },
  );
  return new PrismaClient({ adapter });
}

const holder = globalThis as { aiStaylerDb?: PrismaClient };

/** The one client of this process. It outlives a module reload in development. */
export function db(): PrismaClient {
  holder.aiStaylerDb ??= createClient(env().databaseUrl);
  return holder.aiStaylerDb;
}

/** Closes the client of this process; the next `db()` opens another. */
export async function disconnectDb(): Promise<void> {
  const client = holder.aiStaylerDb;
  holder.aiStaylerDb = undefined;
  await client?.$disconnect();
}
