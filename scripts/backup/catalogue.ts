import type { Client } from 'pg';
import type { SequenceEntry } from './manifest.ts';

/** What the database itself says it holds. Everything of ours stands in the schema `public`. */

/** Prisma's own list of migrations is not copied: a restore writes it by applying them. */
const migrationTable = '_prisma_migrations';

export type TableShape = { readonly name: string; readonly columns: readonly string[] };

/** Settings under which text leaves one server and enters another unchanged. */
export async function settleSession(client: Client): Promise<void> {
  await client.query(`SET client_encoding = 'UTF8'; SET datestyle = 'ISO, MDY'; SET intervalstyle = 'postgres';
    SET timezone = 'UTC'; SET extra_float_digits = 3; SET statement_timeout = 0; SET lock_timeout = 0;
    SET idle_in_transaction_session_timeout = 0; SET row_security = off; SET search_path = public`);
}

/** Every table, whole where it is in partitions, with the columns that are stored; what the server computes from others is computed again. */
export async function listTables(client: Client): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> $1
        AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      GROUP BY c.relname ORDER BY c.relname`,
    [migrationTable],
  );
  return rows;
}

/** Where each sequence stands. It may be ahead of the rows of a snapshot, which is how sequences are. */
export async function listSequences(client: Client): Promise<SequenceEntry[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' ORDER BY relname`,
  );
  const found: SequenceEntry[] = [];
  for (const { name } of rows) {
    const state = await client.query<{ lastValue: string; isCalled: boolean }>(
      `SELECT last_value::text AS "lastValue", is_called AS "isCalled" FROM public.${quoted(name)}`,
    );
    if (state.rows[0]) found.push({ name, ...state.rows[0] });
  }
  return found;
}

export async function setSequences(client: Client, sequences: readonly SequenceEntry[]): Promise<void> {
  for (const { name, lastValue, isCalled } of sequences) {
    await client.query('SELECT setval($1::regclass, $2::bigint, $3)', [
      `public.${quoted(name)}`,
      lastValue,
      isCalled,
    ]);
  }
}

/** What was applied, in the order of its names. Throws where a migration was begun and not finished. */
export async function listApplied(client: Client): Promise<{ name: string; checksum: string }[]> {
  const { rows } = await client.query<{ name: string; checksum: string; isDone: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isDone" FROM ${migrationTable}
      WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  const open = rows.find(({ isDone }) => !isDone);
  if (open) throw new Error(`The migration ${open.name} was begun and not finished.`);
  return rows.map(({ name, checksum }) => ({ name, checksum }));
}

/** Whether somebody has put anything here: tables, views, sequences or functions that belong to no extension. */
export async function isEmptyDatabase(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ things: number }>(
    `SELECT (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
                AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'))::int
          + (SELECT count(*) FROM pg_namespace
              WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'public'))::int AS things`,
  );
  return rows[0]?.things === 0;
}

/** A name as it stands in SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
