import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { log } from '#lib/core/log.ts';
import { db } from './client.ts';

const answerTimeoutMs = 2_000;

/** `behind`: a migration that this release was built for is missing, or was begun and not finished. */
export type DatabaseHealth = 'ok' | 'behind' | 'down';

let known: readonly string[] | undefined;

/** The migrations this release was built for; none where they were not brought along. */
function knownMigrations(): readonly string[] {
  const folder = join(/* turbopackIgnore: true */ process.cwd(), 'prisma', 'migrations');
  known ??= existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
    : [];
  return known;
}

/**
 * Whether the database answers in time and has what this release needs. One that is further on is fine, and so is one that
 * failed on the way there: so it is while a release is rolled out. Never throws.
 */
export async function checkDatabase(): Promise<DatabaseHealth> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('the database did not answer in time')), answerTimeoutMs).unref();
  });
  try {
    const asked = db().$queryRaw<{ name: string }[]>`
      SELECT migration_name AS name FROM _prisma_migrations
      WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
    const done = new Set((await Promise.race([asked, late])).map(({ name }) => name));
    return knownMigrations().every((name) => done.has(name)) ? 'ok' : 'behind';
  } catch (error) {
    log.warn({ err: error }, 'not ready');
    return 'down';
  }
}
