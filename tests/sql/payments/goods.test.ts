import { describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { expectInvariants } from '#tests/support/invariants.ts';
import { activate, convert, newPayment, newUser, newVendor, outcome, planId } from '../rows.ts';

const database = useTestDatabase();
let made = 0;

async function newCode(more: Readonly<Record<string, unknown>> = {}): Promise<{ id: string; code: string }> {
  made += 1;
  const row = { code: `CODE${made}`, kind: 'percent', value: 20, ...more };
  const names = Object.keys(row);
  const { id } = one(
    await database().query<{ id: string }>(
      `INSERT INTO coupons (${names.join(', ')}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')}) RETURNING id`,
      Object.values(row),
    ),
  );
  return { id, code: row.code };
}

const offered = (id: string) => ({ amount: 40_000, discount: 10_000, coupon_id: id });
const usedOf = async (id: string) =>
  one(await database().query<{ used: number }>('SELECT used FROM coupons WHERE id = $1', [id])).used;
const end = (id: string, status: string) =>
  database().query('UPDATE payments SET status = $2 WHERE id = $1', [id, status]);

describe('a discount code', () => {
  test('of ten uses is used ten times by 64 at once', async () => {
    const { id } = await newCode({ use_limit: 10 });
    const users = await Promise.all(Array.from({ length: 64 }, () => newUser(database())));
    const answers = await Promise.all(
      users.map((user_id) => outcome(newPayment(database(), { user_id }, 'basic', offered(id)))),
    );
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(10);
    expect(new Set(answers)).toEqual(new Set(['ok', 'ST004']));
    expect(await usedOf(id)).toBe(10);
    await expectInvariants(database());
  });

  test('is used once by one person who presses 64 times', async () => {
    const { id } = await newCode();
    const user_id = await newUser(database());
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => outcome(newPayment(database(), { user_id }, 'basic', offered(id)))),
    );
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
    expect(await usedOf(id)).toBe(1);
  });

  test('comes back when nobody pays and when all of it is given back', async () => {
    const { id } = await newCode({ use_limit: 1 });
    const user_id = await newUser(database());
    const first = await newPayment(database(), { user_id }, 'basic', offered(id));
    expect(await usedOf(id)).toBe(1);
    await end(first, 'cancelled');
    expect(await usedOf(id)).toBe(0);
    const second = await newPayment(database(), { user_id }, 'basic', offered(id));
    await activate(database(), second);
    expect(await usedOf(id)).toBe(1);
    await database().query(
      `INSERT INTO payment_refunds (payment_id, method, amount) VALUES ($1, 'transfer', 40000)`,
      [second],
    );
    expect(await usedOf(id)).toBe(0);
    await expectInvariants(database());
  });

  test('is honoured beside its limit for money that comes late, and a person is told', async () => {
    const { id } = await newCode({ use_limit: 1 });
    const late = await newPayment(database(), { user_id: await newUser(database()) }, 'basic', offered(id));
    await end(late, 'expired');
    const other = await newPayment(database(), { user_id: await newUser(database()) }, 'basic', offered(id));
    await activate(database(), other);
    await activate(database(), late);
    expect(await usedOf(id)).toBe(1);
    expect(
      await database().query('SELECT reason FROM payment_concerns WHERE payment_id = $1', [late]),
    ).toEqual([{ reason: 'coupon_over' }]);
    await expectInvariants(database());
  });

  test.each<[string, Readonly<Record<string, string | number>>, Readonly<Record<string, number>>?]>([
    ['that is retired', { retired_at: 'now' }],
    ['that has not begun', { starts_at: '2099-01-01' }],
    ['whose time is over', { starts_at: '2020-01-01', ends_at: '2020-02-01' }],
    ['for vendors', { audience: 'vendor' }],
    [
      'that is a present',
      { kind: 'gift', value: 1000, audience: 'user', use_limit: 5 },
      { amount: 49_000, discount: 1000 },
    ],
    ['for another plan', { plan_id: 'advanced' }],
    ['whose amount is smaller', { kind: 'amount', value: 9999 }],
    ['whose share is smaller', { value: 19 }],
  ])('%s takes nothing off', async (_what, more, payment = {}) => {
    const plan = 'plan_id' in more && { plan_id: await planId(database(), String(more.plan_id)) };
    const { id } = await newCode({ ...more, ...plan });
    const user_id = await newUser(database());
    expect(await outcome(newPayment(database(), { user_id }, 'basic', { ...offered(id), ...payment }))).toBe(
      'ST004',
    );
    expect(await usedOf(id)).toBe(0);
  });
});

