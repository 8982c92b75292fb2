import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { takeMigrationLock } from '#lib/db/migration-lock.ts';
import { Notice } from '../steps/progress.ts';
import {
  listApplied,
  listSequences,
  listTables,
  quoted,
  settleSession,
  type TableShape,
} from './catalogue.ts';
import { type Manifest, manifestName, markOfSecret, type TableEntry } from './manifest.ts';
import type { PictureFolder } from './picture-folder.ts';
import { writeMeasured } from './streams.ts';
import { writeFiles } from './write-files.ts';

export type BackupOptions = {
  readonly databaseUrl: string;
  /** Where pictures lie; null when the upload service keeps them. */
  readonly pictures: PictureFolder | null;
  readonly secret: string;
  /** The folder to make. It must not be there yet. */
  readonly target: string;
};

async function writeTable(
  client: pg.Client,
  { name, columns }: TableShape,
  target: string,
): Promise<TableEntry> {
  const list = columns.map(quoted).join(', ');
  const source = client.query(copyTo(`COPY (SELECT ${list} FROM public.${quoted(name)}) TO STDOUT`));
  const measured = await writeMeasured(source, join(target, 'tables', `${name}.copy.gz`), [
    createGzip({ level: 4 }),
  ]);
  return { name, columns: [...columns], rows: source.rowCount, ...measured };
}

async function writeEverything(client: pg.Client, options: BackupOptions, target: string): Promise<Manifest> {
  await settleSession(client);
  // No migration runs while rows are copied, and none that runs is copied half.
  await takeMigrationLock(client, 'shared');
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const { rows } = await client.query<{ takenAt: string; serverVersion: string }>(
    `SELECT to_json(clock_timestamp()) #>> '{}' AS "takenAt", current_setting('server_version') AS "serverVersion"`,
  );
  const [moment] = rows;
  if (!moment) throw new Error('the server does not tell the time');
  const migrations = await listApplied(client);
  const sequences = await listSequences(client);
  const tables: TableEntry[] = [];
  for (const table of await listTables(client)) tables.push(await writeTable(client, table, target));
  const files: Manifest['files'] = options.pictures
    ? await writeFiles(client, options.pictures, target)
    : { kind: 'hosted', count: 0, bytes: 0, indexSha256: null, missing: [], missingCount: 0 };
  await client.query('COMMIT');
  const secretMark = markOfSecret(options.secret);
  return { format: 1, ...moment, secretMark, migrations, tables, sequences, files };
}

/**
 * Writes one consistent snapshot of the database, and the pictures it names, into a new folder. Everything streams, so
 * memory does not grow with what there is; nobody who works meanwhile has to wait. The folder gets its name when all
 * of it is on the disk: one with this name is whole. The queue is left out, because a restore makes it from rows.
 */
export async function writeBackup(options: BackupOptions): Promise<Manifest> {
  const draft = `${options.target}.partial`;
  await mkdir(dirname(draft), { recursive: true, mode: 0o700 });
  await mkdir(draft, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST'
      ? new Notice(`${draft} is there already: remove it, or wait for its backup.`)
      : error;
  });
  const client = new pg.Client({
    connectionString: options.databaseUrl,
    application_name: 'ai-stayler-backup',
    keepAlive: true,
  });
  try {
    await mkdir(join(draft, 'tables'), { mode: 0o700 });
    await client.connect();
    const manifest = await writeEverything(client, options, draft);
    await writeFile(join(draft, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    await rename(draft, options.target);
    return manifest;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end();
  }
}
