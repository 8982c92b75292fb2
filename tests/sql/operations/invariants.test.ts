import fc from 'fast-check';
import type pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { invariants } from '#lib/db/invariants.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { buy, daysGoBy, newAlbum, newPayment, newUser, newVendor } from '../rows.ts';

const database = useTestDatabase();
const runs = process.env.TEST_FULL ? 150 : 25;

/** Everything that happens to accounts, as statements that may be refused. `$pick` chooses among existing rows. */
const operations = {
  convert: `SELECT record_conversion($user, NULL, '/a', 'oil')`,
  convertFree: `SELECT record_conversion($user, 'free', '/a', 'oil')`,
  convertPaid: `SELECT record_conversion($user, 'paid', '/a', 'oil')`,
  claim: `UPDATE user_conversions SET status = 'processing', attempts = attempts + 1
           WHERE id = (SELECT id FROM user_conversions WHERE status IN ('pending', 'processing') ORDER BY id OFFSET $pick LIMIT 1)`,
  complete: `UPDATE user_conversions SET status = 'completed', output_file_url = '/b'
              WHERE id = (SELECT id FROM user_conversions WHERE status = 'processing' ORDER BY id OFFSET $pick LIMIT 1)`,
  fail: `UPDATE user_conversions SET status = 'failed', error_message = 'x'
          WHERE id = (SELECT id FROM user_conversions WHERE status IN ('pending', 'processing') ORDER BY id OFFSET $pick LIMIT 1)`,
  failAny: `UPDATE user_conversions SET status = 'failed', error_message = 'x'
             WHERE id = (SELECT id FROM user_conversions ORDER BY id OFFSET $pick LIMIT 1)`,
  passDeadline: `UPDATE user_conversions SET first_claimed_at = first_claimed_at - interval '2 minutes' WHERE status = 'processing'`,
  returnOverdue: 'SELECT return_overdue_charges()',
  removeConversionRow: `UPDATE user_conversions SET deleted_at = now()
                         WHERE id = (SELECT id FROM user_conversions ORDER BY id OFFSET $pick LIMIT 1)`,
  uploadPhoto: `SELECT record_image_upload($user, NULL, 'user', 'a', '/a', NULL, 1, 'image/png')`,
  uploadPicture: `SELECT record_image_upload(NULL, $vendor, 'vendor', 'a', '/a', NULL, 1, 'image/png')`,
  uploadResult: `SELECT record_image_upload($user, NULL, 'result', 'a', '/a', NULL, 1, 'image/png')`,
  purge: `DELETE FROM images WHERE id = (SELECT id FROM images ORDER BY id OFFSET $pick LIMIT 1)`,
  grantUser: `INSERT INTO quota_grants (user_id, resource, amount, reason) VALUES ($user, 'conversions', $amount, 'x')`,
  grantVendor: `INSERT INTO quota_grants (vendor_id, resource, amount, reason) VALUES ($vendor, 'images', $amount, 'x')`,
  payUser: `INSERT INTO payments (user_id, plan_id, amount, callback_url, return_url, kind, conversions_limit, images_limit)
            SELECT $user, id, 50000, '/c', '/r', (ARRAY['new', 'renewal', 'upgrade', 'downgrade'])[1 + $pick % 4], $pick % 4, $pick % 3
              FROM payment_plans WHERE name = (ARRAY['basic', 'advanced'])[1 + $pick % 2]`,
  payVendor: `INSERT INTO payments (vendor_id, plan_id, amount, callback_url, return_url, images_limit)
              SELECT $vendor, id, 50000, '/c', '/r', 1 + $pick % 3 FROM payment_plans WHERE name = 'vendor_pro'`,
  activate: `SELECT activate_payment((SELECT id FROM payments ORDER BY id OFFSET $pick LIMIT 1), 'r', 'c')`,
  giveUpPayment: `UPDATE payments SET status = (ARRAY['failed', 'cancelled', 'expired'])[1 + $pick % 3]
                   WHERE id = (SELECT id FROM payments ORDER BY id OFFSET $pick LIMIT 1)`,
  refund: `INSERT INTO payment_refunds (payment_id, method, amount, ends_purchase)
           SELECT id, 'transfer', CASE $pick % 3 WHEN 0 THEN greatest(amount - given_back(id), 1) ELSE 1 END, $pick % 3 < 2 FROM payments ORDER BY id OFFSET $pick LIMIT 1`,
  weekGoesBy: daysGoBy(7),
  monthGoesBy: daysGoBy(31),
  payWithCode: `INSERT INTO payments (user_id, plan_id, amount, discount, coupon_id, callback_url, return_url)
            SELECT $user, p.id, 40000, 10000, o.id, '/c', '/r' FROM payment_plans p, coupons o WHERE p.name = 'basic' AND o.kind <> 'gift'
             ORDER BY o.code OFFSET $pick % 2 LIMIT 1`,
  payPack: `INSERT INTO payments (user_id, plan_id, amount, kind, callback_url, return_url)
            SELECT $user, id, 30000, 'pack', '/c', '/r' FROM payment_plans WHERE name = 'pack_of_five'`,
  redeem: `SELECT redeem_gift($user, NULL, 'PRESENT')`,
  putInAlbum: `INSERT INTO album_images (album_id, vendor_id, image_id)
               SELECT a.id, a.vendor_id, i.id FROM albums a JOIN images i ON i.vendor_id = a.vendor_id
                ORDER BY md5(a.id::text || i.id::text || $pick) LIMIT 3`,
  moveBetweenAlbums: `UPDATE album_images x SET album_id = (SELECT id FROM albums a WHERE a.vendor_id = x.vendor_id ORDER BY md5(a.id::text || $pick) LIMIT 1)`,
  takeFromAlbum: `DELETE FROM album_images WHERE image_id IN (SELECT image_id FROM album_images ORDER BY image_id OFFSET $pick LIMIT 2)`,
  suspend: `UPDATE users SET is_active = NOT is_active WHERE id = $user`,
};

