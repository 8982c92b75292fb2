import { expect, test } from 'vitest';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { buy, newUser, newVendor } from '../rows.ts';

const database = useTestDatabase();

type Notice = { kind: string; data: Record<string, string> };

const noticesOf = (ownerId: string) =>
  database().query<Notice>(
    'SELECT kind, data FROM notifications WHERE coalesce(user_id, vendor_id) = $1 ORDER BY created_at, id',
    [ownerId],
  );

const charge = async (userId: string) => {
  const [row] = await database().query<{ id: string }>(
    "SELECT record_conversion($1, NULL, '/a', 'oil') AS id",
    [userId],
  );
  return row?.id ?? '';
};

/** A month of ten conversions. */
const openPeriod = (userId: string) =>
  database().query(
    `INSERT INTO subscription_periods (user_id, plan_id, anchor_at, starts_at, ends_at, conversions_limit, images_limit)
     SELECT $1, id, now(), now(), now() + interval '1 month', 10, 0 FROM payment_plans WHERE name = 'basic'`,
    [userId],
  );

const end = async (id: string, status: 'completed' | 'failed', code = 'engine') => {
  await database().query("UPDATE user_conversions SET status = 'processing' WHERE id = $1", [id]);
  await database().query(
    `UPDATE user_conversions SET status = $2, output_file_url = CASE WHEN $2 = 'completed' THEN '/b' END,
       failure_code = CASE WHEN $2 = 'failed' THEN $3 END WHERE id = $1`,
    [id, status, code],
  );
};

test('what ended since somebody looked is one notice that counts, and a new one after that', async () => {
  const user = await newUser(database(), { free_quota_remaining: 50 });
  const ids = [await charge(user), await charge(user), await charge(user)];
  for (const id of ids) await end(id, 'completed');
  expect(await noticesOf(user)).toEqual([{ kind: 'conversion.complete', data: { count: '3', id: ids[2] } }]);
  await database().query('UPDATE notifications SET read_at = now() WHERE user_id = $1', [user]);
  await end(await charge(user), 'completed');
  await end(await charge(user), 'failed');
  const told = (await noticesOf(user)).map(({ kind, data }) => [kind, data.count]);
  expect(told).toEqual([
    ['conversion.complete', '3'],
    ['conversion.complete', '1'],
    ['conversion.fail', '1'],
  ]);
});

test('many that end at once are counted exactly', async () => {
  const user = await newUser(database(), { free_quota_remaining: 50 });
  const ids: string[] = [];
  for (let index = 0; index < 8; index += 1) ids.push(await charge(user));
  await Promise.all(ids.map((id) => end(id, 'completed')));
  expect((await noticesOf(user)).map(({ data }) => data.count)).toEqual(['8']);
});

test('no notice of what was taken back, of a topic that is turned off, or to an account that is gone', async () => {
  const user = await newUser(database(), { free_quota_remaining: 50 });
  await end(await charge(user), 'failed', 'cancelled');
  await database().query("INSERT INTO notice_mutes (user_id, topic) VALUES ($1, 'conversions')", [user]);
  await end(await charge(user), 'completed');
  await database().query('DELETE FROM notice_mutes WHERE user_id = $1', [user]);
  const last = await charge(user);
  await database().query('UPDATE users SET is_active = false WHERE id = $1', [user]);
  await end(last, 'completed');
  expect(await noticesOf(user)).toEqual([]);
});

test('at four fifths of a period and at its end, once each, however often a charge comes back', async () => {
  const user = await newUser(database(), { free_quota_remaining: 0 });
  await openPeriod(user);
  const told = async () =>
    (await noticesOf(user))
      .filter(({ kind }) => kind.startsWith('quota'))
      .map(({ kind, data }) => [kind, data.left]);
  for (let used = 1; used <= 7; used += 1) await charge(user);
  expect(await told()).toEqual([]);
  const eighth = await charge(user);
  expect(await told()).toEqual([['quota.low', '2']]);
  await end(eighth, 'failed');
  await charge(user);
  await charge(user);
  const tenth = await charge(user);
  expect(await told()).toEqual([
    ['quota.low', '2'],
    ['quota.used', '0'],
  ]);
  await end(tenth, 'failed');
  await charge(user);
  expect(await told()).toHaveLength(2);
});

test('32 charges at once tell of each level once', async () => {
  const user = await newUser(database(), { free_quota_remaining: 0 });
  await openPeriod(user);
  await Promise.allSettled(Array.from({ length: 32 }, () => charge(user)));
  const kinds = (await noticesOf(user)).map(({ kind }) => kind).sort();
  expect(kinds).toEqual(['quota.low', 'quota.used']);
});

test('the free ones are told when the last is used, and again only after a gift', async () => {
  const user = await newUser(database());
  await charge(user);
  expect(await noticesOf(user)).toEqual([]);
  const last = await charge(user);
  const used = { kind: 'quota.used', data: { resource: 'conversions', left: '0', pool: 'free' } };
  expect(await noticesOf(user)).toEqual([used]);
  await end(last, 'failed', 'cancelled');
  await charge(user);
  expect(await noticesOf(user)).toEqual([used]);
  await database().query(
    "INSERT INTO quota_grants (user_id, resource, amount, reason) VALUES ($1, 'conversions', 1, 'x')",
    [user],
  );
  await database().query('UPDATE users SET free_quota_remaining = 1 WHERE id = $1', [user]);
  await charge(user);
  expect(await noticesOf(user)).toEqual([used, used]);
});

test('a vendor gets a notice at the last two places of the free gallery, unless a plan has room', async () => {
  const upload = (vendor: string) =>
    database().query("SELECT record_image_upload(NULL, $1, 'vendor', 'a.jpg', '/a', '/a', 1, 'image/jpeg')", [
      vendor,
    ]);
  const vendor = await newVendor(database());
  for (let index = 0; index < 7; index += 1) await upload(vendor);
  expect(await noticesOf(vendor)).toEqual([]);
  for (let index = 0; index < 3; index += 1) await upload(vendor);
  expect((await noticesOf(vendor)).map(({ kind, data }) => [kind, data.left, data.resource])).toEqual([
    ['quota.low', '2', 'images'],
    ['quota.used', '0', 'images'],
  ]);
  const paying = await newVendor(database());
  await buy(database(), { vendor_id: paying }, 'vendor_pro');
  for (let index = 0; index < 10; index += 1) await upload(paying);
  expect(await noticesOf(paying)).toEqual([]);
});
