import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { invariants } from '#lib/db/invariants.ts';
import { serverAccount } from '#scripts/database/account.ts';
import { copyBase } from '#scripts/database/base-copy.ts';
import { type Cluster, startCluster } from '#scripts/database/cluster.ts';
import { createOwnCluster, type OwnCluster } from '#tests/faults/support/own-cluster.ts';

/**
 * A base backup and an archive of the log, by the server's own tools: back to a moment before a mistake, and back after the
 * loss of the whole machine. What is measured is printed, and stands in docs/operations.md.
 */
describe.runIf(process.env.TEST_FULL)('a point in time', () => {
  const place = mkdtempSync(join(tmpdir(), 'stayler-pitr-'));
  const archive = join(place, 'archive');
  const base = join(place, 'base');
  /** How long a piece of the log may stay with the machine before it is archived though it is not full. */
  const archiveSeconds = 5;
  const restored: Cluster[] = [];
  let primary: OwnCluster;
  let isWriting = true;
  const written: { n: number; at: number }[] = [];
  let writer: Promise<void>;

  beforeAll(async () => {
    chmodSync(place, 0o755);
    mkdirSync(archive);
    const account = serverAccount();
    if (account) chownSync(archive, account.uid, account.gid);
    primary = await createOwnCluster({
      settings: [
        'archive_mode=on',
        // Under another name until it is whole, and never over one that is there.
        `archive_command=test ! -f ${archive}/%f && cp %p ${archive}/%f.part && mv ${archive}/%f.part ${archive}/%f`,
        `archive_timeout=${archiveSeconds}`,
      ],
    });
    await primary.database.query(
      "INSERT INTO users (phone, password_hash, is_phone_verified, free_quota_remaining) VALUES ('+989120000001', 'none', true, 2)",
    );
    writer = write();
    await sleep(300);
    await copyBase(primary.url, primary.folder, base, 'recovery');
  }, 120_000);
  afterAll(async () => {
    isWriting = false;
    await writer?.catch(() => undefined);
    for (const cluster of restored) await cluster.stop();
    await primary?.close();
    rmSync(place, { recursive: true, force: true });
  });

  /** Accounts that sign up one after the other, with what the program writes beside: each acknowledged one is noted. */
  async function write(): Promise<void> {
    const client = new pg.Client({ connectionString: primary.url });
    client.on('error', () => undefined);
    await client.connect();
    for (let n = 1; isWriting; n += 1) {
      try {
        await client.query(
          `WITH made AS (INSERT INTO users (phone, password_hash, is_phone_verified) VALUES ($1, 'none', true) RETURNING id)
           SELECT record_conversion(id, 'free', '/photo', 'oil') FROM (SELECT id FROM users WHERE phone = '+989120000001') u
            WHERE $2 = 1 UNION ALL SELECT id FROM made`,
          [`+98935${String(n).padStart(7, '0')}`, n],
        );
      } catch {
        break;
      }
      written.push({ n, at: Date.now() });
      await sleep(15);
    }
    await client.end().catch(() => undefined);
  }

  /** A server on a copy of the base backup, which replays the archive. Answers it and how long it took to take writes. */
  async function restore(name: string, settings: string[]): Promise<{ database: pg.Client; tookMs: number }> {
    const began = performance.now();
    const folder = join(place, name);
    const { execFileSync } = await import('node:child_process');
    execFileSync('cp', ['-a', base, folder]);
    const cluster = await startCluster({
      dataDir: folder,
      settings: [`restore_command=cp ${archive}/%f %p`, ...settings],
    });
    restored.push(cluster);
    const database = new pg.Client({ connectionString: cluster.url });
    database.on('error', () => undefined);
    await database.connect();
    await expect
      .poll(async () => (await database.query('SELECT pg_is_in_recovery() AS is')).rows[0]?.is, {
        timeout: 60_000,
      })
      .toBe(false);
    await database.query("UPDATE users SET name = 'back' WHERE phone = '+989120000001'");
    return { database, tookMs: performance.now() - began };
  }

  const numbersIn = async (database: pg.Client) =>
    (
      await database.query<{ n: number }>(
        "SELECT substr(phone, 7)::int AS n FROM users WHERE phone LIKE '+98935%' ORDER BY 1",
      )
    ).rows.map(({ n }) => n);

  test('before a mistake is had again to the last acknowledged row, and nothing after it', async () => {
    await sleep(1500);
    const client = await primary.database.connect();
    // The clock of the server, between two rows.
    const [{ rows }, noted] = [
      await client.query<{ moment: string }>('SELECT clock_timestamp()::text AS moment'),
      written.length,
    ];
    const moment = rows[0]?.moment ?? '';
    const last = written[noted - 1]?.n ?? 0;
    await sleep(500);
    await client.query("DELETE FROM sessions; UPDATE users SET name = 'a mistake'");
    await client.query('SELECT pg_switch_wal()');
    await expect
      .poll(
        async () => {
          const { rows: found } = await client.query<{ done: boolean }>(
            'SELECT last_archived_time > $1 AS done FROM pg_stat_archiver',
            [new Date(Date.now() - 1000)],
          );
          return found[0]?.done;
        },
        { timeout: 30_000 },
      )
      .toBe(true);
    const { database, tookMs } = await restore('before', [
      `recovery_target_time=${moment}`,
      'recovery_target_action=promote',
    ]);
    const numbers = await numbersIn(database);
    // One row may have been under way at that moment.
    expect(numbers.length - last).toBeGreaterThanOrEqual(0);
    expect(numbers.length - last).toBeLessThanOrEqual(1);
    expect(numbers).toEqual(numbers.map((_, place) => place + 1));
    expect((await database.query("SELECT 1 FROM users WHERE name = 'a mistake'")).rowCount).toBe(0);
    for (const { name, violations } of invariants)
      expect([name, (await database.query(violations)).rows]).toEqual([name, []]);
    process.stdout.write(`back to a moment: writes again after ${(tookMs / 1000).toFixed(1)} s\n`);
    await database.end();
  }, 120_000);

  test('after the loss of the machine is at most what was not archived yet', async () => {
    // Long enough that the end of the log was archived by the clock at least once.
    await sleep((archiveSeconds + 2) * 1000);
    const lostAt = Date.now();
    await primary.kill();
    await writer;
    rmSync(join(primary.folder, 'postgres', 'data'), { recursive: true, force: true });
    expect(readdirSync(archive).length).toBeGreaterThan(1);
    const { database, tookMs } = await restore('after', ['recovery_target_timeline=latest']);
    const numbers = await numbersIn(database);
    const kept = written.find(({ n }) => n === numbers.at(-1));
    const lostSeconds = (lostAt - (kept?.at ?? 0)) / 1000;
    expect(numbers).toEqual(numbers.map((_, place) => place + 1));
    // Archiving takes its moment too.
    expect(lostSeconds).toBeLessThan(archiveSeconds + 4);
    for (const { name, violations } of invariants)
      expect([name, (await database.query(violations)).rows]).toEqual([name, []]);
    process.stdout.write(
      `after a loss: ${lostSeconds.toFixed(1)} s of writes gone (archive_timeout ${archiveSeconds} s), writes again after ${(tookMs / 1000).toFixed(1)} s\n`,
    );
    await database.end();
  }, 120_000);
});
