import pg from 'pg';
import { migrate } from '#lib/db/migrate.ts';
import { readMigrations } from '#lib/db/migration-files.ts';
import { Notice } from '../steps/progress.ts';
import { isEmptyDatabase, listTables, settleSession } from './catalogue.ts';
import { loadRows } from './load-rows.ts';
import type { Manifest } from './manifest.ts';
import type { PictureFolder } from './picture-folder.ts';
import { checkArchive } from './read-archive.ts';
import { restoreFiles } from './restore-files.ts';

export type RestoreOptions = {
  readonly databaseUrl: string;
  /** Where pictures are to lie; null when the upload service keeps them. */
  readonly pictures: PictureFolder | null;
  /** The folder that a backup made. */
  readonly source: string;
  readonly onProgress?: (line: string) => void;
};

/** Refuses a backup made by migrations that are not ours: its rows would mean something else here. */
async function requireKnownMigrations({ migrations }: Manifest): Promise<void> {
  const known = new Map((await readMigrations()).map(({ name, checksum }) => [name, checksum]));
  for (const { name, checksum } of migrations) {
    if (!known.has(name)) {
      throw new Notice(
        `The backup has the migration ${name}, which this release does not: restore with a newer one.`,
      );
    }
    if (known.get(name) !== checksum) {
      throw new Notice(`The migration ${name} is not the one that the backup was made under.`);
    }
  }
}

async function requireSameTables(client: pg.Client, { tables }: Manifest): Promise<void> {
  const shape = (list: readonly { name: string; columns: readonly string[] }[]) =>
    list
      .map(({ name, columns }) => `${name}(${[...columns].sort().join(',')})`)
      .sort()
      .join(' ');
  if (shape(await listTables(client)) !== shape(tables)) {
    throw new Error('the migrations made other tables than the backup holds');
  }
}

/**
 * Brings a backup back into an empty database: its migrations, its rows, its pictures, and then whatever migrations this
 * release has on top. The whole archive is read and compared before anything is touched. Throws a sentence for people when
 * the database is not empty, the archive is damaged or the migrations do not fit.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const report = options.onProgress ?? (() => undefined);
  const manifest = await checkArchive(options.source);
  await requireKnownMigrations(manifest);
  if (options.pictures === null && manifest.files.kind === 'local') {
    throw new Notice('The backup holds pictures, and STORAGE says that the upload service keeps them.');
  }
  report('The archive is whole.');
  const client = new pg.Client({
    connectionString: options.databaseUrl,
    application_name: 'ai-stayler-restore',
  });
  await client.connect();
  try {
    if (!(await isEmptyDatabase(client))) {
      throw new Notice('The database is not empty. A restore goes into a new one: nothing was changed.');
    }
    if (options.pictures && manifest.files.kind === 'local') {
      const { put, kept } = await restoreFiles(options.source, options.pictures);
      report(`Pictures: ${put} put in place, ${kept} were there.`);
    }
    const migrations = await readMigrations(manifest.migrations.map(({ name }) => name));
    await migrate({ databaseUrl: options.databaseUrl, migrations });
    await settleSession(client);
    await requireSameTables(client, manifest);
    await loadRows(client, manifest, options.source);
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    report(`Rows: ${rows} in ${manifest.tables.length} tables.`);
  } finally {
    await client.end();
  }
  const newer = await migrate({ databaseUrl: options.databaseUrl });
  if (newer.length > 0) report(`Migrated on to this release: ${newer.join(', ')}.`);
  return manifest;
}
