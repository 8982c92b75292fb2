import pg from 'pg';
import { readMigrationStatus } from '#lib/db/migration-status.ts';
import { openDatabase } from './steps/database.ts';
import { prepareDatabase } from './steps/prepare.ts';
import { Notice, runScript } from './steps/progress.ts';

/** Prints how every migration stands; 1 unless this release finds all of its own. */
async function printStatus(): Promise<number> {
  const database = await openDatabase();
  const client = new pg.Client({ connectionString: database.url });
  try {
    await client.connect();
    const status = await readMigrationStatus(client);
    for (const { name, state, at, detail } of status) {
      const when = at?.toISOString().slice(0, 19).replace('T', ' ') ?? ''.padEnd(19);
      process.stdout.write(`${state.padEnd(11)}  ${when}  ${name}${detail ? `  ${detail}` : ''}\n`);
    }
    return status.every(({ state }) => state === 'applied' || state === 'newer') ? 0 : 1;
  } finally {
    await client.end();
    await database.stop();
  }
}

async function bringUpToDate(retry: boolean): Promise<number> {
  const database = await prepareDatabase({ retry });
  await database.stop();
  return 0;
}

/** The database at DATABASE_URL (else the embedded one) and its queues: up to date, again after a failure, or only told. */
await runScript(async () => {
  const [word, ...more] = process.argv.slice(2);
  if (more.length === 0 && word === undefined) return bringUpToDate(false);
  if (more.length === 0 && word === 'retry') return bringUpToDate(true);
  if (more.length === 0 && word === 'status') return printStatus();
  throw new Notice('Usage: npm run db:migrate [-- status | -- retry]');
});
