import { describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { buy, newUser, newVendor, outcome, upload, userQuota } from '../rows.ts';

const database = useTestDatabase();

async function imageOf(id: string) {
  return one(
    await database().query(
      'SELECT type, quota_pool, period_id, user_id, vendor_id FROM images WHERE id = $1',
      [id],
    ),
  );
}

async function galleryLeft(vendorId: string): Promise<number> {
  const rows = await database().query<{ free_remaining: number }>(
    'SELECT free_remaining FROM get_vendor_quota_status($1)',
    [vendorId],
  );
  return one(rows).free_remaining;
}

describe("record_image_upload of a user's photo", () => {
  test('opens the free period of a month at the first upload and counts in it', async () => {
    const user = await newUser(database());
    const id = await upload(database(), { user_id: user });
    const period = one(
      await database().query(
        `SELECT id, images_limit, images_used, conversions_limit, payment_id,
                ends_at = period_month(starts_at, 1) AS is_month
           FROM subscription_periods WHERE user_id = $1`,
        [user],
      ),
    );
    expect(period).toMatchObject({
      images_limit: 5,
      images_used: 1,
      conversions_limit: 0,
      payment_id: null,
      is_month: true,
    });
    expect(await imageOf(id)).toMatchObject({ type: 'user', quota_pool: 'period', period_id: period.id });
  });

  test('refuses the sixth photo of a free month', async () => {
    const user = await newUser(database());
    for (let n = 0; n < 5; n += 1) await upload(database(), { user_id: user });
    expect(await outcome(upload(database(), { user_id: user }))).toBe('ST001');
    expect(await userQuota(database(), user)).toMatchObject({ images_used: 5, images_remaining: 0 });
  });

  test('opens a new free period when the last one is over', async () => {
    const user = await newUser(database());
    for (let n = 0; n < 5; n += 1) await upload(database(), { user_id: user });
    await database().query(
      `UPDATE subscription_periods SET anchor_at = anchor_at - interval '40 days',
              starts_at = starts_at - interval '40 days', ends_at = ends_at - interval '40 days' WHERE user_id = $1`,
      [user],
    );
    await upload(database(), { user_id: user });
    expect(await userQuota(database(), user)).toMatchObject({ images_used: 1, images_remaining: 4 });
  });

  test('counts in the paid period while it runs', async () => {
    const user = await newUser(database());
    const period = await buy(database(), { user_id: user }, 'basic');
    const id = await upload(database(), { user_id: user });
    expect(await imageOf(id)).toMatchObject({ period_id: period });
    expect(await userQuota(database(), user)).toMatchObject({ images_used: 1, images_remaining: 49 });
  });

  test('a free period gives way to a paid one that begins within the month', async () => {
    const user = await newUser(database());
    await buy(database(), { user_id: user }, 'basic');
    await database().unguarded(
      `UPDATE subscription_periods SET anchor_at = now() + interval '3 days', starts_at = now() + interval '3 days',
              ends_at = now() + interval '33 days' WHERE user_id = $1`,
      [user],
    );
    await upload(database(), { user_id: user });
    const rows = await database().query(
      `SELECT (ends_at - now() < interval '4 days') AS ends_before_the_paid_one FROM subscription_periods
        WHERE user_id = $1 AND payment_id IS NULL`,
      [user],
    );
    expect(rows).toEqual([{ ends_before_the_paid_one: true }]);
  });

  test('a purged photo does not come back to the period', async () => {
    const user = await newUser(database());
    const id = await upload(database(), { user_id: user });
    await database().query('DELETE FROM images WHERE id = $1', [id]);
    expect(await userQuota(database(), user)).toMatchObject({ images_used: 1 });
  });
});

describe("record_image_upload of a vendor's image", () => {
  test('takes the free gallery first, then the period, then refuses', async () => {
    const vendor = await newVendor(database(), { free_gallery_remaining: 1 });
    expect(await imageOf(await upload(database(), { vendor_id: vendor }))).toMatchObject({
      quota_pool: 'free',
      period_id: null,
    });
    expect(await outcome(upload(database(), { vendor_id: vendor }))).toBe('ST001');
    const period = await buy(database(), { vendor_id: vendor }, 'vendor_pro', { images_limit: 1 });
    expect(await imageOf(await upload(database(), { vendor_id: vendor }))).toMatchObject({
      quota_pool: 'period',
      period_id: period,
    });
    expect(await outcome(upload(database(), { vendor_id: vendor }))).toBe('ST001');
  });

  test('a purged image gives its free slot back; one of a period does not', async () => {
    const vendor = await newVendor(database(), { free_gallery_remaining: 1 });
    const free = await upload(database(), { vendor_id: vendor });
    const period = await buy(database(), { vendor_id: vendor }, 'vendor_pro');
    const paid = await upload(database(), { vendor_id: vendor });
    await database().query('DELETE FROM images WHERE id = ANY ($1)', [[free, paid]]);
    expect(await galleryLeft(vendor)).toBe(1);
    const rows = await database().query('SELECT images_used FROM subscription_periods WHERE id = $1', [
      period,
    ]);
    expect(rows).toEqual([{ images_used: 1 }]);
  });

  test('deleting the vendor for good takes everything with it', async () => {
    const vendor = await newVendor(database());
    await upload(database(), { vendor_id: vendor });
    await buy(database(), { vendor_id: vendor }, 'vendor_pro');
    expect(await outcome(database().query('DELETE FROM vendors WHERE id = $1', [vendor]))).toBe('ok');
  });
});

describe('record_image_upload', () => {
  test('does not charge a result', async () => {
    const user = await newUser(database());
    const rows = await database().query<{ id: string }>(
      `SELECT record_image_upload($1, NULL, 'result', 'r.jpg', '/r', '/t', 10, 'image/jpeg', 4, 3, false, '{a,b}', '{"k": 1}') AS id`,
      [user],
    );
    const saved = one(
      await database().query(
        'SELECT quota_pool, width, height, tags, metadata, thumbnail_url FROM images WHERE id = $1',
        [one(rows).id],
      ),
    );
    expect(saved).toEqual({
      quota_pool: null,
      width: 4,
      height: 3,
      tags: ['a', 'b'],
      metadata: { k: 1 },
      thumbnail_url: '/t',
    });
    expect(await userQuota(database(), user)).toMatchObject({ images_used: 0 });
  });

  test.each([
    ['an unknown account', null, 'ST003'],
    ['an inactive account', { is_active: false }, 'ST002'],
    ['an account whose phone is not verified', { is_phone_verified: false }, 'ST002'],
  ])('refuses %s', async (_what, columns, state) => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    const user = columns ? await newUser(database(), columns) : nobody;
    const vendor = columns ? await newVendor(database(), columns) : nobody;
    expect(await outcome(upload(database(), { user_id: user }))).toBe(state);
    expect(await outcome(upload(database(), { vendor_id: vendor }))).toBe(state);
  });

  test('an image that the table refuses charges nothing', async () => {
    const user = await newUser(database());
    const refused = database().query(
      `SELECT record_image_upload($1, NULL, 'user', 'a', '/a', NULL, -1, 'image/png')`,
      [user],
    );
    expect(await outcome(refused)).toBe('23514 chk_image_size');
    expect(await userQuota(database(), user)).toMatchObject({ images_used: 0 });
    const wrongOwner = database().query(
      `SELECT record_image_upload($1, $2, 'vendor', 'a', '/a', NULL, 1, 'image/png')`,
      [user, await newVendor(database())],
    );
    expect(await outcome(wrongOwner)).toBe('23514 chk_image_ownership');
  });
});