type Step = { operation: keyof typeof operations; who: number; pick: number; amount: number };

const step: fc.Arbitrary<Step> = fc.record({
  operation: fc.constantFrom(...(Object.keys(operations) as (keyof typeof operations)[])),
  who: fc.nat(2),
  pick: fc.nat(7),
  amount: fc.integer({ min: -3, max: 3 }),
});

/** Refusals that are part of life: ours, CHECKs, keys and (in a crowd, without a retry) a deadlock's victim. */
const expected = /^(ST00\d|23514|23505|23503|23P01|40P01)$/;

let users: string[] = [];
let vendors: string[] = [];

async function take(client: pg.Client, { operation, who, pick, amount }: Step): Promise<void> {
  const text = operations[operation]
    .replaceAll('$user', `'${users[who]}'::uuid`)
    .replaceAll('$vendor', `'${vendors[who]}'::uuid`)
    .replaceAll('$pick', String(pick))
    .replaceAll('$amount', String(amount));
  try {
    await client.query(text);
  } catch (error) {
    const { code } = error as { code?: string };
    if (!code || !expected.test(code)) throw error;
  }
}

async function broken(): Promise<string[]> {
  const found: string[] = [];
  for (const { name, violations } of invariants) {
    const rows = await database().query(violations);
    if (rows.length > 0) found.push(`${name}: ${JSON.stringify(rows)}`);
  }
  return found;
}

/** Three users and three vendors with two albums each, all new, and nothing else. */
async function newWorld(): Promise<void> {
  await database().query('DELETE FROM users');
  await database().query('DELETE FROM vendors');
  await database().query('DELETE FROM coupons');
  await database().query(
    `INSERT INTO coupons (code, kind, value, use_limit, per_person, audience)
     VALUES ('OFF1', 'percent', 20, 2, 1, NULL), ('OFF2', 'amount', 10000, 5, 9, NULL), ('PRESENT', 'gift', 3, 2, 1, 'user')`,
  );
  await database().query(
    `INSERT INTO payment_plans (name, display_name, term, price_per_month_cents, monthly_conversions_limit)
     VALUES ('pack_of_five', 'Five', 'once', 30000, 5) ON CONFLICT DO NOTHING`,
  );
  users = [];
  vendors = [];
  for (let n = 0; n < 3; n += 1) {
    users.push(await newUser(database()));
    const vendor = await newVendor(database());
    vendors.push(vendor);
    await newAlbum(database(), vendor);
    await newAlbum(database(), vendor);
    await newPayment(database(), { user_id: users[n] ?? '' }, 'basic', { conversions_limit: 3 });
  }
}

