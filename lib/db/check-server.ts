import type { Client } from 'pg';

const oldestVersion = 15;

/** Why a server cannot be used, as a sentence for the person who runs it. Null when it can. */
export async function serverProblem(client: Client): Promise<string | null> {
  const { rows } = await client.query<{ version: number; encoding: string; database: string }>(
    `SELECT current_setting('server_version_num')::int AS version,
            pg_encoding_to_char(encoding) AS encoding,
            datname AS database
       FROM pg_database WHERE datname = current_database()`,
  );
  const server = rows[0];
  if (!server) return 'The server does not say which database this is.';
  const major = Math.floor(server.version / 10_000);
  if (major < oldestVersion) {
    return `PostgreSQL ${oldestVersion} or newer is needed; this server is version ${major}.`;
  }
  if (server.encoding !== 'UTF8') {
    return (
      `The database "${server.database}" has the encoding ${server.encoding}; UTF8 is needed, or Persian text ` +
      `is not found by search. Create it anew: CREATE DATABASE ${server.database} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';`
    );
  }
  return null;
}
