import { busyUser as user, busyVendor as vendor } from './many-rows.ts';

const page = `ORDER BY created_at DESC, id DESC LIMIT 24`;
/** Where a page of a list goes on. */
export const before = `(created_at, id) < (now() - interval '2 hours', '00000000-0000-4000-8000-000000000000')`;

/** [what people or sweeps ask, the query, the index that answers it] */
export const plainQuestions: readonly (readonly [string, string, string])[] = [
  [
    "a person's history, first page",
    `SELECT * FROM user_conversions WHERE user_id = ${user} AND deleted_at IS NULL ${page}`,
    'idx_conversions_user_history',
  ],
  [
    "a person's history, next page",
    `SELECT * FROM user_conversions WHERE user_id = ${user} AND deleted_at IS NULL AND ${before} ${page}`,
    'idx_conversions_user_history',
  ],
  [
    'refunds not settled yet',
    `SELECT * FROM payment_refunds WHERE state <> 'completed' ORDER BY created_at, id LIMIT 24`,
    'idx_refunds_open',
  ],
  [
    'how many conversions wait before mine',
    `SELECT count(*) FROM user_conversions WHERE status = 'pending'
       AND (conversion_turn(created_at, conversion_type), created_at, id) <= (conversion_turn(now() - interval '5 days', 'paid'), now(), '00000000-0000-4000-8000-000000000000')`,
    'idx_conversions_waiting',
  ],
  [
    'what of an account waits or runs',
    `SELECT lane, status FROM user_conversions WHERE user_id = ${user} AND status IN ('pending', 'processing')`,
    'idx_conversions_user_open',
  ],
  [
    "a person's favourites",
    `SELECT * FROM user_conversions WHERE user_id = ${user} AND is_favourite AND deleted_at IS NULL AND ${before} ${page}`,
    'idx_conversions_user_favourites',
  ],
  [
    'what a person made in one style',
    `SELECT * FROM user_conversions WHERE user_id = ${user} AND style_name = 'noir' AND deleted_at IS NULL AND ${before} ${page}`,
    'idx_conversions_user_style',
  ],
  [
    'what did not come about for a person',
    `SELECT * FROM user_conversions WHERE user_id = ${user} AND status = 'failed' AND deleted_at IS NULL AND ${before} ${page}`,
    'idx_conversions_user_failed',
  ],
  [
    'conversions whose charge is overdue',
    `SELECT id FROM user_conversions WHERE status = 'processing' AND charge_returned_at IS NULL AND first_claimed_at < now() - interval '10 days' LIMIT 100`,
    'idx_conversions_running',
  ],
  [
    'all conversions, newest first',
    `SELECT * FROM user_conversions WHERE ${before} ${page}`,
    'idx_conversions_created',
  ],
  [
    'failed conversions, newest first',
    `SELECT * FROM user_conversions WHERE status = 'failed' AND ${before} ${page}`,
    'idx_conversions_failed',
  ],
  [
    "a person's results",
    `SELECT * FROM images WHERE user_id = ${user} AND type = 'result' AND ${before} ${page}`,
    'idx_images_user',
  ],
  [
    "a vendor's library",
    `SELECT * FROM images WHERE vendor_id = ${vendor} AND ${before} ${page}`,
    'idx_images_vendor',
  ],
  [
    'the public gallery',
    `SELECT * FROM images WHERE is_public AND type = 'vendor' AND ${before} ${page}`,
    'idx_images_public',
  ],
  [
    "a vendor's public images",
    `SELECT * FROM images WHERE vendor_id = ${vendor} AND is_public AND type = 'vendor' AND ${before} ${page}`,
    'idx_images_vendor_public',
  ],
  [
    'images of a tag',
    `SELECT * FROM images WHERE tags @> ARRAY['t77'] AND is_public AND type = 'vendor' ${page}`,
    'idx_images_tags',
  ],
  [
    'images by their digest',
    `SELECT id FROM images WHERE metadata @> '{"sha256": "x"}'`,
    'idx_images_metadata',
  ],
  [
    "a vendor's albums",
    `SELECT * FROM albums WHERE vendor_id = ${vendor} AND ${before} ${page}`,
    'idx_albums_vendor',
  ],
  ['public albums', `SELECT * FROM albums WHERE is_public AND ${before} ${page}`, 'idx_albums_public'],
  [
    "an album's images in order",
    `SELECT image_id FROM album_images WHERE album_id = md5('album7')::uuid ORDER BY position, image_id LIMIT 24`,
    'idx_album_images_position',
  ],
  [
    'the albums that hold an image',
    `SELECT album_id FROM album_images WHERE vendor_id = ${vendor} AND image_id = md5('image7')::uuid`,
    'idx_album_images_image',
  ],
  [
    'vendors by a part of their Persian name',
    `SELECT id FROM vendors WHERE business_name ILIKE '%یه 1a2b%'`,
    'idx_vendors_business_name_trgm',
  ],
  [
    'albums by a part of their Persian name',
    `SELECT id FROM albums WHERE name ILIKE '%وم 1a2b%'`,
    'idx_albums_name_trgm',
  ],
  [
    'vendors of a city',
    `SELECT id FROM vendors WHERE profile_info @> '{"city": "c7"}'`,
    'idx_vendors_profile_info',
  ],
  ['accounts, newest first', `SELECT id FROM users WHERE ${before} ${page}`, 'idx_users_created'],
  ['vendors, newest first', `SELECT id FROM vendors WHERE ${before} ${page}`, 'idx_vendors_created'],
  [
    "a person's payments",
    `SELECT * FROM payments WHERE user_id = ${user} AND ${before} ${page}`,
    'idx_payments_user',
  ],
  ['all payments, newest first', `SELECT * FROM payments WHERE ${before} ${page}`, 'idx_payments_created'],
  [
    'pending payments past their expiry',
    `SELECT id FROM payments WHERE status = 'pending' AND expires_at < now() ORDER BY expires_at, id LIMIT 100`,
    'idx_payments_pending_expiry',
  ],
  [
    'payments that a person must look at',
    `SELECT * FROM payments WHERE attention_reason IS NOT NULL ${page}`,
    'idx_payments_attention',
  ],
  [
    'revenue of the last hour',
    `SELECT sum(amount) FROM payments WHERE status = 'completed' AND paid_at > now() - interval '1 hour'`,
    'idx_payments_paid',
  ],
  ['the period that contains now', `SELECT * FROM user_period_at(${user}, now())`, 'idx_periods_user'],
  [
    'periods that ended today',
    `SELECT id FROM subscription_periods WHERE ends_at > now() - interval '1 day' AND ends_at <= now() ORDER BY ends_at, id LIMIT 100`,
    'idx_periods_ended',
  ],
  ["an account's grants", `SELECT * FROM quota_grants WHERE user_id = ${user} ${page}`, 'idx_grants_user'],
  [
    'where a person is signed in',
    `SELECT * FROM sessions WHERE user_id = ${user} ORDER BY last_used_at DESC LIMIT 24`,
    'idx_sessions_of_user',
  ],
  [
    'sessions that are over',
    `SELECT id FROM sessions WHERE least(expires_at, absolute_expires_at, coalesce(revoked_at, 'infinity')) < now() LIMIT 100`,
    'idx_sessions_over',
  ],
  [
    'the latest code of a phone',
    `SELECT * FROM otps WHERE phone = '+989120000007' AND account_type = 'user' AND purpose = 'phone_verify' ORDER BY created_at DESC LIMIT 1`,
    'idx_otps_phone',
  ],
  [
    'codes that are over',
    `SELECT id FROM otps WHERE expires_at < now() - interval '200 days' LIMIT 100`,
    'idx_otps_expires',
  ],
  [
    'rate-limit windows of the last hour',
    `SELECT * FROM rate_limits WHERE window_start > now() - interval '1 hour'`,
    'idx_rate_limits_window',
  ],
  ['the audit, newest first', `SELECT * FROM audit_logs WHERE ${before} ${page}`, 'idx_audit_created'],
  [
    'the audit of one person',
    `SELECT * FROM audit_logs WHERE user_id = ${user} AND ${before} ${page}`,
    'idx_audit_user',
  ],
  [
    'the audit of one kind of event',
    `SELECT * FROM audit_logs WHERE action = 'thing.7' AND ${before} ${page}`,
    'idx_audit_action',
  ],
  [
    'the audit of one target',
    `SELECT * FROM audit_logs WHERE resource = 'image' AND resource_id = md5('image7') ${page}`,
    'idx_audit_resource',
  ],
];

/** What is asked before anything is charged, and the charging itself. */
export const quotaQuestions: readonly (readonly [string, string])[] = [
  ['get_user_quota_status', `SELECT * FROM get_user_quota_status(${user})`],
  ['get_vendor_quota_status', `SELECT * FROM get_vendor_quota_status(${vendor})`],
  ['can_user_convert', `SELECT can_user_convert(${user}, NULL)`],
  ['can_vendor_upload_image', `SELECT can_vendor_upload_image(${vendor}, NULL)`],
  ['record_conversion', `SELECT record_conversion(${user}, NULL, '/a', 'oil')`],
  [
    'record_image_upload',
    `SELECT record_image_upload(${user}, NULL, 'user', 'a', '/a', NULL, 1, 'image/png')`,
  ],
];
