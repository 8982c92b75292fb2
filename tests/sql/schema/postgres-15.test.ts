import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { invariants } from '#lib/db/invariants.ts';
import { migrate } from '#lib/db/migrate.ts';
import { describeStructure } from '#lib/db/structure.ts';
import { settleRights } from '#lib/db/walls/settle-rights.ts';
import { type Cluster, startCluster } from '#scripts/database/cluster.ts';
import type { TestDatabase } from '#scripts/rig/database.ts';
import { createTestDatabase, testDatabaseAt } from '#tests/support/database/test-database.ts';
import { buy, convert, newAlbum, newUser, newVendor, outcome, upload, userQuota } from '../rows.ts';

/** The oldest server we say we run on. The other tests run on the newest; what could differ is seen here. */
const folder = mkdtempSync(join(tmpdir(), 'stayler-15-'));
let cluster: Cluster;
let database: TestDatabase;

beforeAll(async () => {
  // The server's own account must reach it.
  chmodSync(folder, 0o755);
  cluster = await startCluster({
    dataDir: folder,
    version: 15,
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'],
  });
  await migrate({ databaseUrl: cluster.url });
  await settleRights({ ownerUrl: cluster.url, withEmulator: true });
  database = testDatabaseAt(cluster.url);
}, 120_000);

afterAll(async () => {
  await database?.drop();
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('on PostgreSQL 15', () => {
  test('this is a server of version 15', async () => {
    const rows = await database.query<{ version: string }>(
      `SELECT current_setting('server_version_num') AS version`,
    );
    expect(rows[0]?.version).toMatch(/^15/);
  });

  test('the migrations make the same structure as on the newest server', async () => {
    const newest = await createTestDatabase();
    try {
      expect(await describeStructure(cluster.url)).toBe(await describeStructure(newest.url));
    } finally {
      await newest.drop();
    }
  });

  test('the functions charge, refuse, return and activate', async () => {
    const user = await newUser(database);
    const id = await convert(database, user);
    await database.query(`UPDATE user_conversions SET status = 'failed', error_message = 'x' WHERE id = $1`, [
      id,
    ]);
    await convert(database, user);
    await convert(database, user);
    expect(await outcome(convert(database, user))).toBe('ST001');
    await upload(database, { user_id: user });
    await buy(database, { user_id: user }, 'basic');
    await buy(database, { user_id: user }, 'basic', { kind: 'renewal' });
    await buy(database, { user_id: user }, 'advanced', { kind: 'upgrade', credit: 9_000 });
    await convert(database, user);
    expect(await userQuota(database, user)).toMatchObject({
      plan_name: 'advanced',
      paid_used: 1,
      free_remaining: 0,
    });
    const vendor = await newVendor(database);
    const picture = await upload(database, { vendor_id: vendor });
    const album = await newAlbum(database, vendor);
    await database.query('INSERT INTO album_images (album_id, vendor_id, image_id) VALUES ($1, $2, $3)', [
      album,
      vendor,
      picture,
    ]);
    await database.query('DELETE FROM images WHERE id = $1', [picture]);
    expect(await outcome(database.query('TRUNCATE audit_logs CASCADE'))).toBe('ST004');
    await database.query('SELECT * FROM get_system_stats()');
    for (const { name, violations } of invariants) expect(await database.query(violations), name).toEqual([]);
  });

  test('32 calls at once on two free conversions make exactly two', async () => {
    const user = await newUser(database);
    const clients = await Promise.all(Array.from({ length: 32 }, () => database.connect()));
    const said = await Promise.all(
      clients.map((client: pg.Client) =>
        outcome(client.query(`SELECT record_conversion($1, NULL, '/a', 'oil')`, [user])),
      ),
    );
    expect(said.filter((answer) => answer === 'ok')).toHaveLength(2);
    expect(new Set(said)).toEqual(new Set(['ok', 'ST001']));
  });

  test('Persian text is found by trigrams', async () => {
    await newVendor(database, { business_name: 'آتلیه عکاسی نگار' });
    const rows = await database.query(`SELECT 1 FROM vendors WHERE business_name ILIKE '%عکاسی%'`);
    expect(rows).toHaveLength(1);
  });
});
