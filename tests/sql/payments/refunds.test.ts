import { describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { expectInvariants } from '#tests/support/invariants.ts';
import { activate, buy, newPayment, newUser, outcome, userQuota } from '../rows.ts';
import { plansOf, shownPlan, timeline } from './periods.ts';

const database = useTestDatabase();

describe('a payment', () => {
  test('is frozen when it is made', async () => {
    const user = await newUser(database());
    const payment = await newPayment(database(), { user_id: user }, 'basic');
    const changes = [
      'amount = 1',
      'credit = 1',
      `kind = 'upgrade'`,
      'conversions_limit = 9',
      'images_limit = 9',
    ];
    changes.push(`plan_id = (SELECT id FROM payment_plans WHERE name = 'advanced')`);
    changes.push(`user_id = '${await newUser(database())}'`);
    for (const set of changes) {
      const change = database().query(`UPDATE payments SET ${set} WHERE id = $1`, [payment]);
      expect(await outcome(change), set).toBe('ST004');
    }
    const handed = database().query(`UPDATE payments SET gateway_track_id = 'A77' WHERE id = $1`, [payment]);
    expect(await outcome(handed)).toBe('ok');
  });

  test('expires after thirty minutes unless it says otherwise', async () => {
    const payment = await newPayment(database(), { user_id: await newUser(database()) }, 'basic');
    const rows = await database().query(
      `SELECT round(extract(epoch FROM expires_at - created_at))::int AS seconds FROM payments WHERE id = $1`,
      [payment],
    );
    expect(rows).toEqual([{ seconds: 1800 }]);
  });

  test("cannot be credited for another account's period", async () => {
    const stranger = await newUser(database());
    const period = await buy(database(), { user_id: stranger }, 'basic');
    const user = await newUser(database());
    const stolen = newPayment(database(), { user_id: user }, 'advanced', {
      kind: 'upgrade',
      replaces_period_id: period,
    });
    expect(await outcome(stolen)).toBe('ST005');
  });
});

describe('a refund', () => {
  const refund = (payment: string) =>
    outcome(
      database().query(
        `INSERT INTO payment_refunds (payment_id, method, amount) VALUES ($1, 'transfer', 1000)`,
        [payment],
      ),
    );
  const paymentOf = async (period: string) =>
    one(
      await database().query<{ id: string }>(
        'SELECT payment_id AS id FROM subscription_periods WHERE id = $1',
        [period],
      ),
    ).id;

  test('ends the month that runs now, and the account shows it', async () => {
    const user = await newUser(database());
    const payment = await paymentOf(await buy(database(), { user_id: user }, 'basic'));
    expect(await refund(payment)).toBe('ok');
    expect(await userQuota(database(), user)).toMatchObject({ plan_name: 'free', paid_remaining: 0 });
    expect(await shownPlan(database(), user)).toBeNull();
    expect(await refund(payment)).toBe('23505 payment_refunds_end_key');
  });

  test('voids a month ahead: an empty range, and what follows can be bought again', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    const ahead = await buy(database(), { user_id: user }, 'advanced', { kind: 'renewal' });
    expect(await refund(await paymentOf(ahead))).toBe('ok');
    const rows = await database().query(
      'SELECT starts_at = ends_at AS empty FROM subscription_periods WHERE id = $1',
      [ahead],
    );
    expect(rows).toEqual([{ empty: true }]);
    await buy(database(), { user_id: user }, 'basic', { kind: 'renewal' });
    expect(plansOf(await timeline(database(), user))).toEqual(['basic', 'basic']);
  });

  test('is of a completed payment only, and its own account', async () => {
    const user = await newUser(database());
    const pending = await newPayment(database(), { user_id: user }, 'basic');
    expect(await refund(pending)).toBe('ST004');
    expect(await refund('00000000-0000-4000-8000-000000000000')).toBe('ST003');
    const payment = await paymentOf(await buy(database(), { user_id: user }, 'basic'));
    const foreign = database().query(
      `INSERT INTO payment_refunds (payment_id, user_id, method, amount) VALUES ($1, $2, 'transfer', 1)`,
      [payment, await newUser(database())],
    );
    expect(await outcome(foreign)).toBe('ST005');
  });

  test('made twice at once happens once', async () => {
    const user = await newUser(database());
    const payment = await paymentOf(await buy(database(), { user_id: user }, 'basic'));
    const said = await Promise.all([refund(payment), refund(payment)]);
    expect(said.toSorted()).toEqual(['23505', 'ok'].toSorted().map((text) => expect.stringContaining(text)));
  });

  const part = (payment: string, amount: number, ends = false) =>
    outcome(
      database().query(
        `INSERT INTO payment_refunds (payment_id, method, amount, ends_purchase) VALUES ($1, 'transfer', $2, $3)`,
        [payment, amount, ends],
      ),
    );

  test('of a part leaves the month as it is; with the last Rial it ends', async () => {
    const user = await newUser(database());
    const period = await buy(database(), { user_id: user }, 'basic', { amount: 50_000 });
    const payment = await paymentOf(period);
    const before = await timeline(database(), user);
    expect(await part(payment, 20_000)).toBe('ok');
    expect(await part(payment, 10_000)).toBe('ok');
    expect(await timeline(database(), user)).toEqual(before);
    expect(await part(payment, 20_001, true)).toBe('23514 chk_refund_amount');
    expect(await part(payment, 20_000)).toBe('ST004');
    expect(await shownPlan(database(), user)).toBe('basic');
    expect(await part(payment, 20_000, true)).toBe('ok');
    expect(await shownPlan(database(), user)).toBeNull();
    expect(await part(payment, 1)).toBe('23514 chk_refund_amount');
    await expectInvariants(database());
  });

  test('of a part may end the month, once, and more of the money may follow', async () => {
    const user = await newUser(database());
    const payment = await paymentOf(await buy(database(), { user_id: user }, 'basic', { amount: 50_000 }));
    expect(await part(payment, 20_000, true)).toBe('ok');
    expect(await shownPlan(database(), user)).toBeNull();
    expect(await part(payment, 10_000, true)).toBe('23505 payment_refunds_end_key');
    expect(await part(payment, 30_000)).toBe('ok');
    await expectInvariants(database());
  });

  test('of 40 parts at once never gives back more than was paid', async () => {
    const user = await newUser(database());
    const payment = await paymentOf(await buy(database(), { user_id: user }, 'basic', { amount: 50_000 }));
    const said = await Promise.all(Array.from({ length: 40 }, () => part(payment, 3000)));
    expect(said.filter((one) => one === 'ok')).toHaveLength(16);
    expect(new Set(said)).toEqual(new Set(['ok', '23514 chk_refund_amount']));
    await expectInvariants(database());
  });

  test('of a part is not of the rest that went into another purchase, and a later one counts what was kept', async () => {
    const user = await newUser(database());
    const old = await buy(database(), { user_id: user }, 'basic', { amount: 50_000, conversions_limit: 30 });
    const payment = await paymentOf(old);
    // Begun while all of the money was there, and paid when half of it had gone back.
    const upgrade = { kind: 'upgrade', amount: 60_000, credit: 40_000, conversions_limit: 100 };
    const next = await newPayment(database(), { user_id: user }, 'advanced', {
      ...upgrade,
      replaces_period_id: old,
    });
    expect(await part(payment, 25_000)).toBe('ok');
    await activate(database(), next);
    // 40,000 of the 25,000 that were kept: 48 of 30 conversions would have to be left, so 18 fewer are granted.
    const [bought] = await database().query(
      'SELECT conversions_limit AS n FROM subscription_periods WHERE payment_id = $1',
      [next],
    );
    expect(bought).toEqual({ n: 82 });
    expect(await part(payment, 1000)).toBe('ST004');
    expect(await part(next, 1000)).toBe('ok');
    await expectInvariants(database());
  });

  test('has a correction of its invoice for each part, whose VAT adds up', async () => {
    await database().query(
      `INSERT INTO book_terms (starts_at, vat_rate, seller) VALUES (clock_timestamp(), 1000, '{"name": "Seller"}')`,
    );
    const user = await newUser(database());
    const payment = await paymentOf(await buy(database(), { user_id: user }, 'basic', { amount: 50_000 }));
    for (const amount of [16_667, 16_667]) expect(await part(payment, amount)).toBe('ok');
    expect(await part(payment, 16_666, true)).toBe('ok');
    const sums = await database().query(
      `SELECT kind, count(*)::int, sum(amount)::int AS amount, sum(vat)::int AS vat FROM invoices
       WHERE payment_id = $1 GROUP BY kind ORDER BY kind`,
      [payment],
    );
    expect(sums).toEqual([
      { kind: 'correction', count: 3, amount: 50_000, vat: 4545 },
      { kind: 'sale', count: 1, amount: 50_000, vat: 4545 },
    ]);
    await expectInvariants(database());
  });

  test('moves from pending to its end, and a completed one is final', async () => {
    const user = await newUser(database());
    const payment = await paymentOf(await buy(database(), { user_id: user }, 'basic'));
    await refund(payment);
    const move = (set: string) =>
      outcome(database().query(`UPDATE payment_refunds SET ${set} WHERE payment_id = $1`, [payment]));
    expect(await move(`state = 'failed'`)).toBe('ok');
    expect(await move(`state = 'completed'`)).toBe('ok');
    expect(await move(`state = 'pending'`)).toBe('ST004');
    expect(await move('amount = 5')).toBe('ST004');
  });
});
