import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { databaseUrlOf } from './template.ts';

/** Runs `work` on a new database that holds nothing, and drops it afterwards. */
export async function withEmptyDatabase<T>(
  work: (client: pg.Client, url: string) => Promise<T>,
  options: { readonly serverUrl?: string; readonly encoding?: string } = {},
): Promise<T> {
  const serverUrl = options.serverUrl ?? inject('serverUrl');
  const name = `stayler_empty_${randomBytes(6).toString('hex')}`;
  const url = databaseUrlOf(serverUrl, name);
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    const locale = options.encoding === 'SQL_ASCII' ? 'C' : 'C.UTF-8';
    await admin.query(
      `CREATE DATABASE ${name} TEMPLATE template0 ENCODING '${options.encoding ?? 'UTF8'}' LOCALE '${locale}'`,
    );
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client, url);
    } finally {
      await client.end();
    }
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.end();
  }
}
