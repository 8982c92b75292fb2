import { beforeAll, describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { activate, buy, daysGoBy, newPayment, newUser, newVendor } from '../rows.ts';

const database = useTestDatabase();

const preview = async (owner: string, startsNow: boolean) =>
  one(
    await database().query<{ starts: Date; ends: Date }>(
      'SELECT starts_at AS starts, ends_at AS ends FROM preview_period($1, $2)',
      [owner, startsNow],
    ),
  );

const periodOf = async (id: string) =>
  one(
    await database().query<{ starts: Date; ends: Date }>(
      'SELECT starts_at AS starts, ends_at AS ends FROM subscription_periods WHERE id = $1',
      [id],
    ),
  );

const apart = (a: Date, b: Date) => Math.abs(a.getTime() - b.getTime());

describe('the month that a purchase would bring', () => {
  test('is the month that it brings, whatever was paid before and however far one is in it', async () => {
    for (const days of [0, 1, 13, 26, 27, 28, 29, 30, 31, 45]) {
      for (const ahead of [0, 1, 2]) {
        for (const kind of ['renewal', 'upgrade'] as const) {
          const user = await newUser(database());
          for (let n = 0; n <= ahead; n += 1)
            await buy(database(), { user_id: user }, 'basic', { kind: 'renewal' });
          await database().query(daysGoBy(days, user));
          const promised = await preview(user, kind === 'upgrade');
          const plan = kind === 'upgrade' ? 'advanced' : 'basic';
          const bought = await periodOf(
            await activate(database(), await newPayment(database(), { user_id: user }, plan, { kind })),
          );
          const where = `${days} days in, ${ahead} ahead, ${kind}`;
          expect(apart(promised.starts, bought.starts), where).toBeLessThan(10_000);
          expect(apart(promised.ends, bought.ends), where).toBeLessThan(10_000);
        }
      }
    }
  });

  test('keeps the day of an anchor through a short month', async () => {
    const user = await newUser(database());
    const period = await buy(database(), { user_id: user }, 'basic');
    // A subscription of the 31st, in its short month.
    await database().unguarded(
      `UPDATE subscription_periods SET anchor_at = '2099-01-31 12:00+03:30', starts_at = '2099-01-31 12:00+03:30',
         ends_at = '2099-02-28 12:00+03:30' WHERE id = $1`,
      [period],
    );
    expect(await preview(user, false)).toEqual({
      starts: new Date('2099-02-28T12:00:00+03:30'),
      ends: new Date('2099-03-31T12:00:00+03:30'),
    });
  });
});

describe('reminders of a plan that ends', () => {
  const due = async (owner: string) =>
    (
      await database().query<{ days: number }>(
        `SELECT days_before AS days FROM claim_plan_reminders() WHERE coalesce(user_id, vendor_id) = $1`,
        [owner],
      )
    ).map(({ days }) => days);
  const endIn = (owner: string, time: string) =>
    database().unguarded(
      `UPDATE subscription_periods SET anchor_at = now() - interval '40 days', starts_at = now() - interval '20 days',
         ends_at = now() + $2::interval WHERE coalesce(user_id, vendor_id) = $1`,
      [owner, time],
    );

  test.each([
    ['8 days', []],
    ['6 days 23 hours', [7]],
    ['2 days 23 hours', [3]],
    ['23 hours', [1]],
    ['-1 minute', [0]],
    ['-23 hours', [0]],
    ['-25 hours', []],
  ])('%s before it: %j, and only once', async (time, days) => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    await endIn(user, time);
    expect(await due(user)).toEqual(days);
    expect(await due(user)).toEqual([]);
  });

  test('are for vendors too, never for free months, closed accounts or those who said no', async () => {
    const vendor = await newVendor(database());
    await buy(database(), { vendor_id: vendor }, 'vendor_pro');
    await endIn(vendor, '2 days');
    await database().query('UPDATE vendors SET plan_reminders = false WHERE id = $1', [vendor]);
    expect(await due(vendor)).toEqual([]);
    await database().query('UPDATE vendors SET plan_reminders = true, is_active = false WHERE id = $1', [
      vendor,
    ]);
    expect(await due(vendor)).toEqual([]);
    await database().query('UPDATE vendors SET is_active = true WHERE id = $1', [vendor]);
    expect(await due(vendor)).toEqual([3]);
  });

  test('are told again when the end itself has moved', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    await endIn(user, '2 days');
    expect(await due(user)).toEqual([3]);
    await endIn(user, '6 days');
    expect(await due(user)).toEqual([7]);
  });
});

describe('among many payments', () => {
  beforeAll(async () => {
    await database().query(`
      WITH made AS (
        INSERT INTO users (phone, password_hash, is_phone_verified)
        SELECT '+9893' || lpad(n::text, 8, '0'), 'none', true FROM generate_series(1, 500) n RETURNING id
      )
      INSERT INTO payments (user_id, plan_id, amount, status, callback_url, return_url, conversions_limit, images_limit,
                            gateway_track_id, gateway_ref_number, next_check_at)
      SELECT id, (SELECT id FROM payment_plans WHERE name = 'basic'), 50000, 'expired', '/c', '/r', 20, 50,
             'A' || lpad(row_number() OVER ()::text, 35, '0'), row_number() OVER ()::text,
             CASE WHEN row_number() OVER () % 500 = 0 THEN now() END
        FROM made, generate_series(1, 12)`);
    await database().query('ANALYZE payments');
  });

  test.each([
    [
      'what is due is found',
      `SELECT id FROM payments WHERE next_check_at <= clock_timestamp() ORDER BY next_check_at, id LIMIT 200`,
      'idx_payments_next_check',
    ],
    [
      'one authority is found',
      `SELECT id FROM payments WHERE gateway = 'zarinpal' AND gateway_track_id = 'A${'7'.padStart(35, '0')}'`,
      'payments_gateway_track_key',
    ],
    [
      'a repeated receipt is found',
      `SELECT 1 FROM payments WHERE gateway_ref_number = '77' AND gateway = 'zarinpal' LIMIT 1`,
      'idx_payments_ref_number',
    ],
  ])('%s by an index', async (_, query, index) => {
    const rows = await database().query<{ 'QUERY PLAN': string }>(`EXPLAIN ${query}`);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain(index);
    expect(plan).not.toContain('Seq Scan');
  });
});
