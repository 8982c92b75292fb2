import { one, type TestDatabase } from '#scripts/rig/database.ts';

/** Makes rows that tests begin with, in few words. Every row is valid; what a test is about it says itself. */

let counter = 0;

export function newPhone(): string {
  counter += 1;
  return `+9891${process.pid.toString().padStart(7, '0').slice(-7)}${counter}`;
}

async function insert(
  database: TestDatabase,
  table: string,
  row: Readonly<Record<string, unknown>>,
): Promise<string> {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${index + 1}`);
  const rows = await database.query<{ id: string }>(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')}) RETURNING id`,
    Object.values(row),
  );
  return one(rows).id;
}

export function newUser(database: TestDatabase, more: Readonly<Record<string, unknown>> = {}) {
  return insert(database, 'users', {
    phone: newPhone(),
    password_hash: 'none',
    is_phone_verified: true,
    ...more,
  });
}

export function newVendor(database: TestDatabase, more: Readonly<Record<string, unknown>> = {}) {
  return insert(database, 'vendors', {
    phone: newPhone(),
    password_hash: 'none',
    is_phone_verified: true,
    business_name: 'Studio',
    ...more,
  });
}

export function newImage(database: TestDatabase, owner: Readonly<Record<string, unknown>>) {
  return insert(database, 'images', {
    type: 'user_id' in owner ? 'user' : 'vendor',
    file_name: 'photo.jpg',
    original_url: '/photo',
    file_size: 10,
    mime_type: 'image/jpeg',
    ...owner,
  });
}

export function newAlbum(database: TestDatabase, vendorId: string) {
  return insert(database, 'albums', { vendor_id: vendorId, name: 'Album' });
}

export async function planId(database: TestDatabase, name: string): Promise<string> {
  return one(await database.query<{ id: string }>('SELECT id FROM payment_plans WHERE name = $1', [name])).id;
}

export type Owner = { readonly user_id: string } | { readonly vendor_id: string };

export async function newPayment(
  database: TestDatabase,
  owner: Owner,
  plan: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  return insert(database, 'payments', {
    ...owner,
    plan_id: await planId(database, plan),
    amount: 50_000,
    callback_url: '/callback',
    return_url: '/return',
    ...more,
  });
}

/** Pays and activates; answers with the period's id. */
export async function buy(
  database: TestDatabase,
  owner: Owner,
  plan: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  return activate(database, await newPayment(database, owner, plan, more));
}

export async function activate(database: TestDatabase, paymentId: string): Promise<string> {
  const rows = await database.query<{ id: string }>('SELECT activate_payment($1) AS id', [paymentId]);
  return one(rows).id;
}

export async function convert(
  database: TestDatabase,
  userId: string,
  type: 'free' | 'paid' | null = null,
): Promise<string> {
  const rows = await database.query<{ id: string }>(
    `SELECT record_conversion($1, $2, '/photo', 'oil') AS id`,
    [userId, type],
  );
  return one(rows).id;
}

export async function upload(database: TestDatabase, owner: Owner): Promise<string> {
  const userId = 'user_id' in owner ? owner.user_id : null;
  const vendorId = 'vendor_id' in owner ? owner.vendor_id : null;
  const rows = await database.query<{ id: string }>(
    `SELECT record_image_upload($1, $2, $3, 'photo.jpg', '/photo', NULL, 10, 'image/jpeg') AS id`,
    [userId, vendorId, userId ? 'user' : 'vendor'],
  );
  return one(rows).id;
}

/** What the server said: 'ok', or the SQLSTATE, with the constraint's name after it when there is one. */
export async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string };
    if (!code) throw error;
    return constraint ? `${code} ${constraint}` : code;
  }
}

/** What is left to a user, in few words. */
export async function userQuota(database: TestDatabase, userId: string) {
  return one(
    await database.query<{
      plan_name: string;
      free_remaining: number;
      paid_used: number;
      paid_remaining: number;
      images_used: number;
      images_remaining: number;
    }>(
      `SELECT plan_name, free_remaining, paid_used, paid_remaining, images_used, images_remaining
         FROM get_user_quota_status($1)`,
      [userId],
    ),
  );
}

/**
 * A statement that lets days go by: it moves periods into the past, of one owner or of all. One by one, first
 * ones first, because the exclusion is checked after each row; without the guards, because a month that moves from a
 * short to a long one is no month of its anchor.
 */
export function daysGoBy(days: number, ownerId?: string): string {
  const time = `make_interval(days => ${days})`;
  const whose = ownerId ? `WHERE coalesce(user_id, vendor_id) = '${ownerId}'` : '';
  return `DO $$
    DECLARE v_id uuid;
    BEGIN
      SET LOCAL session_replication_role = replica;
      FOR v_id IN SELECT id FROM subscription_periods ${whose} ORDER BY starts_at, ends_at LOOP
        UPDATE subscription_periods SET anchor_at = anchor_at - ${time}, starts_at = starts_at - ${time}, ends_at = ends_at - ${time}
         WHERE id = v_id;
      END LOOP;
    END $$`;
}
