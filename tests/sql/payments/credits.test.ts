import { describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { expectInvariants } from '#tests/support/invariants.ts';
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
} from '../rows.ts';
import { plansOf, timeline } from './periods.ts';

const database = useTestDatabase();
const pass = (days: number, owner: string) => database().query(daysGoBy(days, owner));

/** A month in full, beside its payment. */
async function monthOf(period: string) {
  return one(
    await database().query<{
      payment: string;
      starts: string;
      ends: string;
      limit: number;
      images: number;
      used: number;
      runs: boolean;
    }>(
      `SELECT payment_id AS payment, starts_at::text AS starts, ends_at::text AS ends, conversions_limit AS limit,
              images_limit AS images, conversions_used AS used, starts_at <= now() AND ends_at > now() AS runs
         FROM subscription_periods WHERE id = $1`,
      [period],
    ),
  );
}

const refund = async (period: string) =>
  outcome(
    database().query(
      `INSERT INTO payment_refunds (payment_id, method, amount) VALUES ($1, 'transfer', 1000)`,
      [(await monthOf(period)).payment],
    ),
  );

const upgrade = { kind: 'upgrade', amount: 100_000, credit: 50_000 };

describe('giving an upgrade back', () => {
  test('lets the month go on that it was paid with, to its own end and with what is left of it', async () => {
    const user = await newUser(database());
    const basic = await buy(database(), { user_id: user }, 'basic');
    await buy(database(), { user_id: user }, 'basic', { kind: 'renewal' });
    for (let n = 0; n < 5; n += 1) await convert(database(), user);
    await pass(10, user);
    const before = await monthOf(basic);
    const planned = await timeline(database(), user);
    const advanced = await buy(database(), { user_id: user }, 'advanced', { ...upgrade, credit: 20_000 });
    expect(await monthOf(basic)).toMatchObject({ runs: false });
    expect(await refund(advanced)).toBe('ok');
    expect(await monthOf(basic)).toEqual({ ...before, used: 5, runs: true });
    expect(await timeline(database(), user)).toEqual(planned);
    await convert(database(), user);
    expect(await monthOf(basic)).toMatchObject({ used: 6 });
    await expectInvariants(database());
  });

  test('goes back step by step where one upgrade was paid with another', async () => {
    const user = await newUser(database());
    const first = await buy(database(), { user_id: user }, 'basic');
    const whole = await monthOf(first);
    const second = await buy(database(), { user_id: user }, 'advanced', upgrade);
    const third = await buy(database(), { user_id: user }, 'advanced', upgrade);
    // The rest of each went into the next one.
    expect(await refund(first)).toBe('ST004');
    expect(await refund(second)).toBe('ST004');
    expect(await refund(third)).toBe('ok');
    expect(await monthOf(second)).toMatchObject({ runs: true });
    expect(await refund(first)).toBe('ST004');
    expect(await refund(second)).toBe('ok');
    expect(await monthOf(first)).toMatchObject({ runs: true, ends: whole.ends });
    expect(await refund(first)).toBe('ok');
    expect((await timeline(database(), user)).filter(({ until }) => until > 0)).toEqual([]);
    await expectInvariants(database());
  });

  test('brings no month back that would be over, or that was given back itself', async () => {
    const late = await newUser(database());
    await buy(database(), { user_id: late }, 'basic');
    await pass(25, late);
    const advanced = await buy(database(), { user_id: late }, 'advanced', upgrade);
    await pass(10, late);
    expect(await refund(advanced)).toBe('ok');
    expect((await timeline(database(), late)).filter(({ until }) => until > 0)).toEqual([]);

    const free = await newUser(database());
    const basic = await buy(database(), { user_id: free }, 'basic');
    // Nothing was taken off: the first may be given back alone.
    const other = await buy(database(), { user_id: free }, 'advanced', { kind: 'upgrade' });
    expect(await refund(basic)).toBe('ok');
    expect(await refund(other)).toBe('ok');
    expect((await timeline(database(), free)).filter(({ until }) => until > 0)).toEqual([]);
    await expectInvariants(database());
  });

  test('serves a vendor in the same way, and two operators at once', async () => {
    const vendor = await newVendor(database());
    const basic = await buy(database(), { vendor_id: vendor }, 'vendor_pro');
    const pro = await buy(database(), { vendor_id: vendor }, 'vendor_pro', upgrade);
    const said = await Promise.all([refund(pro), refund(pro), refund(basic)]);
    expect(said.filter((text) => text === 'ok').length).toBeGreaterThanOrEqual(1);
    await expectInvariants(database());
  });

  test('is the only way in which a month lasts longer', async () => {
    const user = await newUser(database());
    const basic = await buy(database(), { user_id: user }, 'basic');
    const advanced = await buy(database(), { user_id: user }, 'advanced', upgrade);
    const set = (values: string, period = basic) =>
      outcome(database().query(`UPDATE subscription_periods SET ${values} WHERE id = $1`, [period]));
    expect(await set(`cut_rest = cut_rest + interval '1 day'`)).toBe('ST004');
    expect(await set('replaced_by = NULL, cut_rest = NULL')).toBe('ST004');
    expect(
      await set(`replaced_by = NULL, cut_rest = NULL, ends_at = ends_at + cut_rest + interval '1 hour'`),
    ).toBe('ST004');
    expect(await set(`replaced_by = payment_id, cut_rest = interval '9 days'`, advanced)).toBe('ST004');
  });
});

