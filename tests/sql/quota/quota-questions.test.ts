import { describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { buy, convert, newImage, newPayment, newUser, newVendor, outcome, upload } from '../rows.ts';

const database = useTestDatabase();
const nobody = '00000000-0000-4000-8000-000000000000';

async function ask(text: string, values: unknown[]): Promise<unknown> {
  return one(await database().query<{ answer: unknown }>(`SELECT ${text} AS answer`, values)).answer;
}

describe('get_user_quota_status', () => {
  test('speaks of the free plan while there is no period', async () => {
    const rows = await database().query('SELECT * FROM get_user_quota_status($1)', [
      await newUser(database()),
    ]);
    expect(rows).toEqual([
      {
        plan_name: 'free',
        free_remaining: 2,
        paid_limit: 0,
        paid_used: 0,
        paid_remaining: 0,
        total_remaining: 2,
        images_limit: 5,
        images_used: 0,
        images_remaining: 5,
        period_start: null,
        period_end: null,
      },
    ]);
  });

  test('speaks of the paid plan while its period runs', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'advanced');
    await convert(database(), user);
    await upload(database(), { user_id: user });
    const row = one(await database().query('SELECT * FROM get_user_quota_status($1)', [user]));
    expect(row).toMatchObject({
      plan_name: 'advanced',
      free_remaining: 2,
      paid_limit: 100,
      paid_used: 1,
      paid_remaining: 99,
      total_remaining: 101,
      images_limit: 200,
      images_used: 1,
      images_remaining: 199,
    });
    expect((row.period_end as Date).getTime()).toBeGreaterThan((row.period_start as Date).getTime());
  });

  test('does not know an unknown account', async () => {
    expect(await outcome(database().query('SELECT * FROM get_user_quota_status($1)', [nobody]))).toBe(
      'ST003',
    );
    expect(await outcome(database().query('SELECT * FROM get_vendor_quota_status($1)', [nobody]))).toBe(
      'ST003',
    );
  });
});

test('get_vendor_quota_status counts the free gallery and the period', async () => {
  const vendor = await newVendor(database(), { free_gallery_remaining: 0 });
  expect(await database().query('SELECT * FROM get_vendor_quota_status($1)', [vendor])).toMatchObject([
    { plan_name: 'vendor_free', free_remaining: 0, paid_limit: 0, total_remaining: 0, period_start: null },
  ]);
  await buy(database(), { vendor_id: vendor }, 'vendor_pro');
  await upload(database(), { vendor_id: vendor });
  expect(await database().query('SELECT * FROM get_vendor_quota_status($1)', [vendor])).toMatchObject([
    {
      plan_name: 'vendor_pro',
      free_remaining: 0,
      paid_limit: 500,
      paid_used: 1,
      paid_remaining: 499,
      total_remaining: 499,
    },
  ]);
});

describe('can_user_convert', () => {
  const can = (user: string, type: string | null) => ask('can_user_convert($1, $2)', [user, type]);

  test('answers for each pool and for either', async () => {
    const user = await newUser(database());
    expect([await can(user, 'free'), await can(user, 'paid'), await can(user, null)]).toEqual([
      true,
      false,
      true,
    ]);
    const payer = await newUser(database(), { free_quota_remaining: 0 });
    await buy(database(), { user_id: payer }, 'basic');
    expect([await can(payer, 'free'), await can(payer, 'paid'), await can(payer, null)]).toEqual([
      false,
      true,
      true,
    ]);
    const spent = await newUser(database(), { free_quota_remaining: 0 });
    expect([await can(spent, 'free'), await can(spent, 'paid'), await can(spent, null)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('is false for an unknown, inactive or unverified account', async () => {
    expect(await can(nobody, null)).toBe(false);
    expect(await can(await newUser(database(), { is_active: false }), null)).toBe(false);
    expect(await can(await newUser(database(), { is_phone_verified: false }), null)).toBe(false);
  });
});

describe('can_vendor_upload_image', () => {
  const can = (vendor: string, free: boolean | null) =>
    ask('can_vendor_upload_image($1, $2)', [vendor, free]);

  test('answers for each pool and for either', async () => {
    const vendor = await newVendor(database());
    expect([await can(vendor, true), await can(vendor, false), await can(vendor, null)]).toEqual([
      true,
      false,
      true,
    ]);
    const payer = await newVendor(database(), { free_gallery_remaining: 0 });
    await buy(database(), { vendor_id: payer }, 'vendor_pro');
    expect([await can(payer, true), await can(payer, false), await can(payer, null)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  test('is false for an unknown, inactive or unverified account', async () => {
    expect(await can(nobody, true)).toBe(false);
    expect(await can(await newVendor(database(), { is_active: false }), true)).toBe(false);
    expect(await can(await newVendor(database(), { is_phone_verified: false }), true)).toBe(false);
  });
});

test('get_system_stats counts accounts, work, files and money net of refunds', async () => {
  type Stats = Record<string, string>;
  const stats = async () => one(await database().query<Stats>('SELECT * FROM get_system_stats()'));
  const before = await stats();
  const user = await newUser(database());
  await newUser(database(), { is_active: false });
  await newVendor(database());
  await newImage(database(), { user_id: user, file_size: 1000 });
  await convert(database(), user);
  await newPayment(database(), { user_id: user }, 'basic');
  await buy(database(), { user_id: user }, 'basic', { amount: 70_000 });
  await database().query(
    `INSERT INTO payment_refunds (payment_id, method, amount)
     SELECT id, 'transfer', 20000 FROM payments WHERE user_id = $1 AND status = 'completed'`,
    [user],
  );
  const after = await stats();
  const grown = Object.fromEntries(
    Object.entries(after)
      .map(([name, value]) => [name, Number(value) - Number(before[name])] as const)
      .filter(([, by]) => by !== 0),
  );
  expect(grown).toEqual({
    total_users: 2,
    active_users: 1,
    total_vendors: 1,
    active_vendors: 1,
    total_conversions: 1,
    pending_conversions: 1,
    total_images: 1,
    user_images: 1,
    storage_bytes: 1000,
    total_payments: 2,
    pending_payments: 1,
    completed_payments: 1,
    total_revenue: 50_000,
    conversions_last_24h: 1,
    conversions_last_30d: 1,
    revenue_last_24h: 50_000,
    revenue_last_30d: 50_000,
  });
});
