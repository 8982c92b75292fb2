import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { newVendor } from '../rows.ts';

const database = useTestDatabase();
let vendorId: string;

beforeAll(async () => {
  vendorId = await newVendor(database());
});

const keep = async (days: number) =>
  one(
    await database().query<{ done: number }>(
      'SELECT keep_gallery_partitions(visit_day() + $1::int) AS done',
      [days],
    ),
  ).done;
const partitions = async (of: string) =>
  (
    await database().query<{ name: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = $1::regclass ORDER BY 1`,
      [of],
    )
  ).map(({ name }) => name);
const count = async (table: string) =>
  one(await database().query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)).n;
const noteDay = (ago: number) =>
  database().query(
    `INSERT INTO gallery_days (vendor_id, subject, day, subject_id, views) VALUES ($1, 'vendor', visit_day() - $2::int, $1, 3)`,
    [vendorId, ago],
  );
const noteSeen = (ago: number) =>
  database().query(
    `INSERT INTO gallery_seen (day, kind, subject_id, visitor) VALUES (visit_day() - $2::int, 'vendor', $1, '\\x00')`,
    [vendorId, ago],
  );

test('room is made for the days and months to come, once, and what nobody made room for moves into it', async () => {
  await noteDay(-100);
  await noteSeen(-100);
  expect([await count('gallery_days_rest'), await count('gallery_seen_rest')]).toEqual([1, 1]);
  // A day that the first partition holds needs none; the two after it do.
  expect(await keep(0)).toBeGreaterThan(0);
  expect(await keep(0)).toBe(0);
  expect(await keep(100)).toBeGreaterThan(0);
  expect([await count('gallery_days_rest'), await count('gallery_seen_rest')]).toEqual([0, 0]);
  expect([await count('gallery_days'), await count('gallery_seen')]).toEqual([1, 1]);
  expect(await keep(100)).toBe(0);
  const [key] = await database().query<{ where: string }>(
    `SELECT tableoid::regclass::text AS where FROM gallery_days WHERE vendor_id = $1`,
    [vendorId],
  );
  expect(key?.where).toMatch(/^gallery_days_\d{6}$/);
});

test('days go after two, months after four hundred days, as a whole', async () => {
  await noteDay(1);
  await noteSeen(1);
  expect(await partitions('gallery_seen')).not.toContain('gallery_seen_before');
  expect(await partitions('gallery_days')).toContain('gallery_days_before');
  await keep(600);
  const [days, seen] = [await partitions('gallery_days'), await partitions('gallery_seen')];
  expect(days).not.toContain('gallery_days_before');
  // Two months, and the rest; three days, and the rest.
  expect(days.length).toBeLessThanOrEqual(4);
  expect(seen).toHaveLength(4);
  expect(seen.at(-1)).toBe('gallery_seen_rest');
  // What was seen yesterday found no partition and waits for the sweep.
  expect([await count('gallery_days'), await count('gallery_seen')]).toEqual([0, 1]);
});

test('what stands outside the partitions goes by so many rows', async () => {
  for (const ago of [401, 402, 403]) await noteDay(ago);
  const forget = async (limit: number) =>
    one(await database().query<{ gone: number }>('SELECT forget_gallery_visitors($1) AS gone', [limit])).gone;
  expect(await forget(2)).toBe(2);
  expect(await forget(2)).toBe(1);
  expect(await forget(2)).toBe(0);
  await noteDay(400);
  expect(await forget(2)).toBe(0);
  expect(await count('gallery_days')).toBe(1);
});

test('while somebody reads, it does not wait: nobody behind it does either', async () => {
  const reader = await database().connect();
  await reader.query('BEGIN; SELECT 1 FROM gallery_days');
  const before = await partitions('gallery_days');
  expect(await keep(1200)).toBe(0);
  expect(await partitions('gallery_days')).toEqual(before);
  await reader.query('COMMIT');
  expect(await keep(1200)).toBeGreaterThan(0);
});

test('the program may let it be kept, and not say which day it is', async () => {
  const app = new pg.Client({ connectionString: database().url });
  await app.connect();
  try {
    await app.query('SELECT forget_gallery_visitors()');
    const denied = { code: '42501' };
    await expect(app.query("SELECT keep_gallery_partitions('2100-01-01')")).rejects.toMatchObject(denied);
    await expect(app.query('DROP TABLE gallery_days_rest')).rejects.toMatchObject(denied);
  } finally {
    await app.end();
  }
});
