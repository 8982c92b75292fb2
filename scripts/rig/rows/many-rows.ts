import type pg from 'pg';
import type { TestDatabase } from '#scripts/rig/database.ts';

const vendors = 10_000;

/** The account that the lists are asked of: every two-hundredth row is its own. */
export const busyUser = `md5('user7')::uuid`;
export const busyVendor = `md5('vendor7')::uuid`;

/**
 * Takes the indexes (and the exclusion, which is one) away while rows are written and makes them anew after:
 * many times faster than keeping them.
 */
async function withoutIndexes(client: pg.Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ drop: string; make: string }>(
    `SELECT format('DROP INDEX %s', indexrelid::regclass) AS drop, pg_get_indexdef(indexrelid) AS make
       FROM pg_index WHERE indexrelid::regclass::text LIKE 'idx\\_%'
      UNION ALL
     SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
       FROM pg_constraint WHERE contype = 'x' AND connamespace = 'public'::regnamespace`,
  );
  for (const { drop } of rows) await client.query(drop);
  await work();
  for (const { make } of rows) await client.query(make);
}

/**
 * Fills a database with so many conversions, images, payments, periods and events, of a tenth as many users and
 * of ten thousand vendors. Triggers and foreign keys are asleep meanwhile.
 */
export async function fillWithRows(database: TestDatabase, rows: number): Promise<void> {
  const users = rows / 10;
  const albums = vendors * 5;
  const client = await database.connect();
  const at = (n: string) => `now() - make_interval(secs => ${n} * 13)`;
  const one = (kind: string, n: string) => `md5('${kind}' || ${n})::uuid`;
  const user = (n: string) => one('user', `CASE WHEN ${n} % 200 = 0 THEN 7 ELSE ${n} % ${users} END`);
  const vendor = (n: string) => one('vendor', `CASE WHEN ${n} % 200 = 0 THEN 7 ELSE ${n} % ${vendors} END`);
  const plan = (name: string) => `(SELECT id FROM payment_plans WHERE name = '${name}')`;
  await client.query(`SET session_replication_role = replica; SET maintenance_work_mem = '128MB'`);
  const statements = [
    `INSERT INTO users (id, phone, password_hash, is_phone_verified, created_at)
     SELECT ${one('user', 'n')}, '+98912' || lpad(n::text, 7, '0'), 'x', true, ${at('n')} FROM generate_series(0, ${users} - 1) n`,
    `INSERT INTO vendors (id, phone, password_hash, business_name, is_phone_verified, profile_info, created_at)
     SELECT ${one('vendor', 'n')}, '+98935' || lpad(n::text, 7, '0'), 'x', 'آتلیه ' || md5(n::text), true,
            jsonb_build_object('city', 'c' || n % 500), ${at('n')} FROM generate_series(0, ${vendors} - 1) n`,
    `INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, status, output_file_url, completed_at, error_message, first_claimed_at, created_at)
     SELECT ${user('n')}, 'free', '/a', 'oil', s, CASE WHEN s = 'completed' THEN '/b' END, CASE WHEN s = 'completed' THEN now() END,
            CASE WHEN s = 'failed' THEN 'x' END, CASE WHEN s <> 'pending' THEN ${at('n')} END, ${at('n')}
       FROM (SELECT n, CASE WHEN n % 997 = 0 THEN 'pending' WHEN n % 997 = 1 THEN 'processing' WHEN n % 50 = 2 THEN 'failed' ELSE 'completed' END AS s
               FROM generate_series(1, ${rows}) n) g`,
    `INSERT INTO images (id, user_id, vendor_id, type, file_name, original_url, file_size, mime_type, is_public, tags, metadata, quota_pool, created_at)
     SELECT md5('image' || n)::uuid, CASE WHEN n % 2 = 0 THEN ${user('n / 2')} END, CASE WHEN n % 2 = 1 THEN ${vendor('n / 2')} END,
            CASE WHEN n % 2 = 0 THEN 'user' ELSE 'vendor' END, 'a', '/a', 1, 'image/png', n % 4 = 1,
            ARRAY['t' || n % 2000, 'all'], jsonb_build_object('sha256', md5(n::text)), CASE WHEN n % 2 = 1 THEN 'free' END, ${at('n')}
       FROM generate_series(1, ${rows}) n`,
    `INSERT INTO albums (id, vendor_id, name, is_public, created_at)
     SELECT md5('album' || n)::uuid, ${vendor('n')}, 'آلبوم ' || md5(n::text), n % 2 = 0, ${at('n')} FROM generate_series(1, ${albums}) n`,
    // Each image in one album of its own vendor: among both, every so manieth belongs to the same one.
    `INSERT INTO album_images (album_id, vendor_id, image_id, position)
     SELECT ${one('album', `CASE WHEN n / 2 % ${albums} = 0 THEN ${albums} ELSE n / 2 % ${albums} END`)}, ${vendor('n / 2')},
            md5('image' || n)::uuid, n FROM generate_series(1, ${rows}, 2) n`,
    `INSERT INTO subscription_periods (user_id, plan_id, anchor_at, starts_at, ends_at, conversions_limit, images_limit)
     SELECT ${one('user', `n % ${users}`)}, ${plan('basic')}, b, b, b + interval '30 days', 20, 50
       FROM (SELECT n, now() + interval '10 days' - make_interval(days => 30 * (n / ${users})::int) AS b FROM generate_series(${users}, ${rows} - 1) n) g`,
    `INSERT INTO payments (user_id, plan_id, amount, status, callback_url, return_url, paid_at, expires_at, conversions_limit, images_limit, attention_reason, created_at)
     SELECT ${user('n')}, ${plan('basic')}, 50000, s, '/c', '/r', CASE WHEN s = 'completed' THEN ${at('n')} END,
            ${at('n')} + interval '30 minutes', 20, 50, CASE WHEN n % 5000 = 7 THEN 'x' END, ${at('n')}
       FROM (SELECT n, CASE WHEN n % 1000 = 0 THEN 'pending' WHEN n % 7 = 0 THEN 'expired' ELSE 'completed' END AS s FROM generate_series(1, ${rows}) n) g`,
    `INSERT INTO payment_concerns (payment_id, reason) SELECT id, 'x' FROM payments WHERE attention_reason IS NOT NULL`,
    `INSERT INTO audit_logs (user_id, actor_type, action, resource, resource_id, metadata, created_at)
     SELECT ${user('n')}, 'user', 'thing.' || n % 20, 'image', md5('image' || n), jsonb_build_object('ip', 'h' || n % 5000), ${at('n')}
       FROM generate_series(1, ${rows}) n`,
    `INSERT INTO sessions (user_id, refresh_token_hash, expires_at, last_used_at)
     SELECT ${user('n')}, md5(n::text), now() + make_interval(mins => n::int % 90000), ${at('n')} FROM generate_series(1, ${rows} / 4) n`,
    `INSERT INTO otps (phone, code, purpose, expires_at, created_at)
     SELECT '+98912' || lpad((n % ${users})::text, 7, '0'), md5(n::text), 'phone_verify', ${at('n')} + interval '5 minutes', ${at('n')}
       FROM generate_series(1, ${rows} / 4) n`,
    `INSERT INTO rate_limits (key, window_start, count) SELECT 'login:' || n % 1000, now() - make_interval(mins => n::int), 1 FROM generate_series(1, ${rows} / 4) n`,
    `INSERT INTO quota_grants (user_id, resource, amount, reason, created_at)
     SELECT ${user('n')}, 'conversions', 1, 'x', ${at('n')} FROM generate_series(1, ${rows} / 10) n`,
    `INSERT INTO payment_refunds (payment_id, user_id, method, amount, state, created_at)
     SELECT id, user_id, 'transfer', 1, CASE WHEN row_number() OVER () % 500 = 1 THEN 'pending' ELSE 'completed' END, created_at
       FROM payments WHERE status = 'completed' LIMIT ${rows} / 10`,
  ];
  await withoutIndexes(client, async () => {
    for (const statement of statements) await client.query(statement);
  });
  await client.query('SET session_replication_role = origin');
  await client.query('VACUUM ANALYZE');
}