describe('a discount code that fits', () => {
  test.each([
    [
      'takes its share off, rounded up to the Rial for whoever buys',
      { value: 20 },
      { amount: 40_003, discount: 10_001 },
    ],
    ['takes its amount off', { kind: 'amount', value: 10_000 }, {}],
    ['is for its plan', { plan_id: 'basic' }, {}],
    ['is for users', { audience: 'user' }, {}],
    ['is within its window', { starts_at: '2020-01-01', ends_at: '2099-01-01' }, {}],
  ])('%s', async (_what, more, payment) => {
    const plan = 'plan_id' in more && { plan_id: await planId(database(), String(more.plan_id)) };
    const { id } = await newCode({ ...more, ...plan });
    const user_id = await newUser(database());
    await newPayment(database(), { user_id }, 'basic', { ...offered(id), ...payment });
    expect(await usedOf(id)).toBe(1);
  });

  test('takes its share of the whole price, of which a credit is a part', async () => {
    const { id } = await newCode({ value: 20 });
    const user_id = await newUser(database());
    await activate(database(), await newPayment(database(), { user_id }, 'basic'));
    const upgrade = { ...offered(id), kind: 'upgrade', amount: 80_000, credit: 40_000, discount: 30_000 };
    await newPayment(database(), { user_id }, 'advanced', upgrade);
    expect(await usedOf(id)).toBe(1);
  });

  test('is each person’s as often as it says, and everybody’s without a limit', async () => {
    const { id } = await newCode({ per_person: 2 });
    const [one, other] = [await newUser(database()), await newUser(database())];
    const use = (user_id: string) => outcome(newPayment(database(), { user_id }, 'basic', offered(id)));
    expect([await use(one), await use(one), await use(one), await use(other)]).toEqual([
      'ok',
      'ok',
      'ST004',
      'ok',
    ]);
    expect(await usedOf(id)).toBe(3);
  });

  test.each([
    ['code', "'ANOTHER'"],
    ['kind', "'amount'"],
    ['value', '21'],
    ['plan_id', "(SELECT id FROM payment_plans WHERE name = 'basic')"],
    ['audience', "'vendor'"],
    ['starts_at', "'2020-01-01'"],
    ['batch_id', 'gen_random_uuid()'],
  ])('does not change its %s', async (column, value) => {
    const { id } = await newCode();
    expect(
      await outcome(database().query(`UPDATE coupons SET ${column} = ${value} WHERE id = $1`, [id])),
    ).toBe('ST004');
  });
});

describe('a gift code', () => {
  test.each([
    ['that takes something off', {}],
    ['that is retired', { kind: 'gift', audience: 'user', use_limit: 5, retired_at: 'now' }],
    ['that has not begun', { kind: 'gift', audience: 'user', use_limit: 5, starts_at: '2099-01-01' }],
    [
      'whose time is over',
      { kind: 'gift', audience: 'user', use_limit: 5, starts_at: '2020-01-01', ends_at: '2020-02-01' },
    ],
    ['for vendors', { kind: 'gift', audience: 'vendor', use_limit: 5 }],
  ])('%s gives nothing', async (_what, more) => {
    const { id, code } = await newCode(more);
    const user = await newUser(database());
    expect(await outcome(database().query('SELECT redeem_gift($1, NULL, $2)', [user, code]))).toBe('ST004');
    expect(await usedOf(id)).toBe(0);
  });

  test('of seven gives seven times to 64 at once, and each once', async () => {
    const { id, code } = await newCode({ kind: 'gift', value: 3, use_limit: 7, audience: 'user' });
    const users = await Promise.all(Array.from({ length: 32 }, () => newUser(database())));
    const answers = await Promise.all(
      [...users, ...users].map((user) =>
        outcome(database().query('SELECT redeem_gift($1, NULL, $2)', [user, code])),
      ),
    );
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(7);
    const [sum] = await database().query<{ sum: string }>(
      'SELECT sum(free_quota_remaining) AS sum FROM users WHERE id = ANY ($1)',
      [users],
    );
    expect(Number(sum?.sum)).toBe(32 * 2 + 7 * 3);
    expect(await usedOf(id)).toBe(7);
    await expectInvariants(database());
  });

  test('of images is a vendor’s, and no user’s', async () => {
    const { code } = await newCode({ kind: 'gift', value: 4, use_limit: 9, audience: 'vendor' });
    const vendor = await newVendor(database());
    await database().query('SELECT redeem_gift(NULL, $1, $2)', [vendor, code]);
    const [row] = await database().query('SELECT free_gallery_remaining AS free FROM vendors WHERE id = $1', [
      vendor,
    ]);
    expect(row).toEqual({ free: 14 });
    const user = await newUser(database());
    expect(await outcome(database().query('SELECT redeem_gift($1, NULL, $2)', [user, code]))).toBe('ST004');
    await expectInvariants(database());
  });
});

describe('a pack', () => {
  const sell = () =>
    database().query(
      `INSERT INTO payment_plans (name, display_name, term, price_per_month_cents, monthly_conversions_limit)
       VALUES ('pack_ten', 'Ten', 'once', 200000, 10) ON CONFLICT DO NOTHING`,
    );
  const free = async (user: string) =>
    one(
      await database().query<{ free: number; plan: string | null }>(
        `SELECT free_quota_remaining AS free, (SELECT name FROM payment_plans p WHERE p.id = u.plan_id) AS plan FROM users u WHERE id = $1`,
        [user],
      ),
    );

  test('adds once what does not lapse, however often it is activated, and ends no month', async () => {
    await sell();
    const user_id = await newUser(database());
    const month = await activate(database(), await newPayment(database(), { user_id }, 'basic'));
    const payment = await newPayment(database(), { user_id }, 'pack_ten', { kind: 'pack', amount: 200_000 });
    const periods = await Promise.all(Array.from({ length: 16 }, () => activate(database(), payment)));
    expect(new Set(periods).size).toBe(1);
    expect(await free(user_id)).toEqual({ free: 12, plan: 'basic' });
    const [running] = await database().query(
      'SELECT ends_at > now() AS runs FROM subscription_periods WHERE id = $1',
      [month],
    );
    expect(running).toEqual({ runs: true });
    await expectInvariants(database());
  });

  test('that is given back takes what is left of it, and no more', async () => {
    await sell();
    const user_id = await newUser(database());
    const payment = await newPayment(database(), { user_id }, 'pack_ten', { kind: 'pack', amount: 200_000 });
    await activate(database(), payment);
    for (let n = 0; n < 5; n += 1) await convert(database(), user_id);
    await database().query(
      `INSERT INTO payment_refunds (payment_id, method, amount) VALUES ($1, 'transfer', 200000)`,
      [payment],
    );
    expect((await free(user_id)).free).toBe(0);
    await expectInvariants(database());
  });
});
