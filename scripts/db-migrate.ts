import { migrate } from '#lib/db/migrate.ts';
import { openDatabase } from './steps/database.ts';
import { runScript } from './steps/progress.ts';

/** Brings the database at DATABASE_URL (else the embedded one) to the newest migration. */
await runScript(async () => {
  const database = await openDatabase();
  try {
    await migrate({ databaseUrl: database.url, onProgress: (line) => process.stdout.write(`${line}\n`) });
  } finally {
    await database.stop();
  }
  return 0;
});
