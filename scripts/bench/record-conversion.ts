import pg from 'pg';
import { Announcer, tellingName } from '#lib/db/changes/announcer.ts';
import { actFor } from '#lib/db/walls/acting.ts';
import { actingOptions, askInOwnContext } from '#lib/db/walls/acting-client.ts';
import { settleRights } from '#lib/db/walls/settle-rights.ts';
import { openOwnDatabase } from './support/own-database.ts';
import { median, report } from './support/report.ts';

/**
 * How much the rules of `record_conversion` cost: its throughput over that of the bare statement that does the
 * same to the tables (one conditional UPDATE and one INSERT); and a whole request's over that of `record_conversion`. On the
 * same server, in turns.
 */

const accounts = 10_000;
const clients = 16;
const rounds = 3;
const roundMs = 3_000;
/** Not counted: after the line was emptied every connection plans its statements anew. */
const warmMs = 1_000;

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

/** The owner's connections, the program's behind the walls, or such as tell of changes after their commits. */
type As = 'owner' | 'program' | 'teller';
type Statement = { readonly name: string; readonly text: string; readonly as?: As };

/** Every round begins with nobody in line: how many wait for an account is what an account may have waiting. */
async function emptyLine(): Promise<void> {
  await own.client.query(
    `SET session_replication_role = replica; TRUNCATE user_conversions CASCADE; TRUNCATE pgboss.job`,
  );
  await own.client.query(
    'TRUNCATE audit_logs CASCADE; TRUNCATE transaction_marks; SET session_replication_role = origin',
  );
}

/** Calls per second of one statement, from all clients at once over accounts chosen at random. */
async function throughput({ name, text, as = 'owner' }: Statement): Promise<number> {
  await emptyLine();
  const started = performance.now() + warmMs;
  const until = started + roundMs;
  let calls = 0;
  await Promise.all(
    askers[as].map(async (ask) => {
      while (performance.now() < until) {
        const id = ids[Math.floor(Math.random() * ids.length)];
        const { rowCount } = await ask(id ?? '', { name, text, values: [id] });
        if (rowCount !== 1) throw new Error('A call charged nothing.');
        if (performance.now() > started) calls += 1;
      }
    }),
  );
  return (calls / (performance.now() - started)) * 1000;
}

/** Reports both throughputs and the median of the rounds' ratios; whether it is enough. */
async function compare(what: string, wanted: number, call: Statement, base: Statement): Promise<boolean> {
  await throughput(base);
  await throughput(call);
  const results: { base: number; called: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = await throughput(base);
    const called = await throughput(call);
    const after = await throughput(base);
    results.push({ base: (before + after) / 2, called });
  }
  const ratio = median(results.map((result) => result.called / result.base));
  const perSecond = (values: number[]) => Math.round(median(values)).toLocaleString('en');
  report({
    what: `${what}, 10,000 accounts, 16 clients`,
    measured: `${ratio.toFixed(2)} (${perSecond(results.map((r) => r.called))}/s and ${perSecond(results.map((r) => r.base))}/s)`,
    wanted: `at least ${wanted}`,
    met: ratio >= wanted,
  });
  return ratio >= wanted;
}

/** What every request does, in its one statement: charge, line, job, audit and the mark of a lost commit. */
const requested = `
  SELECT request_conversions($1, ARRAY[gen_random_uuid()], ARRAY[$1::uuid], ARRAY['oil'], ARRAY[NULL::uuid], ARRAY[NULL::text], gen_random_uuid(),
    1000000, '{}', NULL, NULL, NULL, gen_random_uuid())`;

const photos = `
  INSERT INTO images (id, user_id, type, file_name, original_url, file_size, mime_type)
  SELECT id, id, 'user', 'a.jpg', '/photo', 10, 'image/jpeg' FROM users`;

/** A conversion from its charge to its end in one transaction: who waits for it is told within that, or after it. */
const endOne = `
  CREATE FUNCTION record_and_end(p_user_id uuid) RETURNS uuid LANGUAGE plpgsql AS $$
  DECLARE
      v_id uuid := record_conversion(p_user_id, NULL, '/photo', 'oil');
  BEGIN
      UPDATE user_conversions SET status = 'failed', failure_code = 'engine', error_message = 'x' WHERE id = v_id;
      RETURN v_id;
  END $$`;
const ended = { name: 'ended', text: 'SELECT record_and_end($1)' };

type Ask = (id: string, query: pg.QueryConfig) => Promise<pg.QueryResult>;

const own = await openOwnDatabase('charges');
const appUrl = new URL(own.url);
const login = `bench_${process.pid}`;
Object.assign(appUrl, { username: login, password: 'of-this-measurement' });
await settleRights({ ownerUrl: own.url, appUrl: appUrl.href });

const pool = await Promise.all(
  Array.from({ length: clients }, async () => {
    const client = new pg.Client({ connectionString: own.url });
    await client.connect();
    return client;
  }),
);
const poolOf = (url: string, options: pg.PoolConfig = {}) => {
  const named = { connectionString: url, application_name: tellingName, max: clients, ...options };
  const opened = askInOwnContext(new pg.Pool(named));
  new Announcer(opened, () => undefined);
  return opened;
};
const behindWalls = poolOf(appUrl.href, actingOptions(false));
const telling = poolOf(own.url);
const askers: Readonly<Record<As, readonly Ask[]>> = {
  owner: pool.map((client) => (_id, query) => client.query(query)),
  program: pool.map(() => (id, query) => actFor(id, () => behindWalls.query(query))),
  teller: pool.map(() => (_id, query) => telling.query(query)),
};
await own.client.query(seed);
await own.client.query(photos);
const { rows: users } = await own.client.query<{ id: string }>('SELECT id FROM users');
const ids = users.map(({ id }) => id);
const alone = { name: 'recorded', text: recorded };
const met = [
  await compare('record_conversion over the bare statement, free pool', 0.8, alone, {
    name: 'bareFree',
    text: bareFree,
  }),
  await compare(
    'a whole request over record_conversion alone, free pool',
    0.6,
    { name: 'requested', text: requested },
    alone,
  ),
];
const requestedBy = (as: As): Statement => ({ name: 'requested', text: requested, as });
met.push(
  await compare(
    'a whole request behind the walls over the same by the owner',
    0.85,
    requestedBy('program'),
    requestedBy('teller'),
  ),
);
await own.client.query(endOne);
met.push(
  await compare('an end told after its commit over one told within', 1, { ...ended, as: 'teller' }, ended),
);
await own.client.query(openPeriods);
await own.client.query('VACUUM ANALYZE');
met.push(
  await compare('record_conversion over the bare statement, paid period', 0.8, alone, {
    name: 'barePaid',
    text: barePaid,
  }),
  await compare(
    'a whole request over record_conversion alone, paid period',
    0.6,
    { name: 'requested', text: requested },
    alone,
  ),
);
await Promise.all([...pool, behindWalls, telling].map((one) => one.end()));
await own.client.query(`DROP ROLE ${login}`);
await own.close();
process.exit(met.every(Boolean) ? 0 : 1);
