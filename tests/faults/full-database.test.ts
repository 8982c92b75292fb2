import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { disconnectDb } from '#lib/db/client.ts';
import { closeSender } from '#lib/jobs/enqueue.ts';
import { type ActionAnswer, browserAt, cookieOf } from '#scripts/rig/browser.ts';
import { endAll, startWeb, untilReady } from '#scripts/rig/processes.ts';
import { newVendor, ownDataDir } from '#tests/support/files.ts';
import { expectWhole } from '#tests/support/invariants.ts';
import { noteRecovery } from '#tests/support/note-recovery.ts';
import { createOwnCluster, type OwnCluster } from './support/own-cluster.ts';
import { mountSmallDisk, type SmallDisk } from './support/small-disk.ts';
import { until } from './support/watch.ts';

const data = ownDataDir();
const disk = mkdtempSync(join(tmpdir(), 'stayler-small-disk-'));
let cluster: OwnCluster | undefined;
let small: SmallDisk | null = null;

beforeAll(async () => {
  small = mountSmallDisk(disk, 320);
  if (!small) return;
  cluster = await createOwnCluster({ folder: disk, settings: ['max_wal_size=64MB', 'min_wal_size=32MB'] });
}, 120_000);
afterAll(async () => {
  await endAll();
  await closeSender();
  await disconnectDb();
  await cluster?.close().catch(() => undefined);
  small?.unmount();
  rmSync(disk, { recursive: true, force: true });
  await data.remove();
});

test('12 the disk of the database full: writes are refused whole, reads go on, and all is well when there is room', async (context) => {
  if (!cluster || !small) return context.skip('mounting a small disk needs root');
  const { database } = cluster;
  const web = await startWeb({ DATABASE_URL: cluster.url });
  const { vendorId } = await newVendor();
  const vendor = browserAt(web.url, await cookieOf('vendor', vendorId));
  const made: string[] = [];
  const write = async (): Promise<ActionAnswer> => {
    const title = `album ${made.length + 1}`;
    const answer = await vendor
      .act('createAlbum', '/vendor/albums', { title }, AbortSignal.timeout(20_000))
      .catch(() => ({ ok: false, code: 'no answer' }));
    if (answer.ok) made.push(title);
    return answer;
  };
  expect(await write()).toMatchObject({ ok: true });
  small.fillUp();
  // Rows of another kind eat what the tables still have to themselves.
  const eat = () =>
    database
      .query(
        `INSERT INTO audit_logs (actor_type, action, resource, metadata) SELECT 'system', 'audit.export', 'audit', jsonb_build_object('x', repeat(md5(n::text), 40)) FROM generate_series(1, 200) n`,
      )
      .then(() => 'room')
      .catch((error: { code?: string }) => error.code ?? 'gone');
  const refusal = await until('the disk is full', eat, (answer) => answer !== 'room', 60_000);
  process.stdout.write(`the database says ${refusal}\n`);
  const refused: ActionAnswer[] = [];
  for (let turn = 0; turn < 400 && refused.length < 3; turn += 1) {
    const answer = await write();
    if (!answer.ok) refused.push(answer);
  }
  expect(refused).toHaveLength(3);
  for (const answer of refused) expect(answer.code).toMatch(/^(service\.unavailable|no answer)$/);
  const isAlive = await database.query('SELECT 1').then(
    () => true,
    () => false,
  );
  if (isAlive) expect((await vendor.get('/vendor/albums')).status).toBe(200);
  small.clear();
  const freedAt = Date.now();
  // The supervisor of a server starts it again when it gave up; ours does in `npm run up`.
  if (!(await database.query('SELECT 1').catch(() => null))) {
    await cluster.kill().catch(() => undefined);
    await cluster.start();
  }
  await untilReady(web.url);
  await until('writing again', write, ({ ok }) => ok, 20_000);
  noteRecovery(context.task, freedAt);
  const [row] = await database.query<{ albums: string[]; events: number }>(
    `SELECT (SELECT array_agg(name ORDER BY created_at) FROM albums) AS albums,
       (SELECT count(*)::int FROM audit_logs WHERE action = 'album.create') AS events`,
  );
  expect(row?.albums).toEqual(made);
  expect(row?.events).toBe(made.length);
  await expectWhole(database);
}, 240_000);
