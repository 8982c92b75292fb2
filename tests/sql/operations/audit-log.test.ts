import pg from 'pg';
import { expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';

const database = useTestDatabase();

const write = (ago: number) =>
  database().query(
    `INSERT INTO audit_logs (actor_type, action, metadata, created_at)
     VALUES ('system', $2, '{}', now() - make_interval(days => $1))`,
    [ago, `thing.${ago}`],
  );
const forget = async (days: number | null, limit: number) =>
  one(
    await database().query<{ gone: number }>('SELECT forget_audit_logs($1::int, $2::int) AS gone', [
      days,
      limit,
    ]),
  ).gone;
const left = async () =>
  (
    await database().query<{ action: string }>(
      "SELECT action FROM audit_logs WHERE action LIKE 'thing.%' ORDER BY created_at",
    )
  ).map(({ action }) => action);

test('events are forgotten after their years, oldest first and so many at a time', async () => {
  for (const ago of [0, 364, 366, 800, 801, 802]) await write(ago);
  expect(await forget(730, 2)).toBe(2);
  expect(await left()).toEqual(['thing.800', 'thing.366', 'thing.364', 'thing.0']);
  expect(await forget(730, 2)).toBe(1);
  expect(await forget(730, 2)).toBe(0);
  expect(await forget(365, 9)).toBe(1);
  expect(await left()).toEqual(['thing.364', 'thing.0']);
});

test('a year is kept, whoever asks and however', async () => {
  for (const days of [364, 0, -1, null]) {
    await expect(forget(days, 9)).rejects.toMatchObject({ code: 'ST004' });
  }
  await expect(database().query("DELETE FROM audit_logs WHERE action = 'thing.364'")).rejects.toMatchObject({
    code: 'ST004',
  });
  await write(800);
  const app = new pg.Client({ connectionString: database().url });
  await app.connect();
  await expect(app.query('DELETE FROM audit_logs')).rejects.toMatchObject({ code: '42501' });
  expect((await app.query('SELECT forget_audit_logs(365, 10) AS gone')).rows).toEqual([{ gone: 1 }]);
  await app.end();
});
