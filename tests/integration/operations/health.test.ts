import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { disconnectDb } from '#lib/db/client.ts';
import { checkReadiness } from '#lib/operations/check-readiness.ts';
import { serveWorker } from '#lib/worker/serve-worker.ts';
import { useConversions } from '#tests/support/conversions.ts';
import { parsePrometheus } from '#tests/support/formats/prometheus.ts';

const { database, dataDir } = useConversions();

/** Asked anew: otherwise one answer serves everybody for half a second. */
const readiness = () => checkReadiness(0);

test('a whole installation is ready', async () => {
  expect(await readiness()).toEqual({
    status: 'ready',
    checks: { database: 'ok', storage: 'ok', queue: 'ok' },
  });
});

test('a database that lacks a migration is not what this release was built for; one that has more is', async () => {
  const [last] = await database().query<{ name: string; row: string }>(
    `DELETE FROM _prisma_migrations WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)
     RETURNING migration_name AS name, to_json(_prisma_migrations) AS row`,
  );
  expect(await readiness()).toMatchObject({ status: 'not ready', checks: { database: 'behind' } });
  await database().query(
    'INSERT INTO _prisma_migrations SELECT * FROM json_populate_record(NULL::_prisma_migrations, $1)',
    [last?.row],
  );
  await database().query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101_next', now())`,
  );
  expect(await readiness()).toMatchObject({ status: 'ready' });
  // A later release's migration that broke is that release's matter: this one goes on serving while it is repaired.
  await database().query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE id = 'x'`);
  expect(await readiness()).toMatchObject({ status: 'ready' });
  await database().query(`DELETE FROM _prisma_migrations WHERE id = 'x'`);
  await database().query('UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = $1', [
    last?.name,
  ]);
  expect(await readiness()).toMatchObject({ status: 'not ready', checks: { database: 'behind' } });
  await database().query('UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = $1', [
    last?.name,
  ]);
});

test('many who ask at once are one question', async () => {
  await readiness();
  const [first, ...others] = Array.from({ length: 50 }, () => checkReadiness());
  expect(new Set([first, ...others]).size).toBe(1);
  expect(await first).toMatchObject({ status: 'ready' });
});

test('jobs that nobody takes are told, and are no reason to serve nobody', async () => {
  const insert = (name: string, seconds: number) =>
    database().query(
      `INSERT INTO pgboss.job (name, data, created_on, start_after)
       SELECT $1, '{}', clock_timestamp() - make_interval(secs => $2), clock_timestamp() - make_interval(secs => $2)`,
      [name, seconds],
    );
  await insert('conversion.run', 120);
  expect(await readiness()).toMatchObject({ status: 'ready', checks: { queue: 'ok' } });
  await insert('sms.send', 61);
  expect(await readiness()).toMatchObject({ status: 'degraded', checks: { queue: 'late' } });
  await database().query('DELETE FROM pgboss.job');
});

test('a place for pictures that is not there keeps people away', async () => {
  const files = join(dataDir, 'files');
  await rm(files, { recursive: true, force: true });
  await writeFile(files, 'not a folder');
  expect(await readiness()).toMatchObject({ status: 'not ready', checks: { storage: 'down' } });
  await rm(files);
  expect(await readiness()).toMatchObject({ status: 'ready' });
});

test('a worker tells how it is, its figures to those who may read them, and nothing else', async () => {
  const door = await serveWorker('127.0.0.1', 0);
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${door.port}${path}`, { headers });
    return { status: answer.status, text: await answer.text() };
  };
  expect(await ask('/live')).toMatchObject({ status: 200 });
  expect(await ask('/ready')).toMatchObject({ status: 200 });
  const { status, text } = await ask('/metrics');
  expect(status).toBe(200);
  expect(parsePrometheus(text).has('ai_stayler_up{}')).toBe(true);
  expect(await ask('/metrics', { 'x-forwarded-for': '203.0.113.9' })).toMatchObject({ status: 401 });
  expect(await ask('/metrics', { authorization: 'Bearer wrong' })).toMatchObject({ status: 401 });
  expect(await ask('/')).toMatchObject({ status: 404 });
  await door.stop();
});

test('a database that is away is told within seconds, and asked again when it is back', async () => {
  await disconnectDb();
  const name = new URL(database().url).pathname.slice(1);
  const admin = new pg.Client({ connectionString: inject('serverUrl') });
  await admin.connect();
  await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
  expect(await readiness()).toEqual({
    status: 'not ready',
    checks: { database: 'down', storage: 'ok', queue: 'unknown' },
  });
  await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS true`);
  await admin.end();
  expect(await readiness()).toMatchObject({ status: 'ready' });
});
