import { onDatabase } from '../support/long-lists.ts';

/** What a walk needs and nobody could bring about in a browser in a minute. */

const userOf = `(SELECT id FROM users WHERE phone = '+98' || substr($1, 2))`;

/** A gift and a whole discount for one kind of account. */
export async function makeCodes(audience: 'user' | 'vendor') {
  const [gift = '', wholeOff = ''] = ['GIFT', 'OFF'].map(
    (word) => `${word}${Date.now().toString(36).toUpperCase()}`,
  );
  await onDatabase(
    `INSERT INTO coupons (code, kind, value, audience, use_limit) VALUES ($1, 'gift', 2, $3, 5), ($2, 'percent', 100, $3, 5)`,
    [gift, wholeOff, audience],
  );
  return { gift, wholeOff };
}

/** Free conversions for a day of walks. */
export async function giveConversions(phone: string): Promise<void> {
  await onDatabase(`UPDATE users SET free_quota_remaining = 20 WHERE id = ${userOf}`, [phone]);
}

/** Of somebody who has made one: a conversion that failed, and one that no worker knows of. Their ids. */
export async function makeConversions(phone: string): Promise<[failed: string, waiting: string]> {
  const rows = await onDatabase<{ id: string }>(
    `INSERT INTO user_conversions (user_id, conversion_type, source_image_id, input_file_url, style_name, status, error_message,
       failure_code, charge_returned_at, created_at)
     SELECT user_id, 'free', source_image_id, input_file_url, 'oil', made.status, message, code, returned, clock_timestamp()
     FROM user_conversions, (VALUES ('failed', 'x', 'engine', now()), ('pending', NULL, NULL, NULL)) AS made(status, message, code, returned)
     WHERE user_id = ${userOf} AND user_conversions.status = 'completed' ORDER BY made.status LIMIT 2 RETURNING id`,
    [phone],
  );
  const [failed, waiting] = rows;
  return [failed?.id ?? '', waiting?.id ?? ''];
}

/** So many photos more than somebody has, made of the newest one; their pictures are nowhere. */
export async function makePhotos(phone: string, count: number): Promise<void> {
  await onDatabase(
    `WITH first AS (SELECT * FROM images WHERE user_id = ${userOf} AND type = 'user' ORDER BY created_at DESC LIMIT 1),
     made AS (
       INSERT INTO images (user_id, type, file_name, original_url, thumbnail_url, file_size, mime_type, width, height, created_at)
       SELECT user_id, type, 'made-' || n || '.jpg', original_url, thumbnail_url, file_size, mime_type, width, height,
         created_at - make_interval(secs => n) FROM first, generate_series(1, $2::int) n
       RETURNING id, user_id)
     INSERT INTO stored_files (id, image_id, user_id, byte_size, sha256, variants)
     SELECT md5(made.id::text), made.id, made.user_id, f.byte_size, f.sha256, f.variants
     FROM made, stored_files f JOIN first ON f.image_id = first.id`,
    [phone, count],
  );
}

/** Takes them away again: nothing looks for their pictures. */
export async function dropPhotos(phone: string): Promise<void> {
  await onDatabase(`DELETE FROM images WHERE user_id = ${userOf} AND file_name LIKE 'made-%'`, [phone]);
}

/** A message that an address did not take in the day it was tried. */
export async function giveUpMessage(kind: 'User' | 'Vendor', phone: string): Promise<void> {
  const [table, owner] = kind === 'User' ? ['users', 'user_id'] : ['vendors', 'vendor_id'];
  await onDatabase(
    `INSERT INTO webhook_messages (endpoint_id, event, subject_id, attempts, next_at, last_error)
     SELECT e.id, 'payment.completed', gen_random_uuid(), 9, NULL, 'timeout'
     FROM webhook_endpoints e JOIN ${table} a ON a.id = e.${owner} WHERE a.phone = '+98' || substr($1, 2)`,
    [phone],
  );
}

/** The address that an account has told is told of nothing more, after days of failing. */
export async function turnOffWebhook(kind: 'User' | 'Vendor', phone: string): Promise<void> {
  const [table, owner] = kind === 'User' ? ['users', 'user_id'] : ['vendors', 'vendor_id'];
  await onDatabase(
    `UPDATE webhook_endpoints e SET failing_since = now(), disabled_at = now()
     FROM ${table} a WHERE a.id = e.${owner} AND a.phone = '+98' || substr($1, 2)`,
    [phone],
  );
}

/** New terms, in force from now on. */
export async function publishTerms(): Promise<void> {
  await onDatabase(
    `INSERT INTO legal_texts (page, version, fa, en, starts_at)
     SELECT 'terms', coalesce(max(version), 0) + 1, 'برای همه.', 'For everybody.', clock_timestamp()
     FROM legal_texts WHERE page = 'terms' AND starts_at <= clock_timestamp()`,
    [],
  );
}

/** A chat with a bot that was linked. */
export async function linkChat(phone: string): Promise<void> {
  await onDatabase(
    `INSERT INTO bot_chats (platform, chat_id, user_id, language, linked_at)
     SELECT 'telegram', -floor(random() * 1e12)::bigint, ${userOf}, 'en', now()`,
    [phone],
  );
}

/** Lets the code that a number waits for be a minute older, so that half a minute is left of it. */
export async function ageCode(phone: string): Promise<void> {
  await onDatabase(
    `UPDATE otps SET created_at = created_at - interval '61 seconds', expires_at = clock_timestamp() + interval '35 seconds'
     WHERE phone = '+98' || substr($1, 2) AND consumed_at IS NULL`,
    [phone],
  );
}

/** The id of an account. */
export async function idOf(table: 'users' | 'vendors', phone: string): Promise<string> {
  const [row] = await onDatabase<{ id: string }>(
    `SELECT id FROM ${table} WHERE phone = '+98' || substr($1, 2)`,
    [phone],
  );
  return row?.id ?? '';
}
