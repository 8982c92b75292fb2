import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { quoted, setSequences } from './catalogue.ts';
import type { Manifest, TableEntry } from './manifest.ts';

type ForeignKey = { readonly table: string; readonly name: string; readonly definition: string };

async function listForeignKeys(client: Client): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `SELECT conrelid::regclass::text AS "table", conname AS name, pg_get_constraintdef(oid) AS definition
       FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 AND connamespace = 'public'::regnamespace ORDER BY conname`,
  );
  return rows;
}

async function loadTable(client: Client, table: TableEntry, source: string): Promise<void> {
  const columns = table.columns.map(quoted).join(', ');
  const target = client.query(copyFrom(`COPY public.${quoted(table.name)} (${columns}) FROM STDIN`));
  await pipeline(createReadStream(join(source, 'tables', `${table.name}.copy.gz`)), createGunzip(), target);
  if (target.rowCount !== table.rows) {
    throw new Error(`${table.name}: ${table.rows} rows were written and ${target.rowCount} came back`);
  }
}

/**
 * Puts a backup's rows into a freshly migrated database, in one transaction. Triggers are off, because what they do was
 * done when the rows were first written. Foreign keys are taken away and put back, which has the server look at every
 * reference: no superuser is needed, tables that refer to each other load in any order, and what does not fit together
 * is refused. All other constraints stay in force.
 */
export async function loadRows(client: Client, manifest: Manifest, source: string): Promise<void> {
  const names = manifest.tables.map(({ name }) => `public.${quoted(name)}`);
  await client.query('BEGIN');
  const keys = await listForeignKeys(client);
  for (const { table, name } of keys)
    await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${quoted(name)}`);
  for (const name of names) await client.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
  // What migrations put there themselves, the plans for one, is in the backup as it stands today.
  await client.query(`TRUNCATE ${names.join(', ')}`);
  for (const table of manifest.tables) await loadTable(client, table, source);
  await setSequences(client, manifest.sequences);
  for (const name of names) await client.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`);
  for (const { table, name, definition } of keys) {
    await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${quoted(name)} ${definition}`);
  }
  await client.query('COMMIT');
  await client.query('ANALYZE');
}
