import { createHash } from 'node:crypto';
import pg from 'pg';
import { migrate } from '#lib/db/migrate.ts';
import { readMigrations } from '#lib/db/migration-files.ts';
import { callable, guarded, open, plain, readable, roles } from '#lib/db/walls/rights.ts';
import { settleRights } from '#lib/db/walls/settle-rights.ts';

/** The process that holds it makes the template; the others wait and find it made. */
const templateLock = 727_100_316;

/** The same server, another database. */
export function databaseUrlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** The same database, as the role that the program works as. */
export function appUrlOf(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.username = roles.app;
  url.password = 'only-in-tests';
  return url.href;
}

/** A database is named after the migrations in it, so that an unchanged one is not made twice. */
async function templateNameOf(): Promise<string> {
  const hash = createHash('sha256');
  for (const { name, sql } of await readMigrations()) hash.update(name).update(sql);
  hash.update(JSON.stringify([guarded, open, callable, plain, readable]));
  return `stayler_template_${hash.digest('hex').slice(0, 16)}`;
}

/** Makes the migrated database that tests clone, once per server and state of the migrations. Returns its name. */
export async function makeTemplate(serverUrl: string): Promise<string> {
  const name = await templateNameOf();
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    await admin.query('SELECT pg_advisory_lock($1)', [templateLock]);
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) {
      // Under another name until it is whole: a killed run leaves nothing that looks finished.
      await admin.query(`DROP DATABASE IF EXISTS ${name}_draft WITH (FORCE)`);
      await admin.query(`CREATE DATABASE ${name}_draft TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'`);
      const ownerUrl = databaseUrlOf(serverUrl, `${name}_draft`);
      await migrate({ databaseUrl: ownerUrl });
      await settleRights({ ownerUrl, appUrl: appUrlOf(ownerUrl), withEmulator: true });
      await admin.query(`ALTER DATABASE ${name}_draft RENAME TO ${name}`);
    }
    return name;
  } finally {
    await admin.end();
  }
}
