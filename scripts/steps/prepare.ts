import { migrate } from '#lib/db/migrate.ts';
import { installQueues } from '#lib/jobs/boss.ts';
import { generateClient } from './build.ts';
import { type Database, openDatabase } from './database.ts';
import { step } from './progress.ts';

/**
 * Opens the database and brings client, schema and queues up to date.
 *
 * @param options `retry`: also what failed before is tried again.
 */
export async function prepareDatabase(options: { retry?: boolean } = {}): Promise<Database> {
  await generateClient();
  const database = await openDatabase();
  try {
    await step('Bringing the database up to date', async () => {
      const onProgress = (line: string) => process.stdout.write(`  ${line}\n`);
      await migrate({ databaseUrl: database.url, onProgress, ...options });
      await installQueues(database.url);
    });
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}
