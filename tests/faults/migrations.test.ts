import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#scripts/steps/root.ts';
import { withEmptyDatabase } from '#tests/support/database/empty-database.ts';
import { noteRecovery } from '#tests/support/note-recovery.ts';

/** `npm run db:migrate` on this database; its exit code. */
function migrateBy(url: string): Promise<number | null> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'scripts/db-migrate.ts')],
    { cwd: root, stdio: 'ignore', env: { ...process.env, DATABASE_URL: url } },
  );
  const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
  return new Promise((resolve) =>
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(code);
    }),
  );
}

test('22 two nodes migrate one database at once, and once more: one applies, the others find it done', async ({
  task,
}) => {
  await withEmptyDatabase(async (client, url) => {
    const startedAt = Date.now();
    expect(await Promise.all([migrateBy(url), migrateBy(url)])).toEqual([0, 0]);
    noteRecovery(task, startedAt);
    const applied = () =>
      client.query(
        'SELECT migration_name, applied_steps_count, finished_at IS NOT NULL AS done FROM _prisma_migrations ORDER BY 1',
      );
    const { rows } = await applied();
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.every(({ done }) => done)).toBe(true);
    expect(new Set(rows.map(({ migration_name }) => migration_name)).size).toBe(rows.length);
    expect(await migrateBy(url)).toBe(0);
    expect((await applied()).rows).toEqual(rows);
  });
}, 150_000);
