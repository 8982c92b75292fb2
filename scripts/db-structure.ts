import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#lib/db/migrate.ts';
import { describeStructure } from '#lib/db/structure.ts';
import { settleRights } from '#lib/db/walls/settle-rights.ts';
import { openDatabase } from './steps/database.ts';
import { Notice, runScript } from './steps/progress.ts';
import { root } from './steps/root.ts';

const file = join(root, 'prisma', 'structure.sql');

/** The structure that the migrations make, on a database of its own that is dropped again. */
async function migratedStructure(serverUrl: string): Promise<string> {
  const name = `structure_${randomBytes(6).toString('hex')}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    await admin.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'`);
    await migrate({ databaseUrl: url.href });
    await settleRights({ ownerUrl: url.href });
    return await describeStructure(url.href);
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.end();
  }
}

/** Writes prisma/structure.sql from the migrations; with `--check` only says whether it is up to date. */
await runScript(async () => {
  const database = await openDatabase();
  try {
    const structure = await migratedStructure(database.url);
    if (!process.argv.includes('--check')) {
      await writeFile(file, structure);
      process.stdout.write(`Written: ${file}\n`);
    } else if ((await readFile(file, 'utf8').catch(() => '')) !== structure) {
      throw new Notice('prisma/structure.sql is out of date: run `npm run db:structure` and commit it.');
    }
  } finally {
    await database.stop();
  }
  return 0;
});
