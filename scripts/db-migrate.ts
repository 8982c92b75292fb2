import { prepareDatabase } from './steps/prepare.ts';
import { runScript } from './steps/progress.ts';

/** Brings the database at DATABASE_URL (else the embedded one) and its queues up to date. */
await runScript(async () => {
  const database = await prepareDatabase();
  await database.stop();
  return 0;
});