describe('whatever happens to accounts', () => {
  const clients: pg.Client[] = [];
  beforeAll(async () => {
    for (let n = 0; n < 8; n += 1) clients.push(await database().connect());
  });

  test('one thing after the other, the invariants hold after each', async () => {
    const [client] = clients;
    if (!client) throw new Error('No connection.');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 60, size: 'max' }), async (steps) => {
        await newWorld();
        for (const [n, one] of steps.entries()) {
          await take(client, one);
          if (n % 6 === 5) expect(await broken()).toEqual([]);
        }
        expect(await broken()).toEqual([]);
      }),
      { numRuns: runs, endOnFailure: false },
    );
  });

  test('eight things at once, the invariants hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 60, maxLength: 120, size: 'max' }), async (steps) => {
        await newWorld();
        await Promise.all(
          clients.map(async (client, lane) => {
            for (let n = lane; n < steps.length; n += clients.length) {
              const next = steps[n];
              if (next) await take(client, next);
            }
          }),
        );
        expect(await broken()).toEqual([]);
      }),
      // What happens at once does not happen the same way again, so there is nothing to shrink.
      { numRuns: runs, endOnFailure: true },
    );
  });

  test('and the queries that say so find what is wrong when something is', async () => {
    await newWorld();
    const vandalism = [
      'UPDATE users SET free_quota_remaining = free_quota_remaining + 1',
      'UPDATE vendors SET free_gallery_remaining = 9',
      `UPDATE payments SET status = 'completed'`,
    ];
    for (const text of vandalism) {
      await database().unguarded(text);
      expect((await broken()).length, text).toBeGreaterThan(0);
      await newWorld();
    }
    await database().query(
      `INSERT INTO payments (user_id, plan_id, amount, discount, coupon_id, callback_url, return_url)
       SELECT $1, p.id, 40000, 10000, o.id, '/c', '/r' FROM payment_plans p, coupons o WHERE p.name = 'basic' AND o.code = 'OFF1'`,
      [users[0]],
    );
    expect(await broken()).toEqual([]);
    await database().unguarded(`UPDATE payments SET status = 'failed' WHERE coupon_id IS NOT NULL`);
    expect((await broken()).map((text) => text.split(' ')[1])).toEqual(['code']);
    await newWorld();
    // The rest of a month was taken off an upgrade: spent again, given back beside it, and lost with it.
    const spoilt = {
      'spent twice':
        'UPDATE subscription_periods SET replaced_by = NULL, cut_rest = NULL WHERE replaced_by IS NOT NULL',
      'given back and spent': `INSERT INTO payment_refunds (payment_id, user_id, method, amount)
        SELECT s.payment_id, s.user_id, 'transfer', 1 FROM subscription_periods s WHERE s.replaced_by IS NOT NULL`,
      lost: `INSERT INTO payment_refunds (payment_id, user_id, method, amount)
        SELECT s.replaced_by, s.user_id, 'transfer', 1 FROM subscription_periods s WHERE s.replaced_by IS NOT NULL`,
    };
    const { violations } = invariants.find(({ key }) => key === 'credits') ?? { violations: '' };
    for (const [what, text] of Object.entries(spoilt)) {
      const user_id = users[0] ?? '';
      const old = await buy(database(), { user_id }, 'basic', { conversions_limit: 30, amount: 50_000 });
      const upgrade = { kind: 'upgrade', credit: 40_000, amount: 60_000, conversions_limit: 100 };
      await buy(database(), { user_id }, 'advanced', { ...upgrade, replaces_period_id: old });
      expect(await database().query(violations), what).toEqual([]);
      await database().unguarded(text);
      expect(await database().query(violations), what).toMatchObject([{ what }]);
      await newWorld();
    }
    // Money that goes back in parts: more than was paid, all of it without an end, two ends, and a part without its correction.
    const parts = {
      refunds: [
        'UPDATE payment_refunds SET amount = amount + 1000000',
        'UPDATE payment_refunds SET amount = (SELECT amount FROM payments WHERE id = payment_id)',
        'INSERT INTO payment_refunds (payment_id, user_id, method, amount) SELECT payment_id, user_id, $$transfer$$, 1 FROM payment_refunds, generate_series(1, 2)',
      ],
      invoices: [
        "DELETE FROM invoices WHERE kind = 'correction'",
        "UPDATE invoices SET amount = 7 WHERE kind = 'correction'",
      ],
    };
    for (const [key, texts] of Object.entries(parts)) {
      const query = invariants.find((one) => one.key === key)?.violations ?? '';
      for (const text of texts) {
        await buy(database(), { user_id: users[0] ?? '' }, 'basic');
        await database().query(
          `INSERT INTO payment_refunds (payment_id, method, amount, ends_purchase)
           SELECT id, 'transfer', 1000, false FROM payments WHERE status = 'completed'`,
        );
        expect(await broken()).toEqual([]);
        if (text.startsWith('INSERT')) await database().unguarded('DROP INDEX payment_refunds_end_key');
        await database().unguarded(text);
        expect((await database().query(query)).length, text).toBeGreaterThan(0);
        await database().unguarded(
          'DELETE FROM payment_refunds; DELETE FROM invoices; UPDATE invoice_numbers SET last = 0',
        );
        await newWorld();
      }
    }
    // A present that was used and not given, another one than it was, and a batch that lost a code; a notice told twice.
    const others = {
      gifts: [
        'UPDATE coupon_uses SET grant_id = gen_random_uuid()',
        'UPDATE quota_grants SET amount = 9 WHERE amount > 0',
        "DELETE FROM coupons WHERE code = 'ONE2'",
      ],
      circulars: [
        "INSERT INTO notifications (user_id, kind, data) SELECT user_id, kind, data FROM notifications WHERE kind = 'operator.tell'",
        'UPDATE circulars SET told = told - 1',
      ],
    };
    for (const [key, texts] of Object.entries(others)) {
      const query = invariants.find((one) => one.key === key)?.violations ?? '';
      for (const text of texts) {
        await database().query(
          `INSERT INTO coupon_batches (name, value, audience, size) VALUES ('x', 3, 'user', 2)`,
        );
        await database().query(
          `INSERT INTO coupons (code, kind, value, audience, use_limit, batch_id)
           SELECT code, 'gift', 3, 'user', 1, id FROM coupon_batches, unnest('{ONE1,ONE2}'::text[]) code`,
        );
        await database().query(`SELECT redeem_gift($1, NULL, 'ONE1')`, [users[0]]);
        await database().query(
          `INSERT INTO circulars (audience, title_fa, title_en, text_fa, text_en) VALUES ('users', 'x', 'x', 'x', 'x')`,
        );
        await database().query('SELECT send_circular(id, 100) FROM circulars');
        expect(await broken()).toEqual([]);
        await database().unguarded(text);
        expect((await database().query(query)).length, text).toBeGreaterThan(0);
        await database().unguarded(
          'DELETE FROM coupon_uses; DELETE FROM coupons; DELETE FROM coupon_batches; DELETE FROM circulars; DELETE FROM notifications',
        );
        await newWorld();
      }
    }
    await database().unguarded(
      'CREATE UNIQUE INDEX payment_refunds_end_key ON payment_refunds (payment_id) WHERE ends_purchase',
    );
    await database().query(`SELECT activate_payment(id) FROM payments`);
    await database().query(`SELECT record_conversion(id, NULL, '/a', 'oil') FROM users`);
    await database().query(
      `SELECT record_image_upload(id, NULL, 'user', 'a', '/a', NULL, 1, 'image/png') FROM users`,
    );
    expect(await broken()).toEqual([]);
    await database().query('UPDATE subscription_periods SET conversions_used = 0, images_used = 0');
    const names = (await broken()).map((text) => text.split(':')[0]);
    expect(names).toHaveLength(2);
  });
});
