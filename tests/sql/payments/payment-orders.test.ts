import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { invariants } from '#lib/db/invariants.ts';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { activate, daysGoBy, newPayment, newUser, outcome, upload } from '../rows.ts';

const database = useTestDatabase();
const runs = process.env.TEST_FULL ? 200 : 40;

type Purchase = {
  kind: 'new' | 'renewal' | 'upgrade' | 'downgrade';
  plan: 'basic' | 'advanced';
  credit: number;
};
type Step = { buy: Purchase } | { days: number } | { refund: number } | { upload: true };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({
        kind: fc.constantFrom('new' as const, 'renewal' as const, 'upgrade' as const, 'downgrade' as const),
        plan: fc.constantFrom('basic' as const, 'advanced' as const),
        credit: fc.constantFrom(0, 0, 12_000),
      })
      .map((buy) => ({ buy })),
  },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 40 }).map((days) => ({ days })) },
  { weight: 1, arbitrary: fc.nat(4).map((refund) => ({ refund })) },
  { weight: 1, arbitrary: fc.constant({ upload: true as const }) },
);

type Period = { id: string; starts: number; ends: number; free: boolean; running: boolean };

/** Periods that are not over, in order; times in milliseconds. */
async function periodsOf(user: string): Promise<Period[]> {
  return database().query<Period>(
    `SELECT id, extract(epoch FROM starts_at)::float8 * 1000 AS starts, extract(epoch FROM ends_at)::float8 * 1000 AS ends,
            payment_id IS NULL AS free, starts_at <= clock_timestamp() AS running
       FROM subscription_periods WHERE user_id = $1 AND ends_at > clock_timestamp() AND ends_at > starts_at ORDER BY starts_at`,
    [user],
  );
}

const day = 86_400_000;

/** Buys, and says what must be true of what was there before and what is there now. */
async function buyAndCheck(user: string, { kind, plan, credit }: Purchase): Promise<void> {
  const isChange = kind === 'upgrade' || kind === 'downgrade';
  const before = await periodsOf(user);
  const running = before.find((period) => period.running && !period.free);
  const payment = await newPayment(database(), { user_id: user }, plan, {
    kind,
    credit: isChange ? credit : 0,
  });
  const bought = await activate(database(), payment);
  const after = await periodsOf(user);
  const own = after.find(({ id }) => id === bought);
  if (!own) throw new Error('What was bought is not there.');

  // A whole month was bought.
  expect(own.ends - own.starts).toBeGreaterThanOrEqual(28 * day - 1);
  expect(own.ends - own.starts).toBeLessThanOrEqual(31 * day + 1);

  const replaces = running && (kind === 'upgrade' || (isChange && credit > 0));
  // It starts now when nothing paid runs, or when it takes the place of what runs; else after everything paid.
  if (!running || replaces) expect(own.running).toBe(true);
  else expect(own).toBe(after.at(-1));

  // Nothing that was paid is lost, but for the rest that an upgrade gives up.
  const kept = before.filter((period) => !period.free && !(replaces && period === running));
  for (const { id, starts, ends } of kept) {
    const now = after.find((period) => period.id === id);
    expect(now, 'a paid period is gone').toBeDefined();
    if (period(starts, ends) >= 27 * day)
      expect(period(now?.starts ?? 0, now?.ends ?? 0)).toBeGreaterThanOrEqual(28 * day - 1);
  }
  expect(after.filter(({ free }) => !free)).toHaveLength(kept.length + 1);
  // And what was paid ahead stands in the order it was paid in.
  const order = after.map(({ id }) => id).filter((id) => id !== bought);
  expect(order).toEqual(kept.map(({ id }) => id));
}

const period = (starts: number, ends: number) => ends - starts;

async function take(user: string, next: Step): Promise<void> {
  if ('buy' in next) return buyAndCheck(user, next.buy);
  if ('upload' in next) {
    await outcome(upload(database(), { user_id: user }));
    return;
  }
  if ('days' in next) {
    await database().query(daysGoBy(next.days, user));
    return;
  }
  await outcome(
    database().query(
      `INSERT INTO payment_refunds (payment_id, method, amount, ends_purchase)
       SELECT id, 'transfer', 1, $2 % 2 = 0 FROM payments WHERE user_id = $1 ORDER BY created_at OFFSET $2 LIMIT 1`,
      [user, next.refund],
    ),
  );
}

describe('in any order of buying, renewing, upgrading, downgrading, refunding and waiting', () => {
  test('nothing that was paid is lost, nothing overlaps, and every payment has its one month', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14, size: 'max' }), async (steps) => {
        const user = await newUser(database());
        for (const next of steps) await take(user, next);
        for (const { name, violations } of invariants) {
          expect(await database().query(violations), name).toEqual([]);
        }
      }),
      { numRuns: runs },
    );
  });

  test('without refunds, what is paid follows month upon month without a gap', async () => {
    const purchases = fc.array(
      step.filter((next) => 'buy' in next || 'upload' in next || ('days' in next && next.days < 25)),
      { minLength: 3, maxLength: 10, size: 'max' },
    );
    await fc.assert(
      fc.asyncProperty(purchases, async (steps) => {
        const user = await newUser(database());
        for (const next of steps) await take(user, next);
        const paid = (await periodsOf(user)).filter(({ free }) => !free);
        for (const [n, { ends }] of paid.slice(0, -1).entries()) {
          expect(Math.abs((paid[n + 1]?.starts ?? 0) - ends)).toBeLessThan(1);
        }
      }),
      { numRuns: runs },
    );
  });

  test('the account shows the plan it is in, whatever happened', async () => {
    const user = await newUser(database());
    for (const kind of ['new', 'renewal', 'upgrade', 'downgrade', 'upgrade'] as const) {
      await buyAndCheck(user, { kind, plan: kind === 'upgrade' ? 'advanced' : 'basic', credit: 0 });
      const row = one(
        await database().query<{ shown: string; charged: string }>(
          `SELECT p.name AS shown, (SELECT plan_name FROM get_user_quota_status(u.id)) AS charged
             FROM users u JOIN payment_plans p ON p.id = u.plan_id WHERE u.id = $1`,
          [user],
        ),
      );
      expect(row.shown).toBe(row.charged);
    }
  });
});
