import { expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { newUser } from '../rows.ts';

const database = useTestDatabase();

/** So many conversions over the last 40 days and hours of today, every seventeenth of the last two days still open. */
async function history(userId: string, from: number, to: number): Promise<void> {
  await database().unguarded(
    `INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, status, engine, created_at, processing_time_ms,
       output_file_url, completed_at, error_message, failure_code)
     SELECT $1, 'free', '/a', (ARRAY['oil', 'ink', 'noir'])[1 + n % 3], s, CASE WHEN n % 4 > 0 THEN 'local' END,
            now() - make_interval(mins => n * 37 % 57600), CASE WHEN s = 'completed' THEN 20 * (1 + n * 7 % 40) END,
            CASE WHEN s = 'completed' THEN '/b' END, CASE WHEN s = 'completed' THEN now() END,
            CASE WHEN s = 'failed' THEN 'x' END, CASE WHEN s = 'failed' THEN (ARRAY['engine', 'input'])[1 + n % 2] END
       FROM (SELECT n, CASE WHEN n * 37 % 57600 < 2880 AND n % 17 = 0 THEN 'pending' WHEN n % 9 = 0 THEN 'failed' ELSE 'completed' END AS s
               FROM generate_series($2::int, $3::int) n) g`,
    [userId, from, to],
  );
}

const rollUp = () => database().query("SELECT roll_up_figures('0 seconds')");
const counted = async () => one(await database().query('SELECT * FROM conversion_counts()'));
const row = (count: string) => `count(*) FILTER (WHERE ${count})::text`;
const truth = async () =>
  one(
    await database().query(
      `SELECT count(*)::text AS total, ${row("status = 'pending'")} AS pending, ${row("status = 'processing'")} AS processing,
              ${row("status = 'completed'")} AS completed, ${row("status = 'failed'")} AS failed,
              ${row("created_at > now() - interval '24 hours'")} AS last_24h, ${row("created_at > now() - interval '30 days'")} AS last_30d
         FROM user_conversions`,
    ),
  );
const told = () =>
  database().query(
    `SELECT days, name, total, completed, failed, refused, median_ms, p95_ms FROM conversion_figures('style') ORDER BY 1, 2`,
  );
const straight = () =>
  database().query(
    `SELECT w.days, style_name AS name, count(*)::int AS total, (count(*) FILTER (WHERE status = 'completed'))::int AS completed,
            (count(*) FILTER (WHERE failure_code = 'engine'))::int AS failed, (count(*) FILTER (WHERE failure_code = 'input'))::int AS refused,
            round(percentile_cont(0.5) WITHIN GROUP (ORDER BY processing_time_ms) FILTER (WHERE status = 'completed'))::int AS median_ms,
            round(percentile_cont(0.95) WITHIN GROUP (ORDER BY processing_time_ms) FILTER (WHERE status = 'completed'))::int AS p95_ms
       FROM (VALUES (1::smallint), (7::smallint)) w (days)
       JOIN user_conversions c ON c.created_at > now() - make_interval(days => w.days)
      GROUP BY 1, 2 ORDER BY 1, 2`,
  );

test('what is counted by settled hours is what is counted row by row, whenever it is asked', async () => {
  const user = await newUser(database());
  await history(user, 1, 4000);
  for (let turn = 0; turn < 3; turn += 1) {
    expect(await counted()).toEqual(await truth());
    expect(await told()).toEqual(await straight());
    await rollUp();
  }
  // Nothing behind the oldest that is open is settled; once it has ended, it is.
  const settled = async () =>
    one(
      await database().query<{ n: number; all: number }>(
        `SELECT sum(completed + failed)::int AS n, (SELECT count(*)::int FROM user_conversions) AS all FROM conversion_hours`,
      ),
    );
  const before = await settled();
  expect(before.n).toBeGreaterThan(3000);
  await database().unguarded(
    `UPDATE user_conversions SET status = 'completed', output_file_url = '/b', completed_at = now(), processing_time_ms = 400
      WHERE status = 'pending'`,
  );
  await rollUp();
  const after = await settled();
  expect(after.n).toBeGreaterThan(before.n);
  expect(after.all - after.n).toBeLessThan(40);
  expect(await counted()).toEqual(await truth());
  expect(await told()).toEqual(await straight());
});

test('what was settled is not read again', async () => {
  await rollUp();
  const [counts, figures] = [await counted(), await told()];
  // Nothing comes this late in life: whoever counted it has read the settled hours of ten days ago and of yesterday.
  const user = await newUser(database());
  await history(user, 387, 400);
  await history(user, 52, 55);
  expect(await counted()).toEqual(counts);
  expect(await told()).toEqual(figures);
});
