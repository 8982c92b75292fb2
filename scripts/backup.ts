import { join, resolve } from 'node:path';
import { env } from '#lib/core/env/env.ts';
import { pictureFolder } from './backup/picture-folder.ts';
import { checkArchive } from './backup/read-archive.ts';
import { writeBackup } from './backup/write-backup.ts';
import { openDatabase } from './steps/database.ts';
import { Notice, runScript } from './steps/progress.ts';

const usage = `Usage: npm run backup                    into DATA_DIR/backups, named after the moment
       npm run backup -- FOLDER          into this folder, which must not be there yet
       npm run backup -- check FOLDER    reads a backup from end to end and compares every checksum`;

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const here = (path: string) => resolve(process.env.INVOKED_FROM ?? '.', path);

/** Writes a consistent copy of database and pictures while everything goes on. */
await runScript(async () => {
  const [first, second] = process.argv.slice(2);
  if (first?.startsWith('-') || (first === 'check' && !second)) throw new Notice(usage);
  if (first === 'check' && second) {
    const { takenAt, tables, files } = await checkArchive(here(second));
    process.stdout.write(`Whole: taken ${takenAt}, ${tables.length} tables, ${files.count} files.\n`);
    return 0;
  }
  const database = await openDatabase();
  try {
    const { dataDir, nextauthSecret, ownerUrl: databaseUrl } = env();
    const moment = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    const target = first ? here(first) : join(dataDir, 'backups', moment);
    const began = performance.now();
    const manifest = await writeBackup({
      databaseUrl,
      pictures: pictureFolder(env()),
      secret: nextauthSecret,
      target,
    });
    const { tables, files } = manifest;
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    const bytes = tables.reduce((sum, table) => sum + table.bytes, files.bytes);
    const lines = [
      `Backup: ${target}`,
      `${rows} rows of ${tables.length} tables, ${files.count} files, ${megabytes(bytes)} in ${((performance.now() - began) / 1000).toFixed(1)} s`,
      ...(files.kind === 'hosted' ? ['Pictures lie at the upload service and are not in it.'] : []),
      ...(files.missingCount > 0
        ? [`${files.missingCount} rows name a file that is not there: ${files.missing.join(', ')}`]
        : []),
      'It holds phone numbers and photos, and not NEXTAUTH_SECRET: keep both, apart from each other.',
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    return 0;
  } finally {
    await database.stop();
  }
});
