import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stopListening } from '#lib/db/changes/listen.ts';
import { db, disconnectDb } from '#lib/db/client.ts';
import { askPublic } from '#lib/db/replica.ts';
import { actOutside } from '#lib/db/walls/acting.ts';
import { listNewestAlbums, searchVendors } from '#lib/gallery/explore/store.ts';
import { listVendorEntries } from '#lib/gallery/sitemap/store.ts';
import { copyBase } from '#scripts/database/base-copy.ts';
import { type Cluster, startCluster } from '#scripts/database/cluster.ts';
import { checkReplica } from '#scripts/doctor/check-ways.ts';
import { createOwnCluster, type OwnCluster } from '#tests/faults/support/own-cluster.ts';

/** The program beside a real streaming replica: a copy of the working primary that follows it. */
describe.runIf(process.env.TEST_FULL)('explore, search and the map of the site at a replica', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stayler-replica-'));
  let primary: OwnCluster;
  let replica: Cluster;
  let direct: pg.Client;
  const follow = () => {
    const { port, password } = new URL(primary.url);
    const settings = [`primary_conninfo=host=127.0.0.1 port=${port} user=postgres password=${password}`];
    return startCluster({ dataDir: folder, settings });
  };
  const connectReplica = async () => {
    direct = new pg.Client({ connectionString: replica.url });
    direct.on('error', () => undefined);
    await direct.connect();
  };

  beforeAll(async () => {
    actOutside('system');
    primary = await createOwnCluster({ settings: ['wal_keep_size=256MB'] });
    await copyBase(primary.url, primary.folder, folder, 'standby');
    replica = await follow();
    await connectReplica();
    process.env.DATABASE_READ_URL = replica.url;
  }, 120_000);
  afterAll(async () => {
    stopListening();
    await disconnectDb();
    await direct?.end().catch(() => undefined);
    await replica?.stop();
    await primary?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const isAtReplica = async () =>
    (await askPublic<{ standby: boolean }>`SELECT pg_is_in_recovery() AS standby`)[0]?.standby;
  let made = 0;
  const newShop = async () => {
    made += 1;
    const name = `Shop number ${made}`;
    await db().$executeRaw`
      INSERT INTO vendors (phone, password_hash, business_name, is_phone_verified)
      VALUES (${`+9891200000${String(made).padStart(2, '0')}`}, 'none', ${name}, true)`;
    // Of a shop's first row nobody is told, as it shows nothing yet; of what is changed of it everybody is.
    await db().$executeRaw`UPDATE vendors SET bio = 'here' WHERE business_name = ${name}`;
    return name.toLowerCase();
  };
  const find = (name: string) =>
    searchVendors({ spellings: [name], words: name.split(' '), patterns: [[`%${name}%`]] }, null, 5);

  test('are read there, and what was just written is found', async () => {
    await expect.poll(isAtReplica, { timeout: 15_000 }).toBe(true);
    for (let turn = 0; turn < 10; turn += 1) expect(await find(await newShop())).toHaveLength(1);
    await expect.poll(isAtReplica, { timeout: 5000 }).toBe(true);
    expect(await listNewestAlbums(null, 5)).toEqual([]);
    expect(await listVendorEntries('00000000-0000-0000-0000-000000000000', null, 5)).toEqual([]);
  });

  test('are read at the primary as long as the replica is behind', async () => {
    expect(await checkReplica({ readUrl: replica.url })).toMatchObject([{ state: 'green' }]);
    expect(await checkReplica({ readUrl: primary.url })).toMatchObject([{ state: 'amber' }]);
    await direct.query('SELECT pg_wal_replay_pause()');
    const name = await newShop();
    await expect.poll(isAtReplica, { timeout: 5000 }).toBe(false);
    expect(await find(name)).toHaveLength(1);
    await direct.query('SELECT pg_wal_replay_resume()');
    await expect.poll(isAtReplica, { timeout: 10_000 }).toBe(true);
    expect(await find(name)).toHaveLength(1);
  });

  test('are read at the primary while the replica is away, and there again when it is back', async () => {
    await direct.end();
    await replica.stop();
    const name = await newShop();
    expect(await find(name)).toHaveLength(1);
    expect(await isAtReplica()).toBe(false);
    expect(await checkReplica({ readUrl: replica.url })).toMatchObject([{ state: 'amber' }]);
    replica = await follow();
    await connectReplica();
    await expect.poll(isAtReplica, { timeout: 20_000 }).toBe(true);
    expect(await find(name)).toHaveLength(1);
  }, 60_000);

  test('go on at the replica while the primary is away', async () => {
    const name = await newShop();
    await expect.poll(isAtReplica, { timeout: 5000 }).toBe(true);
    await primary.stop();
    await expect
      .poll(
        () =>
          find(name).then(
            (found) => found.length,
            () => -1,
          ),
        { timeout: 20_000 },
      )
      .toBe(1);
    expect(await isAtReplica()).toBe(true);
    await primary.start();
  }, 60_000);
});
