import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestConversion } from '#lib/conversions/request-conversions.ts';
import { env } from '#lib/core/env/env.ts';
import { invariants } from '#lib/db/invariants.ts';
import { migrate } from '#lib/db/migrate.ts';
import { readMigrations } from '#lib/db/migration-files.ts';
import { describeStructure } from '#lib/db/structure.ts';
import { settleRights } from '#lib/db/walls/settle-rights.ts';
import { isEmptyDatabase, listSequences, setSequences } from '#scripts/backup/catalogue.ts';
import { type Manifest, manifestSchema } from '#scripts/backup/manifest.ts';
import { pictureDisk } from '#scripts/backup/picture-folder.ts';
import { checkArchive } from '#scripts/backup/read-archive.ts';
import { restoreBackup } from '#scripts/backup/restore-backup.ts';
import { writeBackup } from '#scripts/backup/write-backup.ts';
import { must, newPhoto } from '#tests/support/conversions.ts';
import { withEmptyDatabase } from '#tests/support/database/empty-database.ts';
import { filesUnder, newVendor } from '#tests/support/files.ts';
import { begin, buyPlan, newBuyer, useShop } from '#tests/support/payments.ts';

const shop = useShop();
const folder = mkdtempSync(join(tmpdir(), 'stayler-backup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const target = join(folder, 'first');
const secret = 'a secret of these tests, long enough to be one';
let manifest: Manifest;

const backUp = (to: string) =>
  writeBackup({
    databaseUrl: shop().database.ownerUrl,
    pictures: pictureDisk(join(env().dataDir, 'files')),
    secret,
    target: to,
  });

/** How many rows every table has, and a checksum over all of them, whatever their order. */
async function contents(url: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND relname <> '_prisma_migrations'`,
    );
    const found: Record<string, string> = {};
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ sum: string }>(
        `SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS sum FROM "${name}" t`,
      );
      found[name] = rows[0]?.sum ?? '';
    }
    return found;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  const buyer = await newBuyer('user');
  await buyPlan(shop(), buyer, 'basic');
  await begin(shop(), buyer, 'advanced');
  await newVendor();
  const { actor, imageId } = await newPhoto();
  must(await requestConversion(actor, { imageId, style: 'ink' }));
  manifest = await backUp(target);
});

describe('a backup', () => {
  test('is a snapshot: what is written while it is made is not in it, and nobody waits for it', async () => {
    const before = await shop().database.query('SELECT count(*)::int AS n FROM vendors');
    const writing = backUp(join(folder, 'busy'));
    let isWriting = true;
    const written = writing.finally(() => {
      isWriting = false;
    });
    // Each vendor comes with a handle, and handles are copied first: without a snapshot there would be fewer.
    for (let made = 0; isWriting && made < 200; made += 1) await newVendor();
    const { tables } = await written;
    const rows = (name: string) => tables.find((table) => table.name === name)?.rows;
    expect(rows('vendors')).toBe(rows('vendor_handles'));
    const after = await shop().database.query('SELECT count(*)::int AS n FROM vendors');
    expect(after[0]?.n).toBeGreaterThan(before[0]?.n);
    expect((await checkArchive(join(folder, 'busy'))).tables).toEqual(tables);
    await shop().database.query('DELETE FROM vendors WHERE created_at > $1', [manifest.takenAt]);
  });

  test('holds every picture that a row names, and closes what it holds to everybody else', async () => {
    const kept = await filesUnder(join(target, 'files'));
    expect(kept.sort()).toEqual((await filesUnder(join(env().dataDir, 'files'))).sort());
    expect(manifest.files).toMatchObject({ kind: 'local', count: kept.length, missingCount: 0 });
    expect((await stat(target)).mode & 0o077).toBe(0);
    expect((await stat(join(target, 'manifest.json'))).mode & 0o077).toBe(0);
    const text = await readFile(join(target, 'manifest.json'), 'utf8');
    expect(text).not.toContain(secret);
  });

  test('says which rows name a picture that is gone', async () => {
    const filesFolder = mkdtempSync(join(folder, 'empty-files-'));
    const { files } = await writeBackup({
      databaseUrl: shop().database.ownerUrl,
      pictures: pictureDisk(filesFolder),
      secret,
      target: join(folder, 'without'),
    });
    expect(files).toMatchObject({ count: 0, missingCount: 1 });
    expect(files.missing).toHaveLength(1);
  });

  test('leaves nothing that looks like one when it cannot be finished', async () => {
    await expect(
      writeBackup({
        databaseUrl: 'postgres://127.0.0.1:1/x',
        pictures: null,
        secret,
        target: join(folder, 'no'),
      }),
    ).rejects.toThrow();
    expect(await stat(join(folder, 'no')).catch(() => null)).toBeNull();
    expect(await stat(join(folder, 'no.partial')).catch(() => null)).toBeNull();
  });
});

describe('a restore', () => {
  test('brings back every row and picture, and a database that keeps its rules', async () => {
    const filesFolder = join(folder, 'restored-files');
    await withEmptyDatabase(async (client, url) => {
      await restoreBackup({ databaseUrl: url, pictures: pictureDisk(filesFolder), source: target });
      await settleRights({ ownerUrl: url });
      expect(await contents(url)).toEqual(await contents(shop().database.ownerUrl));
      expect(await describeStructure(url)).toBe(await describeStructure(shop().database.ownerUrl));
      expect((await filesUnder(filesFolder)).sort()).toEqual(
        (await filesUnder(join(target, 'files'))).sort(),
      );
      for (const { name, violations } of invariants) {
        expect((await client.query(violations)).rows, name).toEqual([]);
      }
      const disabled = await client.query("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'O'");
      expect(disabled.rows).toEqual([]);
      await expect(client.query("UPDATE user_conversions SET status = 'completed'")).rejects.toThrow(
        'is not a step',
      );
      await expect(client.query('DELETE FROM audit_logs')).rejects.toThrow();
      const { rows } = await client.query<{ free: number }>(
        `SELECT (record_conversion(id, NULL, 'x', 'ink') IS NOT NULL)::int AS free FROM users
          WHERE free_quota_remaining = 1`,
      );
      expect(rows).toEqual([{ free: 1 }]);
    });
  });

  test.runIf(process.env.TEST_FULL)('brings a backup of an older release on to this one', async () => {
    const names = (await readMigrations()).map(({ name }) => name);
    const older = names.slice(0, -1);
    await withEmptyDatabase(async (_old, oldUrl) => {
      await migrate({ databaseUrl: oldUrl, migrations: await readMigrations(older) });
      const source = join(folder, 'older');
      await writeBackup({ databaseUrl: oldUrl, pictures: null, secret, target: source });
      await withEmptyDatabase(async (client, url) => {
        await restoreBackup({ databaseUrl: url, pictures: null, source });
        const { rows } = await client.query(
          'SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1',
        );
        expect(rows.map(({ name }) => name)).toEqual(names);
        await settleRights({ ownerUrl: url });
        expect(await describeStructure(url)).toBe(await describeStructure(shop().database.ownerUrl));
      });
    });
  });

  test('refuses a database that holds anything, and leaves it as it is', async () => {
    await withEmptyDatabase(async (client, url) => {
      await client.query('CREATE TABLE mine (id int)');
      await expect(restoreBackup({ databaseUrl: url, pictures: null, source: target })).rejects.toThrow();
      await expect(
        restoreBackup({ databaseUrl: url, pictures: pictureDisk(join(folder, 'unused')), source: target }),
      ).rejects.toThrow('not empty');
      const { rows } = await client.query("SELECT count(*)::int AS n FROM pg_class WHERE relname = 'users'");
      expect(rows).toEqual([{ n: 0 }]);
      expect(await stat(join(folder, 'unused')).catch(() => null)).toBeNull();
    });
  });

  const damages: readonly (readonly [string, RegExp, (copy: string) => Promise<void>])[] = [
    ['a byte of a table', /damaged/, (copy) => flip(join(copy, 'tables', 'users.copy.gz'))],
    ['a byte of a picture', /damaged/, async (copy) => flip(join(copy, 'files', await somePicture(copy)))],
    ['a missing picture', /missing/, async (copy) => rm(join(copy, 'files', await somePicture(copy)))],
    ['a missing manifest', /no backup/, (copy) => rm(join(copy, 'manifest.json'))],
    [
      'a migration of a newer release',
      /newer one/,
      (copy) => edit(copy, ([last]) => ({ ...last, name: '29990101_x' })),
    ],
    [
      'a migration that was edited',
      /is not the one/,
      (copy) => edit(copy, ([first]) => ({ ...first, checksum: '0'.repeat(64) })),
    ],
  ];

  test('refuses what is not whole or not ours, each before it touches anything', async () => {
    await withEmptyDatabase(async (client, url) => {
      for (const [what, sentence, damage] of damages) {
        const copy = join(folder, randomUUID());
        await cp(target, copy, { recursive: true });
        await damage(copy);
        const restoring = restoreBackup({
          databaseUrl: url,
          pictures: pictureDisk(join(copy, 'pictures')),
          source: copy,
        });
        await expect(restoring, what).rejects.toThrow(sentence);
        expect(await isEmptyDatabase(client), what).toBe(true);
        await rm(copy, { recursive: true });
      }
    });
  });

  test('never replaces a picture that is another one', async () => {
    const filesFolder = join(folder, 'taken');
    await cp(join(target, 'files'), filesFolder, { recursive: true });
    const [one = ''] = await filesUnder(filesFolder);
    await writeFile(join(filesFolder, one), 'somebody else’s');
    await withEmptyDatabase(async (_client, url) => {
      await expect(
        restoreBackup({ databaseUrl: url, pictures: pictureDisk(filesFolder), source: target }),
      ).rejects.toThrow('another file');
    });
    expect(await readFile(join(filesFolder, one), 'utf8')).toBe('somebody else’s');
  });

  test('sets sequences where they stood, used or not', async () => {
    await withEmptyDatabase(async (client) => {
      await client.query(
        'CREATE TABLE numbered (id int GENERATED BY DEFAULT AS IDENTITY); CREATE SEQUENCE fresh START 7',
      );
      await client.query('INSERT INTO numbered DEFAULT VALUES');
      const stood = await listSequences(client);
      await client.query('ALTER SEQUENCE numbered_id_seq RESTART; ALTER SEQUENCE fresh RESTART WITH 1');
      await setSequences(client, stood);
      const { rows } = await client.query(
        "SELECT nextval('fresh')::int AS fresh, nextval('numbered_id_seq')::int AS id",
      );
      expect(rows).toEqual([{ fresh: 7, id: 2 }]);
    });
  });
});

async function somePicture(copy: string): Promise<string> {
  return (await filesUnder(join(copy, 'files')))[0] ?? '';
}

async function flip(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

async function edit(
  copy: string,
  change: (list: Manifest['migrations']) => Manifest['migrations'][number] | object,
): Promise<void> {
  const path = join(copy, 'manifest.json');
  const read = manifestSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  const [, ...rest] = read.migrations;
  await writeFile(path, JSON.stringify({ ...read, migrations: [change(read.migrations), ...rest] }));
}
