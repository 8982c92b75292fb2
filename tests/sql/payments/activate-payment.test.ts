import { describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import {
  activate,
  buy,
  convert,
  daysGoBy,
  newPayment,
  newUser,
  newVendor,
  outcome,
  upload,
  userQuota,
} from '../rows.ts';
import { plansOf, shownPlan, timeline } from './periods.ts';

const database = useTestDatabase();

const pass = (owner: string, days: number) => database().query(daysGoBy(days, owner));

async function paymentRow(id: string) {
  return one(await database().query('SELECT * FROM payments WHERE id = $1', [id]));
}

describe('activate_payment', () => {
  test('opens a month that starts now, with what was frozen on the payment', async () => {
    const user = await newUser(database());
    const payment = await newPayment(database(), { user_id: user }, 'basic');
    await database().query(`UPDATE payment_plans SET monthly_conversions_limit = 1 WHERE name = 'basic'`);
    const period = await activate(database(), payment);
    await database().query(`UPDATE payment_plans SET monthly_conversions_limit = 20 WHERE name = 'basic'`);
    const row = one(await database().query('SELECT * FROM subscription_periods WHERE id = $1', [period]));
    expect(row).toMatchObject({
      user_id: user,
      payment_id: payment,
      conversions_limit: 20,
      images_limit: 50,
    });
    expect((await timeline(database(), user)).map(({ from }) => from)).toEqual([0]);
    expect(await paymentRow(payment)).toMatchObject({ status: 'completed', attention_reason: null });
    expect((await paymentRow(payment)).paid_at).not.toBeNull();
    expect(await shownPlan(database(), user)).toBe('basic');
  });

  test('called again changes nothing and answers with the same period, also many times at once', async () => {
    const user = await newUser(database());
    const payment = await newPayment(database(), { user_id: user }, 'basic');
    const callers = await Promise.all(Array.from({ length: 16 }, () => database().connect()));
    const answers = await Promise.all(
      callers.map(async (client) => {
        const { rows } = await client.query<{ id: string }>(
          `SELECT activate_payment($1, 'ref', 'card') AS id`,
          [payment],
        );
        return rows[0]?.id;
      }),
    );
    expect(new Set(answers).size).toBe(1);
    const before = await paymentRow(payment);
    await database().query(`SELECT activate_payment($1, 'other', 'other')`, [payment]);
    expect(await paymentRow(payment)).toEqual(before);
    expect(before).toMatchObject({ gateway_ref_number: 'ref', gateway_card_number: 'card' });
    expect(await timeline(database(), user)).toHaveLength(1);
  });

  test('does not know an unknown payment', async () => {
    expect(await outcome(activate(database(), '00000000-0000-4000-8000-000000000000'))).toBe('ST003');
  });

  test('ends the free period that runs and keeps what was charged to it', async () => {
    const user = await newUser(database());
    await upload(database(), { user_id: user });
    await buy(database(), { user_id: user }, 'basic');
    const periods = await timeline(database(), user);
    expect(plansOf(periods)).toEqual(['free', 'basic']);
    expect(periods[0]?.ends_at).toEqual(periods[1]?.starts_at);
    expect(await userQuota(database(), user)).toMatchObject({ plan_name: 'basic', images_used: 0 });
  });

  test('appends a renewal to the month that runs, and a further one to that', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    await pass(user, 10);
    await buy(database(), { user_id: user }, 'basic', { kind: 'renewal' });
    await buy(database(), { user_id: user }, 'basic', { kind: 'renewal' });
    const periods = await timeline(database(), user);
    expect(periods).toHaveLength(3);
    expect(periods[0]?.from).toBe(-10);
    expect(periods[1]?.starts_at).toEqual(periods[0]?.ends_at);
    expect(periods[2]?.starts_at).toEqual(periods[1]?.ends_at);
    expect(await userQuota(database(), user)).toMatchObject({ paid_remaining: 20 });
  });

  test('starts a renewal now when the month has ended in the meantime', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    await pass(user, 40);
    await buy(database(), { user_id: user }, 'basic', { kind: 'renewal' });
    expect((await timeline(database(), user)).map(({ from }) => from)).toEqual([-40, 0]);
  });

  test('an upgrade ends the month that runs and starts now', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    await convert(database(), user);
    await pass(user, 10);
    await buy(database(), { user_id: user }, 'advanced', { kind: 'upgrade', credit: 20_000 });
    const periods = await timeline(database(), user);
    expect(periods).toMatchObject([
      { plan: 'basic', from: -10, until: 0 },
      { plan: 'advanced', from: 0 },
    ]);
    expect(await userQuota(database(), user)).toMatchObject({
      plan_name: 'advanced',
      paid_used: 0,
      paid_remaining: 100,
    });
    expect(await shownPlan(database(), user)).toBe('advanced');
  });

  test('an upgrade shifts what was paid ahead behind itself, whole months in their order', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    await buy(database(), { user_id: user }, 'basic', { kind: 'renewal' });
    await buy(database(), { user_id: user }, 'basic', { kind: 'renewal' });
    await pass(user, 10);
    await buy(database(), { user_id: user }, 'advanced', { kind: 'upgrade' });
    const periods = await timeline(database(), user);
    expect(plansOf(periods)).toEqual(['basic', 'advanced', 'basic', 'basic']);
    expect(periods[1]?.from).toBe(0);
    for (const [n, period] of periods.slice(1).entries()) {
      expect(period.starts_at).toEqual(periods[n]?.ends_at);
    }
    const rows = await database().query<{ whole: boolean }>(
      `SELECT bool_and(ends_at >= starts_at + interval '28 days') AS whole FROM subscription_periods
        WHERE user_id = $1 AND ends_at > now()`,
      [user],
    );
    expect(rows).toEqual([{ whole: true }]);
  });

  test('a downgrade begins when the month that runs is over', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'advanced');
    await buy(database(), { user_id: user }, 'basic', { kind: 'downgrade' });
    const periods = await timeline(database(), user);
    expect(plansOf(periods)).toEqual(['advanced', 'basic']);
    expect(await shownPlan(database(), user)).toBe('advanced');
    await pass(user, 32);
    await database().query('SELECT refresh_account_plans()');
    expect(await shownPlan(database(), user)).toBe('basic');
    await pass(user, 62);
    await database().query('SELECT refresh_account_plans()');
    expect(await shownPlan(database(), user)).toBeNull();
  });

  test('a downgrade that was credited replaces the month that runs', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'advanced');
    await pass(user, 25);
    await buy(database(), { user_id: user }, 'basic', { kind: 'downgrade', credit: 25_000, amount: 25_000 });
    expect(await timeline(database(), user)).toMatchObject([
      { plan: 'advanced', until: 0 },
      { plan: 'basic', from: 0 },
    ]);
  });

  test('a first purchase made twice loses nothing: the second is appended', async () => {
    const user = await newUser(database());
    const first = await newPayment(database(), { user_id: user }, 'basic');
    const second = await newPayment(database(), { user_id: user }, 'advanced');
    await activate(database(), first);
    await activate(database(), second);
    expect(plansOf(await timeline(database(), user))).toEqual(['basic', 'advanced']);
  });

  test('an upgrade made twice is appended once, and a person looks at the credit spent twice', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    const upgrade = { kind: 'upgrade', credit: 20_000 };
    const first = await newPayment(database(), { user_id: user }, 'advanced', upgrade);
    const second = await newPayment(database(), { user_id: user }, 'advanced', upgrade);
    await activate(database(), first);
    await activate(database(), second);
    const ahead = (await timeline(database(), user)).filter(({ until }) => until > 0);
    expect(ahead).toMatchObject([{ from: 0 }, { plan: 'advanced' }]);
    expect(ahead[1]?.starts_at).toEqual(ahead[0]?.ends_at);
    expect(await paymentRow(first)).toMatchObject({ attention_reason: null });
    expect(await paymentRow(second)).toMatchObject({ attention_reason: 'credit_period_over' });
  });

  test('money that the gateway confirms late still counts; a completed payment is final', async () => {
    const user = await newUser(database());
    for (const status of ['failed', 'cancelled', 'expired']) {
      const payment = await newPayment(database(), { user_id: user }, 'basic');
      await database().query('UPDATE payments SET status = $2 WHERE id = $1', [payment, status]);
      await activate(database(), payment);
      expect(await paymentRow(payment)).toMatchObject({ status: 'completed' });
      for (const other of ['pending', 'failed', 'cancelled', 'expired']) {
        const change = database().query('UPDATE payments SET status = $2 WHERE id = $1', [payment, other]);
        expect(await outcome(change)).toBe('ST004');
      }
    }
    expect(await timeline(database(), user)).toHaveLength(3);
  });

  test('a payment of an account that is not active is marked for a person', async () => {
    const user = await newUser(database());
    const payment = await newPayment(database(), { user_id: user }, 'basic');
    await database().query('UPDATE users SET is_active = false WHERE id = $1', [user]);
    await activate(database(), payment);
    expect(await paymentRow(payment)).toMatchObject({
      status: 'completed',
      attention_reason: 'account_inactive',
    });
  });

  test('serves vendors in the same way', async () => {
    const vendor = await newVendor(database());
    await buy(database(), { vendor_id: vendor }, 'vendor_pro');
    await buy(database(), { vendor_id: vendor }, 'vendor_pro', { kind: 'renewal' });
    expect(plansOf(await timeline(database(), vendor))).toEqual(['vendor_pro', 'vendor_pro']);
    const rows = await database().query(
      'SELECT p.name FROM vendors v JOIN payment_plans p ON p.id = v.plan_id WHERE v.id = $1',
      [vendor],
    );
    expect(rows).toEqual([{ name: 'vendor_pro' }]);
  });

  test('many payments of one account at once make one period each, none overlapping', async () => {
    const user = await newUser(database());
    const kinds = ['new', 'renewal', 'upgrade', 'downgrade'];
    const payments = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        newPayment(database(), { user_id: user }, n % 2 ? 'basic' : 'advanced', { kind: kinds[n % 4] }),
      ),
    );
    const said = await outcome(
      Promise.all(
        payments.map(async (payment) => {
          const client = await database().connect();
          await client.query('SELECT activate_payment($1)', [payment]);
        }),
      ),
    );
    expect(said).toBe('ok');
    const rows = await database().query('SELECT 1 FROM subscription_periods WHERE user_id = $1', [user]);
    expect(rows).toHaveLength(12);
  });
});
