import { expect, test } from 'vitest';
import { rollUpFigures } from '#lib/operations/figures/roll-up-figures.ts';
import { collectMetrics } from '#lib/operations/metrics/collect-metrics.ts';
import { countPicture } from '#lib/operations/metrics/engine-metrics.ts';
import { newUser } from '#tests/support/files.ts';
import { parsePrometheus } from '#tests/support/formats/prometheus.ts';
import { useIdentity } from '#tests/support/identity.ts';

const database = useIdentity();

const valuesOf = (text: string) =>
  new Map([...parsePrometheus(text)].map(([key, { value }]) => [key.replace('{}', ''), value]));

test('a scrape tells what waits, what was counted and how the process is', async () => {
  const { userId } = await newUser();
  const insert = (status: string, more = '', values = '') =>
    database().query(
      `INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, status${more})
       VALUES ($1, 'free', '/a', 'oil', '${status}'${values})`,
      [userId],
    );
  await insert('pending', ', created_at', ", now() - interval '90 seconds'");
  await insert('failed', ', error_message, failure_code, charge_returned_at', ", 'x', 'engine', now()");
  expect(await rollUpFigures()).toBe(true);
  await database().query(
    `INSERT INTO pgboss.job (name, data, created_on, start_after)
     VALUES ('conversion.run', '{}', now() - interval '90 seconds', now() - interval '90 seconds')`,
  );
  countPicture({ engine: 'local', style: 'ink', outcome: 'completed' }, 0.7);
  countPicture({ engine: 'local', style: 'ink', outcome: 'conversion.engine' }, 0.1);
  const { text, contentType } = await collectMetrics();
  expect(contentType).toMatch(/^text\/plain; version=0\.0\.4/);
  const samples = valuesOf(text);
  expect(samples.get('ai_stayler_up')).toBe(1);
  expect(samples.get('ai_stayler_conversions{status="pending"}')).toBe(1);
  expect(samples.get('ai_stayler_conversions{status="failed"}')).toBe(1);
  expect(samples.get('ai_stayler_payments{status="pending"}')).toBe(0);
  expect(samples.get('ai_stayler_queue_waiting_jobs{queue="conversion.run"}')).toBe(1);
  expect(samples.get('ai_stayler_queue_oldest_job_age_seconds{queue="conversion.run"}')).toBeGreaterThan(85);
  expect(samples.get('ai_stayler_conversion_oldest_pending_age_seconds')).toBeGreaterThan(85);
  expect(samples.get('ai_stayler_db_pool_connections{state="most"}')).toBe(10);
  expect(samples.get('ai_stayler_db_pool_waiting')).toBe(0);
  const picture = (outcome: string) =>
    samples.get(`ai_stayler_engine_pictures_total{engine="local",style="ink",outcome="${outcome}"}`);
  expect([picture('completed'), picture('conversion.engine')]).toEqual([1, 1]);
  expect(samples.get('ai_stayler_engine_duration_seconds_sum{engine="local",style="ink"}')).toBe(0.7);
  for (const lasting of ['http_requests_in_flight', 'nodejs_eventloop_lag_p99_seconds']) {
    expect(samples.has(lasting), lasting).toBe(true);
  }
  expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(0);
  // A second scrape is as whole as the first.
  // Node.js tells of its garbage only once there was some, which may be between the two.
  const names = (all: ReadonlyMap<string, unknown>) =>
    [...all.keys()].filter((name) => !name.startsWith('nodejs_gc_')).sort();
  expect(names(valuesOf((await collectMetrics()).text))).toEqual(names(samples));
});

test('a scrape reads no whole table, however many rows there are', async () => {
  const { userId } = await newUser();
  await database().query(
    `INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, status, error_message, failure_code, charge_returned_at)
     SELECT $1, 'free', '/a', 'oil', 'failed', 'x', 'engine', now() FROM generate_series(1, 20000)`,
    [userId],
  );
  await database().query('ANALYZE user_conversions');
  const plan = await database().query<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT (SELECT count(*)::int FROM user_conversions WHERE status = 'pending'),
       (SELECT count(*)::int FROM user_conversions WHERE status = 'processing')`,
  );
  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).not.toContain('Seq Scan on user_conversions');
});
