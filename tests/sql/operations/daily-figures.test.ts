import { expect, test } from 'vitest';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { activate, newPayment, newUser, newVendor } from '../rows.ts';

const database = useTestDatabase();
const rollUp = async () =>
  (await database().query<{ done: boolean }>("SELECT roll_up_figures('0 seconds') AS done"))[0]?.done;

type Day = { ago: number; users: number; vendors: number; asked: number; completed: number; failed: number };

const days = () =>
  database().query<Day>(
    `SELECT visit_day() - day AS ago, new_users AS users, new_vendors AS vendors, conversions AS asked, completed, failed
     FROM daily_figures WHERE conversions + new_users + new_vendors > 0 ORDER BY day DESC`,
  );

test('days are counted where they were, and today again when it has changed', async () => {
  const db = database();
  const user = await newUser(db);
  await newVendor(db);
  const ask = (ago: number, status: string, ms: number | null) =>
    db.query(
      `INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, status, created_at,
         processing_time_ms, output_file_url, completed_at, error_message, failure_code)
       SELECT $1, 'free', '/a', 'oil', $3, clock_timestamp() - make_interval(days => $2), $4,
         CASE WHEN $3 = 'completed' THEN '/b' END, CASE WHEN $3 = 'completed' THEN now() END,
         CASE WHEN $3 = 'failed' THEN 'x' END, CASE WHEN $3 = 'failed' THEN 'engine' END`,
      [user, ago, status, ms],
    );
  await ask(2, 'completed', 100);
  expect(await rollUp()).toBe(true);
  expect(await days()).toEqual([
    { ago: 0, users: 1, vendors: 1, asked: 0, completed: 0, failed: 0 },
    { ago: 2, users: 0, vendors: 0, asked: 1, completed: 1, failed: 0 },
  ]);
  await ask(0, 'completed', 300);
  await ask(0, 'pending', null);
  expect(await rollUp()).toBe(true);
  expect((await days())[0]).toEqual({ ago: 0, users: 1, vendors: 1, asked: 2, completed: 1, failed: 0 });
  expect(
    await db.query('SELECT days, total, completed, median_ms, p95_ms FROM style_figures ORDER BY days'),
  ).toEqual([
    { days: 1, total: 2, completed: 1, median_ms: 300, p95_ms: 300 },
    { days: 7, total: 3, completed: 2, median_ms: 200, p95_ms: 290 },
  ]);
});

test('engines are told apart, and failures that were not their own doing are not counted', async () => {
  const db = database();
  const user = await newUser(db);
  const made = (engine: string, ms: number) =>
    db.query(
      `INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, status, engine, processing_time_ms,
         output_file_url, completed_at)
       VALUES ($1, 'free', '/a', 'oil', 'completed', $2, $3, '/b', now())`,
      [user, engine, ms],
    );
  for (const ms of [100, 200, 900]) await made('local', ms);
  await made('gemini', 5000);
  for (const code of ['engine', 'input', 'cancelled']) {
    await db.query(
      `INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, status, engine, error_message, failure_code)
       VALUES ($1, 'free', '/a', 'oil', 'failed', 'gemini', 'x', $2)`,
      [user, code],
    );
  }
  await db.query('SELECT roll_up_engine_figures()');
  expect(
    await db.query(
      'SELECT engine, total, completed, failed, median_ms FROM engine_figures WHERE days = 1 ORDER BY 1',
    ),
  ).toEqual([
    { engine: 'gemini', total: 4, completed: 1, failed: 1, median_ms: 5000 },
    { engine: 'local', total: 3, completed: 3, failed: 0, median_ms: 200 },
  ]);
});

test('money that was given back is taken off the day it was given back on', async () => {
  const db = database();
  const user = await newUser(db);
  const payment = await newPayment(db, { user_id: user }, 'basic');
  await activate(db, payment);
  await rollUp();
  const revenue = async () =>
    (await db.query<{ revenue: string }>('SELECT revenue FROM daily_figures ORDER BY day DESC LIMIT 1'))[0]
      ?.revenue;
  const before = BigInt((await revenue()) ?? '0');
  const [row] = await db.query<{ amount: string }>('SELECT amount FROM payments WHERE id = $1', [payment]);
  await db.query(
    `INSERT INTO payment_refunds (payment_id, user_id, method, amount) SELECT id, user_id, 'transfer', amount FROM payments WHERE id = $1`,
    [payment],
  );
  await rollUp();
  expect(BigInt((await revenue()) ?? '0')).toBe(before - BigInt(row?.amount ?? '0'));
});

test('what was rolled up a moment ago is left alone, and two at once do it once', async () => {
  const [recent] = await database().query<{ done: boolean }>('SELECT roll_up_figures() AS done');
  expect(recent?.done).toBe(false);
  await database().query('DELETE FROM system_snapshots');
  const [one, two] = await Promise.all([database().connect(), database().connect()]);
  await one.query('BEGIN');
  expect((await one.query('SELECT roll_up_figures() AS done')).rows[0].done).toBe(true);
  expect((await two.query('SELECT roll_up_figures() AS done')).rows[0].done).toBe(false);
  await one.query('COMMIT');
  expect((await two.query('SELECT roll_up_figures() AS done')).rows[0].done).toBe(false);
});

test('what reads everything waits a hundred times as long as it takes; the days do not', async () => {
  await rollUp();
  const user = await newUser(database());
  const later = (tookMs: number) =>
    database().query(
      `UPDATE system_snapshots SET took_ms = $1, taken_at = now() - interval '10 minutes', rolled_at = now() - interval '10 minutes'`,
      [tookMs],
    );
  const seen = async () => {
    const [row] = await database().query<{ today: number; all: number }>(
      `SELECT (SELECT new_users FROM daily_figures WHERE day = visit_day()) AS today,
              (SELECT (figures->>'total_users')::int FROM system_snapshots) AS all`,
    );
    return row ?? { today: 0, all: 0 };
  };
  const before = await seen();
  await database().query(
    "INSERT INTO users (phone, password_hash) SELECT phone || '1', 'none' FROM users WHERE id = $1",
    [user],
  );
  await later(7000);
  const [slow] = await database().query<{ done: boolean }>('SELECT roll_up_figures() AS done');
  expect(slow?.done).toBe(true);
  expect(await seen()).toEqual({ today: before.today + 2, all: before.all });
  await later(5000);
  await database().query('SELECT roll_up_figures()');
  expect(await seen()).toEqual({ today: before.today + 2, all: before.all + 2 });
});

test('the snapshot says what get_system_stats says', async () => {
  await rollUp();
  const [row] = await database().query<{ same: boolean }>(
    'SELECT figures = (SELECT to_jsonb(s) FROM get_system_stats() s) AS same FROM system_snapshots',
  );
  expect(row?.same).toBe(true);
});
