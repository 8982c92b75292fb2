import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '#lib/db/migrate.ts';
import { openDatabase } from '../steps/database.ts';
import { runScript } from '../steps/progress.ts';
import { median, report } from './support/report.ts';

/**
 * How much the rules of `record_conversion` cost: its throughput over that of the bare statement that does the
 * same to the tables (one conditional UPDATE and one INSERT), on the same server, in turns.
 */

const accounts = 10_000;
const clients = 16;
const rounds = 5;
const roundMs = 2_000;
const wantedRatio = 0.8;

const bareFree = `
  WITH charged AS (
    UPDATE users SET free_quota_remaining = free_quota_remaining - 1
     WHERE id = $1 AND free_quota_remaining > 0 RETURNING id
  )
  INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name)
  SELECT id, 'free', '/photo', 'oil' FROM charged RETURNING id`;

const barePaid = `
  WITH charged AS (
    UPDATE subscription_periods SET conversions_used = conversions_used + 1
     WHERE user_id = $1 AND conversions_used < conversions_limit RETURNING user_id, id
  )
  INSERT INTO user_conversions (user_id, conversion_type, period_id, input_file_url, style_name)
  SELECT user_id, 'paid', id, '/photo', 'oil' FROM charged RETURNING id`;

const recorded = `SELECT record_conversion($1, NULL, '/photo', 'oil') AS id`;

const seed = `
  INSERT INTO users (phone, password_hash, is_phone_verified, free_quota_remaining)
  SELECT '+98912' || lpad(n::text, 7, '0'), 'none', true, 1000000 FROM generate_series(1, ${accounts}) n`;

const openPeriods = `
  INSERT INTO subscription_periods (user_id, plan_id, anchor_at, starts_at, ends_at, conversions_limit, images_limit)
  SELECT u.id, p.id, now(), now(), now() + interval '1 month', 1000000, 0
    FROM users u, payment_plans p WHERE p.name = 'advanced'`;

type Statement = { readonly name: string; readonly text: string };

/** Calls per second of one statement, from all clients at once over accounts chosen at random. */
async function throughput(pool: readonly pg.Client[], ids: readonly string[], statement: Statement) {
  const until = performance.now() + roundMs;
  const started = performance.now();
  let calls = 0;
  await Promise.all(
    pool.map(async (client) => {
      while (performance.now() < until) {
        const id = ids[Math.floor(Math.random() * ids.length)];
        const { rowCount } = await client.query({ ...statement, values: [id] });
        if (rowCount !== 1) throw new Error('A call charged nothing.');
        calls += 1;
      }
    }),
  );
  return (calls / (performance.now() - started)) * 1000;
}

/** Prints both throughputs and the median of the rounds' ratios, and answers with it. */
async function compare(title: string, pool: readonly pg.Client[], ids: readonly string[], bare: Statement) {
  const call = { name: 'recorded', text: recorded };
  await throughput(pool, ids, bare);
  await throughput(pool, ids, call);
  const results: { bare: number; called: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = await throughput(pool, ids, bare);
    const called = await throughput(pool, ids, call);
    const after = await throughput(pool, ids, bare);
    results.push({ bare: (before + after) / 2, called });
  }
  const ratio = median(results.map((result) => result.called / result.bare));
  const perSecond = (values: number[]) => Math.round(median(values)).toLocaleString('en');
  report({
    what: `record_conversion over the bare statement, ${title}, 10,000 accounts, 16 clients`,
    measured: `${ratio.toFixed(2)} (${perSecond(results.map((r) => r.called))}/s and ${perSecond(results.map((r) => r.bare))}/s)`,
    wanted: `at least ${wantedRatio}`,
    met: ratio >= wantedRatio,
  });
  return ratio;
}

async function measure(url: string): Promise<number> {
  const pool = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const [first] = pool;
  try {
    await first?.query(seed);
    const ids = (await first?.query<{ id: string }>('SELECT id FROM users'))?.rows.map((row) => row.id) ?? [];
    const free = await compare('free pool', pool, ids, { name: 'bareFree', text: bareFree });
    await first?.query(openPeriods);
    await first?.query('VACUUM ANALYZE');
    const paid = await compare('paid period', pool, ids, { name: 'barePaid', text: barePaid });
    return Math.min(free, paid);
  } finally {
    await Promise.all(pool.map((client) => client.end()));
  }
}

await runScript(async () => {
  const database = await openDatabase();
  const name = `bench_${randomBytes(6).toString('hex')}`;
  const url = new URL(database.url);
  url.pathname = `/${name}`;
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  try {
    await admin.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'`);
    await migrate({ databaseUrl: url.href });
    return (await measure(url.href)) >= wantedRatio ? 0 : 1;
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.end();
    await database.stop();
  }
});
