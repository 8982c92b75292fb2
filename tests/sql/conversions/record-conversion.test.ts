import { describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { buy, convert, newImage, newUser, newVendor, outcome, userQuota } from '../rows.ts';

const database = useTestDatabase();

async function conversionOf(id: string) {
  return one(
    await database().query(
      'SELECT conversion_type, period_id, status, attempts, source_image_id FROM user_conversions WHERE id = $1',
      [id],
    ),
  );
}

/** Fills the running period of a user up to its limit. */
async function exhaustPeriod(userId: string): Promise<void> {
  await database().query(
    'UPDATE subscription_periods SET conversions_used = conversions_limit WHERE user_id = $1',
    [userId],
  );
}

describe('record_conversion', () => {
  test('without a paid period charges a free conversion and leaves it pending', async () => {
    const user = await newUser(database());
    const id = await convert(database(), user);
    expect(await conversionOf(id)).toMatchObject({
      conversion_type: 'free',
      period_id: null,
      status: 'pending',
      attempts: 0,
    });
    expect(await userQuota(database(), user)).toMatchObject({ free_remaining: 1 });
  });

  test('charges the period before the free conversions, because it lapses', async () => {
    const user = await newUser(database());
    const period = await buy(database(), { user_id: user }, 'basic');
    expect(await conversionOf(await convert(database(), user))).toMatchObject({
      conversion_type: 'paid',
      period_id: period,
    });
    expect(await userQuota(database(), user)).toMatchObject({
      free_remaining: 2,
      paid_used: 1,
      paid_remaining: 19,
    });
  });

  test('falls back to the free conversions when the period is used up', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    await exhaustPeriod(user);
    expect(await conversionOf(await convert(database(), user))).toMatchObject({ conversion_type: 'free' });
  });

  test("asked for 'free', leaves the period alone", async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    await convert(database(), user, 'free');
    expect(await userQuota(database(), user)).toMatchObject({ free_remaining: 1, paid_used: 0 });
  });

  test("asked for 'paid', refuses rather than take a free one", async () => {
    const user = await newUser(database());
    expect(await outcome(convert(database(), user, 'paid'))).toBe('ST001');
    await buy(database(), { user_id: user }, 'basic');
    await exhaustPeriod(user);
    expect(await outcome(convert(database(), user, 'paid'))).toBe('ST001');
    expect(await userQuota(database(), user)).toMatchObject({ free_remaining: 2 });
  });

  test("asked for 'free', refuses when there is none, whatever the period holds", async () => {
    const user = await newUser(database(), { free_quota_remaining: 0 });
    await buy(database(), { user_id: user }, 'basic');
    expect(await outcome(convert(database(), user, 'free'))).toBe('ST001');
  });

  test('refuses the third conversion of a free account and charges nothing', async () => {
    const user = await newUser(database());
    await convert(database(), user);
    await convert(database(), user);
    expect(await outcome(convert(database(), user))).toBe('ST001');
    const rows = await database().query('SELECT 1 FROM user_conversions WHERE user_id = $1', [user]);
    expect(rows).toHaveLength(2);
  });

  test('does not charge a period that is over, nor one that has not begun', async () => {
    const user = await newUser(database(), { free_quota_remaining: 0 });
    await buy(database(), { user_id: user }, 'basic');
    await database().unguarded(
      `UPDATE subscription_periods SET anchor_at = now() - interval '2 months', starts_at = now() - interval '2 months',
              ends_at = clock_timestamp() WHERE user_id = $1`,
      [user],
    );
    expect(await outcome(convert(database(), user))).toBe('ST001');
    await database().unguarded(
      `UPDATE subscription_periods SET starts_at = now() + interval '1 hour', ends_at = now() + interval '1 month'
        WHERE user_id = $1`,
      [user],
    );
    expect(await outcome(convert(database(), user))).toBe('ST001');
  });

  test.each([
    ['an unknown account', null, 'ST003'],
    ['an inactive account', { is_active: false }, 'ST002'],
    ['an account whose phone is not verified', { is_phone_verified: false }, 'ST002'],
  ])('refuses %s', async (_what, columns, state) => {
    const user = columns ? await newUser(database(), columns) : '00000000-0000-4000-8000-000000000000';
    for (const type of ['free', 'paid', null] as const) {
      expect(await outcome(convert(database(), user, type))).toBe(state);
    }
  });

  test('refuses an inactive account even when its period could pay', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    await database().query('UPDATE users SET is_active = false WHERE id = $1', [user]);
    expect(await outcome(convert(database(), user))).toBe('ST002');
  });

  test('refuses a type that is neither free nor paid', async () => {
    const user = await newUser(database());
    expect(await outcome(convert(database(), user, 'gift' as 'free'))).toBe('23514');
  });

  test("takes the user's own photo; a stranger's is not theirs, an unknown one not found; nothing is charged", async () => {
    const user = await newUser(database());
    const photo = await newImage(database(), { user_id: user });
    const foreign = await newImage(database(), { user_id: await newUser(database()) });
    const from = (image: string) =>
      database().query<{ id: string }>(
        `SELECT record_conversion(p_user_id => $1, p_conversion_type => NULL, p_input_file_url => '/a',
                                  p_style_name => 'oil', p_source_image_id => $2) AS id`,
        [user, image],
      );
    expect(await outcome(from(foreign))).toBe('ST005');
    expect(await outcome(from('00000000-0000-4000-8000-000000000000'))).toBe('ST003');
    expect(await userQuota(database(), user)).toMatchObject({ free_remaining: 2 });
    const id = one(await from(photo)).id;
    expect(await conversionOf(id)).toMatchObject({ source_image_id: photo });
  });

  test('takes as reference only a public image of an active vendor', async () => {
    const user = await newUser(database());
    const vendor = await newVendor(database());
    const retired = await newVendor(database(), { is_active: false });
    const like = (image: string, style = 'reference') =>
      outcome(
        database().query(`SELECT record_conversion($1, NULL, '/a', $3, NULL, $2)`, [user, image, style]),
      );
    expect(await like(await newImage(database(), { vendor_id: vendor }))).toBe('ST003');
    expect(await like(await newImage(database(), { vendor_id: retired, is_public: true }))).toBe('ST003');
    expect(await like(await newImage(database(), { user_id: user, is_public: true }))).toBe('ST003');
    const open = await newImage(database(), { vendor_id: vendor, is_public: true });
    expect(await like(open, 'oil')).toBe('23514 chk_conversion_reference');
    expect(await userQuota(database(), user)).toMatchObject({ free_remaining: 2 });
    expect(await like(open)).toBe('ok');
  });
});
