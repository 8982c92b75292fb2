import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { disconnectDb } from '#lib/db/client.ts';
import { migrate } from '#lib/db/migrate.ts';
import { type Migration, readMigrations, toMigration } from '#lib/db/migration-files.ts';
import { closeSender } from '#lib/jobs/enqueue.ts';
import { browserAt, cookieOf } from '#scripts/rig/browser.ts';
import { endAll, startWeb } from '#scripts/rig/processes.ts';
import { faultsOf } from '#tests/architecture/migration-rules.ts';
import { newPhoto } from '#tests/support/conversions.ts';
import { newVendor, ownDataDir } from '#tests/support/files.ts';
import { noteRecovery } from '#tests/support/note-recovery.ts';
import { createOwnCluster, type OwnCluster } from './support/own-cluster.ts';

const data = ownDataDir();
const rows = 500_000;
let cluster: OwnCluster;

beforeAll(async () => {
  cluster = await createOwnCluster();
  const { vendorId } = await newVendor();
  await cluster.database.query(
    `INSERT INTO images (vendor_id, type, file_name, original_url, file_size, mime_type, title)
     SELECT $1, 'vendor', 'look.jpg', '/a', 1, 'image/jpeg', 'look ' || n FROM generate_series(1, $2::int) n`,
    [vendorId, rows],
  );
  await cluster.database.query('ANALYZE images');
}, 300_000);
afterEach(endAll);
afterAll(async () => {
  await closeSender();
  await disconnectDb();
  await cluster.close();
  await data.remove();
});

/** Expand, fill, contract, as docs/operations.md has it, on the table that everything asks. */
const steps: readonly Migration[] = [
  ['1_expand', "ALTER TABLE images ADD COLUMN place text, ADD COLUMN grade text NOT NULL DEFAULT 'none'"],
  ['2_rule', 'ALTER TABLE images ADD CONSTRAINT chk_rehearsal CHECK (char_length(place) < 80) NOT VALID'],
  ['3_rule_holds', 'ALTER TABLE images VALIDATE CONSTRAINT chk_rehearsal'],
  ['4_index', 'CREATE INDEX CONCURRENTLY idx_rehearsal ON images (vendor_id, place, created_at)'],
  ['5_owner', 'ALTER TABLE images ADD COLUMN helper uuid'],
  [
    '6_owner_rule',
    'ALTER TABLE images ADD CONSTRAINT fk_rehearsal FOREIGN KEY (helper) REFERENCES vendors (id) NOT VALID',
  ],
  ['7_owner_holds', 'ALTER TABLE images VALIDATE CONSTRAINT fk_rehearsal'],
  ['8_index_away', 'DROP INDEX CONCURRENTLY IF EXISTS idx_rehearsal'],
  [
    '9_contract',
    '-- contract: the rehearsal is over\nALTER TABLE images DROP COLUMN place, DROP COLUMN grade, DROP COLUMN helper',
  ],
].map(([name = '', sql = '']) => toMigration(name, sql));

/** How long each of a stream of requests took, in milliseconds; one that failed stands as text. */
function stream(ask: (turn: number) => Promise<unknown>, everyMs: number) {
  const took: number[] = [];
  const troubles: string[] = [];
  const open: Promise<void>[] = [];
  let isOver = false;
  const one = async (turn: number) => {
    const startedAt = performance.now();
    try {
      await ask(turn);
    } catch (error) {
      troubles.push(String(error));
    }
    took.push(performance.now() - startedAt);
  };
  const pacing = (async () => {
    for (let turn = 0; !isOver; turn += 1) {
      open.push(one(turn));
      await sleep(everyMs);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await pacing;
      await Promise.all(open);
      return { longestMs: Math.round(Math.max(...took)), count: took.length, troubles };
    },
  };
}

test('80 nine migrations on half a million rows, readers, writers and a long report at work: no request waits for a second', async ({
  task,
}) => {
  for (const { name, sql } of steps) expect([name, faultsOf(sql)]).toEqual([name, []]);
  const web = await startWeb({ DATABASE_URL: cluster.url, RATE_LIMIT_SCALE: '1000' });
  const { actor } = await newPhoto();
  const { vendorId } = await newVendor();
  const user = browserAt(web.url, await cookieOf('user', actor.userId));
  const vendor = browserAt(web.url, await cookieOf('vendor', vendorId));
  const pool = new pg.Pool({ connectionString: cluster.url, max: 4 });
  // What is compiled and cached at the first request is not what is measured.
  await vendor.act('createAlbum', '/vendor/albums', { title: 'first' });

  const read = async (path: string) => {
    const answer = await user.get(path);
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  };
  await read('/api/conversions');
  await read('/api/explore');
  const streams = {
    reading: stream((turn) => read(turn % 2 ? '/api/conversions' : `/api/explore?q=look+${turn}`), 50),
    writing: stream(async (turn) => {
      const answer = await vendor.act('createAlbum', '/vendor/albums', { title: `album ${turn}` });
      // An account may have so many albums; that it was told so is an answer too.
      if (!answer.ok && answer.code !== 'album.tooMany') throw new Error(answer.code);
    }, 150),
    adding: stream(async (turn) => {
      const made = await pool.query<{ id: string }>(
        `INSERT INTO images (vendor_id, type, file_name, original_url, file_size, mime_type)
         VALUES ($1, 'vendor', 'new.jpg', '/n', 1, 'image/jpeg') RETURNING id`,
        [vendorId],
      );
      await pool.query('UPDATE images SET title = $2 WHERE id = $1', [made.rows[0]?.id, `new ${turn}`]);
    }, 40),
  };
  // A report, or a dump, that looks at the table for seconds.
  let isOver = false;
  const reporting = (async () => {
    const report = new pg.Client({ connectionString: cluster.url });
    await report.connect();
    while (!isOver) {
      await report.query('BEGIN; SELECT count(*) FROM images');
      await sleep(1200);
      await report.query('COMMIT');
      await sleep(600);
    }
    await report.end();
  })();
  await sleep(1000);
  const startedAt = Date.now();
  const known = await readMigrations();
  expect(await migrate({ databaseUrl: cluster.url, migrations: [...known, ...steps] })).toEqual(
    steps.map(({ name }) => name),
  );
  noteRecovery(task, startedAt);
  isOver = true;
  await reporting;
  const seen = Object.fromEntries(
    await Promise.all(Object.entries(streams).map(async ([name, one]) => [name, await one.stop()] as const)),
  );
  await pool.end();
  for (const [name, { longestMs, count, troubles }] of Object.entries(seen)) {
    expect([name, troubles]).toEqual([name, []]);
    expect(count, name).toBeGreaterThan(20);
    expect(longestMs, `${name}: ${JSON.stringify(seen)}`).toBeLessThan(1000);
  }
  // The release that was there all the time never stopped being ready.
  expect((await fetch(`${web.url}/api/health/ready`)).status).toBe(200);
}, 300_000);