describe('a credit', () => {
  test('that was used up between the click and the payment shortens what it bought', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic', { conversions_limit: 20 });
    const payment = await newPayment(database(), { user_id: user }, 'advanced', {
      ...upgrade,
      credit: 40_000,
      conversions_limit: 100,
    });
    // Worth 16 of 20: four may be used, and twelve more are not paid with any more.
    for (let n = 0; n < 16; n += 1) await convert(database(), user);
    const advanced = await activate(database(), payment);
    expect(await monthOf(advanced)).toMatchObject({ limit: 88, used: 0, runs: true });
    expect(await activate(database(), payment)).toBe(advanced);
    await expectInvariants(database());
  });

  test('that is still there is whole, whatever was used beside it', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic', { conversions_limit: 20 });
    const payment = await newPayment(database(), { user_id: user }, 'advanced', {
      ...upgrade,
      credit: 25_000,
      conversions_limit: 100,
    });
    for (let n = 0; n < 10; n += 1) await convert(database(), user);
    expect(await monthOf(await activate(database(), payment))).toMatchObject({ limit: 100 });
  });

  test('of a vendor counts in images', async () => {
    const vendor = await newVendor(database());
    await buy(database(), { vendor_id: vendor }, 'vendor_pro', { images_limit: 10, conversions_limit: 0 });
    const payment = await newPayment(database(), { vendor_id: vendor }, 'vendor_pro', {
      ...upgrade,
      images_limit: 100,
      conversions_limit: 0,
    });
    for (let n = 0; n < 6; n += 1) await upload(database(), { vendor_id: vendor });
    const used = one(
      await database().query<{ n: number }>(
        'SELECT sum(images_used)::int AS n FROM subscription_periods WHERE vendor_id = $1',
        [vendor],
      ),
    ).n;
    expect(await monthOf(await activate(database(), payment))).toMatchObject({ images: 100 - used });
  });

  test('spent in two purchases grants the second what was paid for it, and somebody looks', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    const [one, other] = [
      await newPayment(database(), { user_id: user }, 'advanced', { ...upgrade, conversions_limit: 100 }),
      await newPayment(database(), { user_id: user }, 'advanced', { ...upgrade, conversions_limit: 100 }),
    ];
    expect(await monthOf(await activate(database(), one))).toMatchObject({ limit: 100 });
    const second = await activate(database(), other);
    expect(await monthOf(second)).toMatchObject({ limit: 67, runs: false });
    const concerns = await database().query('SELECT reason FROM payment_concerns WHERE payment_id = $1', [
      other,
    ]);
    expect(concerns).toEqual([{ reason: 'credit_period_over' }]);
    await expectInvariants(database());
    // The first purchase has the month, so its end alone brings it back.
    expect(await refund(second)).toBe('ok');
    expect(plansOf((await timeline(database(), user)).filter(({ until }) => until > 0))).toEqual([
      'advanced',
    ]);
    await expectInvariants(database());
  });

  test('given back before the purchase was paid grants what was paid for it', async () => {
    const user = await newUser(database());
    const basic = await buy(database(), { user_id: user }, 'basic');
    const payment = await newPayment(database(), { user_id: user }, 'advanced', {
      ...upgrade,
      conversions_limit: 100,
    });
    expect(await refund(basic)).toBe('ok');
    const advanced = await activate(database(), payment);
    expect(await monthOf(advanced)).toMatchObject({ limit: 67, runs: true });
    expect(
      await database().query('SELECT reason FROM payment_concerns WHERE payment_id = $1', [payment]),
    ).toEqual([{ reason: 'credit_period_over' }]);
    expect(await refund(advanced)).toBe('ok');
    expect((await timeline(database(), user)).filter(({ until }) => until > 0)).toEqual([]);
    await expectInvariants(database());
  });

  test('of a month that ended by itself meanwhile counts once', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    const late = { ...upgrade, conversions_limit: 100 };
    const one = await newPayment(database(), { user_id: user }, 'advanced', late);
    const other = await newPayment(database(), { user_id: user }, 'advanced', late);
    await pass(40, user);
    expect(await monthOf(await activate(database(), one))).toMatchObject({ limit: 100 });
    expect(await monthOf(await activate(database(), other))).toMatchObject({ limit: 67 });
    await expectInvariants(database());
  });
});

test('a card is kept with its first six digits and its last four, whatever was said', async () => {
  const user = await newUser(database());
  for (const [said, kept] of [
    ['6037991122334455', '603799******4455'],
    ['6037-9911-2233-4455', '603799******4455'],
    ['603799******4455', '603799******4455'],
    ['60379911****4455', '603799******4455'],
    ['6037991122334455667', '603799*********5667'],
  ]) {
    const payment = await newPayment(database(), { user_id: user }, 'basic');
    await database().query('SELECT activate_payment($1, $2, $3)', [payment, null, said]);
    const rows = await database().query('SELECT gateway_card_number AS card FROM payments WHERE id = $1', [
      payment,
    ]);
    expect(rows, said).toEqual([{ card: kept }]);
  }
});
