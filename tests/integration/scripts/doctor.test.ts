import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { env } from '#lib/core/env/env.ts';
import * as database from '#scripts/doctor/check-database.ts';
import { checkHistory } from '#scripts/doctor/check-history.ts';
import type { Finding } from '#scripts/doctor/finding.ts';
import { root } from '#scripts/steps/root.ts';
import { useConversions } from '#tests/support/conversions.ts';
import { withEmptyDatabase } from '#tests/support/database/empty-database.ts';

const { database: own } = useConversions();

test('migrations that are missing, edited, unfinished or newer are told apart', async () => {
  const client = await own().connect();
  expect(await database.checkMigrations(client)).toMatchObject({ state: 'green' });
  const change = (text: string) => own().query(text);
  await change(
    "UPDATE _prisma_migrations SET migration_name = '29990101_next' WHERE migration_name LIKE '%_tables'",
  );
  expect(await database.checkMigrations(client)).toMatchObject({ says: '1 migrations are missing' });
  await change(
    "UPDATE _prisma_migrations SET migration_name = '20261122000100_tables' WHERE migration_name = '29990101_next'",
  );
  await change(
    "UPDATE _prisma_migrations SET checksum = reverse(checksum) WHERE migration_name LIKE '%_tables'",
  );
  expect(await database.checkMigrations(client)).toMatchObject({
    state: 'red',
    says: expect.stringContaining('not what was applied'),
  });
  await change(
    "UPDATE _prisma_migrations SET checksum = reverse(checksum) WHERE migration_name LIKE '%_tables'",
  );
  await change(
    "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', '29990101_next')",
  );
  expect(await database.checkMigrations(client)).toMatchObject({
    state: 'red',
    says: expect.stringContaining('not finished'),
  });
  await change("UPDATE _prisma_migrations SET finished_at = now() WHERE id = 'x'");
  expect(await database.checkMigrations(client)).toMatchObject({ state: 'amber' });
  await change("DELETE FROM _prisma_migrations WHERE id = 'x'");
});

test('an empty database, one without workers, and an account that may too little are told', async () => {
  await withEmptyDatabase(async (client) => {
    expect(await database.checkMigrations(client)).toMatchObject({
      state: 'red',
      says: expect.stringMatching(/^\d+ migrations are missing$/),
    });
    expect(await database.checkWorkers(client)).toMatchObject([{ state: 'red' }]);
  });
  const client = await own().connect();
  expect((await database.checkWorkers(client))[0]).toMatchObject({ says: 'no worker is connected' });
  await own().query('DROP ROLE IF EXISTS doctor_reader');
  await own().query('CREATE ROLE doctor_reader');
  try {
    await client.query('SET ROLE doctor_reader');
    const found = await database.checkPermissions(client);
    expect(found.map(({ state }) => state)).toEqual(['red']);
    await client.query('RESET ROLE');
    expect(await database.checkPermissions(client)).toMatchObject([{ state: 'amber' }]);
    await client.query('SET ROLE stayler_app');
    expect(await database.checkPermissions(client)).toMatchObject([{ state: 'green' }]);
  } finally {
    await client.query('RESET ROLE');
    await own().query('DROP ROLE doctor_reader');
  }
});

test('what no worker forgets or makes room for is told', async () => {
  const client = await own().connect();
  const states = async () => (await checkHistory(client, env())).map(({ state }) => state);
  await own().query('SELECT forget_gallery_visitors()');
  expect(await states()).toEqual(['green', 'green']);
  await own().query(
    `INSERT INTO audit_logs (actor_type, action, metadata, created_at) VALUES ('system', 'a', '{}', now() - interval '1100 days')`,
  );
  const made = await own().query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'gallery_seen'::regclass`,
  );
  for (const { name } of made) if (name !== 'gallery_seen_rest') await own().query(`DROP TABLE ${name}`);
  expect(await states()).toEqual(['amber', 'amber']);
  await own().query('SELECT forget_audit_logs(1095, 10), keep_gallery_partitions(visit_day())');
  expect(await states()).toEqual(['green', 'green']);
});

test('the command says everything as JSON, and ends with 1 while something is red', () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'scripts/doctor.ts', '--json'],
    { cwd: root, encoding: 'utf8', env: { ...process.env, DATABASE_URL: own().url } },
  );
  const findings = JSON.parse(stdout) as Finding[];
  expect(status).toBe(1);
  expect([...new Set(findings.map(({ part }) => part))]).toEqual([
    'program',
    'settings',
    'services',
    'database',
    'clock',
    'queue',
    'files',
    'invariants',
    'machine',
  ]);
  expect(findings.find(({ part }) => part === 'invariants')).toMatchObject({ state: 'green' });
  expect(findings.every(({ state, todo }) => state === 'green' || Boolean(todo))).toBe(true);
  expect(stdout).not.toContain(process.env.NEXTAUTH_SECRET);
});
