import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#tests/support/database/test-database.ts';

/** What a day costs is counted in parts: nobody waits for another's commit, and the limits are kept to the Rial. */

const database = useTestDatabase();
let clients: pg.Client[] = [];

beforeAll(async () => {
  clients = await Promise.all(Array.from({ length: 12 }, () => database().connect()));
  await database().query(
    `WITH one AS (INSERT INTO users (phone, password_hash) VALUES ('+989120000000', 'none') RETURNING id)
     INSERT INTO admin_grants (user_id) SELECT id FROM one`,
  );
});
afterAll(() => Promise.all(clients.map((client) => client.end())));
beforeEach(async () => {
  await database().query('DELETE FROM daily_spending');
  await database().query('DELETE FROM notifications');
});

const admit = async (client: pg.Client, rials: number, limit: number | null, ceiling: number | null) =>
  (
    await client.query<{ isIn: boolean }>(`SELECT admit_spending('sms', 1, $1, $2, $3) AS "isIn"`, [
      rials,
      limit,
      ceiling,
    ])
  ).rows[0]?.isIn;

const spent = async () => {
  const [row] = await database().query<{ calls: number; rials: number }>(
    'SELECT calls, rials::int FROM spent_days',
  );
  return row ?? { calls: 0, rials: 0 };
};

const told = async () =>
  (await database().query<{ kind: string }>('SELECT kind FROM notifications ORDER BY kind')).map(
    ({ kind }) => kind,
  );

test('twelve at once reach the limit exactly, and each level is told once', async () => {
  const counts = await Promise.all(
    clients.map(async (client) => {
      let admitted = 0;
      while (await admit(client, 7, 1000, 1000)) admitted += 1;
      return admitted;
    }),
  );
  expect(counts.reduce((sum, count) => sum + count)).toBe(142);
  expect(await spent()).toEqual({ calls: 142, rials: 994 });
  expect(await told()).toEqual(['spending.warn']);
  expect(await admit(clients[0] as pg.Client, 7, 1000, 1200)).toBe(true);
  expect(await told()).toEqual(['spending.pause', 'spending.warn']);
});

test('nobody waits for somebody whose commit is still to come', async () => {
  const [first] = clients as [pg.Client, ...pg.Client[]];
  const part = async (client: pg.Client) =>
    (await client.query<{ part: number }>('SELECT own_spending_part() AS part')).rows[0]?.part;
  await admit(first, 1, 100_000, 100_000);
  const taken = await part(first);
  await first.query('BEGIN');
  try {
    expect(await admit(first, 10, 100_000, 100_000)).toBe(true);
    let others = 0;
    for (const client of clients.slice(1)) {
      if ((await part(client)) === taken) continue;
      await client.query("SET lock_timeout = '1s'");
      expect(await admit(client, 10, 100_000, 100_000)).toBe(true);
      others += 1;
    }
    expect(others).toBeGreaterThan(0);
    await first.query('ROLLBACK');
    expect((await spent()).calls).toBe(1 + others);
  } finally {
    await first.query('ROLLBACK');
  }
});

type Step =
  | { readonly kind: 'admit'; readonly by: number; readonly rials: number; readonly isPaid: boolean }
  | { readonly kind: 'back'; readonly by: number }
  | { readonly kind: 'limit'; readonly limit: number | null };

const by = fc.nat({ max: 11 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('admit' as const),
      by,
      rials: fc.nat({ max: 60 }),
      isPaid: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('back' as const), by }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('limit' as const), limit: fc.option(fc.nat({ max: 900 })) }),
  },
);

test('in parts it is what one row would be: admissions, what comes back, other limits, what is told', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      await database().query('DELETE FROM daily_spending');
      await database().query('DELETE FROM notifications');
      const paid: number[] = [];
      let limit: number | null = 500;
      let [isWarned, isPaused] = [false, false];
      const levels: string[] = [];
      for (const one of steps) {
        if (one.kind === 'limit') {
          limit = one.limit;
          continue;
        }
        const client = clients[one.by] as pg.Client;
        if (one.kind === 'back') {
          const rials = paid.pop();
          if (rials === undefined) continue;
          await client.query("SELECT take_back_spending(visit_day(), 'sms', $1)", [rials]);
          continue;
        }
        const ceiling = limit === null ? null : one.isPaid ? Math.floor(limit * 1.2) : limit;
        const before = paid.reduce((sum, rials) => sum + rials, 0);
        const fits = ceiling === null || before + one.rials <= ceiling;
        expect(await admit(client, one.rials, limit, ceiling)).toBe(fits);
        if (!fits) continue;
        paid.push(one.rials);
        const now = before + one.rials;
        if (limit === null) continue;
        if (now >= limit && !isPaused) levels.push('spending.pause');
        else if (now * 5 >= limit * 4 && !isWarned && !isPaused) levels.push('spending.warn');
        else continue;
        isWarned = true;
        isPaused ||= now >= limit;
      }
      expect(await spent()).toEqual({ calls: paid.length, rials: paid.reduce((a, b) => a + b, 0) });
      expect(await told()).toEqual(levels.sort());
    }),
    { numRuns: 25 },
  );
});

test('a day that is over is one row again, and what comes back later is taken from it', async () => {
  for (const client of clients) await admit(client, 10, 100_000, 100_000);
  await database().query(`
    INSERT INTO daily_spending SELECT day - 3, purpose, calls, rials FROM daily_spending;
    UPDATE spending_parts SET day = day - 3;
    DELETE FROM daily_spending WHERE day = visit_day()`);
  await database().query('SELECT close_spending_days()');
  await database().query("SELECT take_back_spending(visit_day() - 3, 'sms', 10)");
  const rows = await database().query(
    'SELECT calls, rials::int, (SELECT count(*)::int FROM spending_parts) AS parts FROM daily_spending',
  );
  expect(rows).toEqual([{ calls: 11, rials: 110, parts: 0 }]);
});
