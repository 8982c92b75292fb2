import pg from 'pg';
import type { Env } from '#lib/core/env/env.ts';
import { isPooledByTransaction } from '#lib/db/statement-names.ts';
import { amber, type Check, green, red } from './finding.ts';

/** Whether what needs a connection of its own has a way past the pooler. */
export function checkPooler({ databaseUrl, directUrl }: Pick<Env, 'databaseUrl' | 'directUrl'>): Check[] {
  if (isPooledByTransaction(directUrl)) {
    return [
      red(
        'listening and the queue would go through the pooler, which takes their connection away',
        'Set DATABASE_DIRECT_URL to the server itself, without pgbouncer=true.',
      ),
    ];
  }
  return isPooledByTransaction(databaseUrl) ? [green('requests go through a pooler, the rest past it')] : [];
}

/** Whether the replica is one, may be asked, and follows. Nothing when there is none. */
export async function checkReplica({ readUrl }: Pick<Env, 'readUrl'>): Promise<Check[]> {
  if (readUrl === null) return [];
  const todo = 'Look at DATABASE_READ_URL; without it everything is read at the primary.';
  const client = new pg.Client({
    connectionString: readUrl,
    connectionTimeoutMillis: 5000,
    application_name: 'ai-stayler-doctor',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch {
    client.end().catch(() => undefined);
    return [amber('the replica cannot be reached: its reads go to the primary', todo)];
  }
  try {
    const { rows } = await client.query<{ follows: boolean; streams: boolean }>(`
      SELECT pg_is_in_recovery() AS follows, EXISTS (SELECT 1 FROM pg_stat_wal_receiver) AS streams`);
    const [row] = rows;
    if (!row?.follows) return [amber('the replica is a primary', todo)];
    return row.streams
      ? [green('the replica follows')]
      : [amber('the replica follows nobody', 'Look at its primary_conninfo and its log.')];
  } finally {
    await client.end();
  }
}
