import { readEnv } from '#lib/core/env/env.ts';
import { migrate } from '#lib/db/migrate.ts';
import { settleRights } from '#lib/db/walls/settle-rights.ts';
import { installQueues } from '#lib/jobs/boss.ts';
import { generateClient } from './build.ts';
import { type Database, openDatabase } from './database.ts';
import { step } from './progress.ts';

/** Gives the roles their rights; an owner that may not make roles does everything itself, as before there were any. */
export async function settle(ownerUrl: string): Promise<void> {
  const { databaseUrl: appUrl, embedded } = readEnv(process.env);
  const done = await settleRights({ ownerUrl, appUrl, withEmulator: embedded.payments });
  if (done === 'no-roles') {
    process.stdout.write(
      '  The owner may not make roles, so one role does everything. See "Two walls" in docs/operations.md.\n',
    );
  }
}

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
      await settle(database.url);
    });
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}
