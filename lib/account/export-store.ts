import type { AccountKind } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { creditOf } from '#lib/gallery/look/columns-store.ts';
import { Prisma } from '#prisma/generated/client.ts';

/** Everything the database knows of an account, as its owner may have it: no hash, no secret, nobody else's row. */

/** Which version of which legal text its owner agreed to, and when. */
const consentsOf = (isOwners: Prisma.Sql) => Prisma.sql`(
  SELECT coalesce(jsonb_agg(jsonb_build_object('page', c.page, 'version', c.version, 'agreed_at', c.agreed_at)
    ORDER BY c.agreed_at, c.page), '[]') FROM legal_consents c WHERE ${isOwners})`;

/** A user's rows as one JSON text. */
async function readUser(userId: string): Promise<string | null> {
  const [row] = await db().$queryRaw<{ data: string }[]>`
    SELECT jsonb_pretty(jsonb_build_object(
      'account', to_jsonb(u) - 'password_hash',
      'photos', (SELECT coalesce(jsonb_agg(to_jsonb(i) ORDER BY i.created_at, i.id), '[]') FROM (
        SELECT i.id, i.file_name, i.width, i.height, i.file_size, i.life, i.expires_at, i.moderation, i.created_at,
               'photos/' || i.id || '.jpg' AS file, f.sha256
          FROM images i LEFT JOIN stored_files f ON f.image_id = i.id
         WHERE i.user_id = u.id AND i.type = 'user') i),
      'conversions', (SELECT coalesce(jsonb_agg(to_jsonb(c) ORDER BY c.created_at, c.id), '[]') FROM (
        SELECT id, style_name, look_kind, look, ${creditOf(Prisma.sql`c.id`)} AS look_of, title, is_favourite, status, failure_code, conversion_type, source_image_id,
               CASE WHEN result_image_id IS NOT NULL THEN 'results/' || result_image_id || '.jpg' END AS file,
               created_at, completed_at, charge_returned_at
          FROM user_conversions c WHERE user_id = u.id AND deleted_at IS NULL) c),
      'links', (SELECT coalesce(jsonb_agg(to_jsonb(l) ORDER BY l.created_at), '[]') FROM (
        SELECT s.conversion_id, s.created_at, s.expires_at, s.revoked_at, s.view_count
          FROM share_links s JOIN user_conversions c ON c.id = s.conversion_id WHERE c.user_id = u.id) l),
      'sent_to_shops', (SELECT coalesce(jsonb_agg(to_jsonb(l) ORDER BY l.sent_at), '[]') FROM (
        SELECT s.conversion_id, v.business_name AS shop, s.words, s.with_phone, s.sent_at, s.withdrawn_at, s.answer, s.answered_at
          FROM leads s JOIN vendors v ON v.id = s.vendor_id WHERE s.user_id = u.id) l),
      'agreements', (SELECT coalesce(jsonb_agg(to_jsonb(a) - 'id' - 'user_id' ORDER BY a.agreed_at), '[]')
        FROM agreements a WHERE a.user_id = u.id),
      'messengers', (SELECT coalesce(jsonb_agg(to_jsonb(b) ORDER BY b.platform), '[]') FROM (
        SELECT platform, chat_id, language, linked_at, last_used_at, silent_at FROM bot_chats WHERE user_id = u.id) b),
      'consents', ${consentsOf(Prisma.sql`c.user_id = u.id`)}
    )) AS data
    FROM (SELECT id, phone, name, bio, free_quota_remaining, is_phone_verified, plan_reminders, last_login_at, created_at,
                 CASE WHEN avatar_url IS NOT NULL THEN 'avatar.jpg' END AS avatar
            FROM users WHERE id = ${userId}::uuid) u`;
  return row?.data ?? null;
}

/** A vendor's rows as one JSON text. */
async function readVendor(vendorId: string): Promise<string | null> {
  const [row] = await db().$queryRaw<{ data: string }[]>`
    SELECT jsonb_pretty(jsonb_build_object(
      'account', to_jsonb(v),
      'images', (SELECT coalesce(jsonb_agg(to_jsonb(i) ORDER BY i.created_at, i.id), '[]') FROM (
        SELECT i.id, i.title, i.alt_text, coalesce(i.shown_tags, i.tags) AS tags, i.file_name, i.width, i.height, i.file_size, i.is_public, i.moderation,
               i.deleted_at, i.created_at, 'gallery/' || i.id || '.jpg' AS file, f.sha256,
               s.sha256 AS original_sha256, s.byte_size AS original_bytes
          FROM images i LEFT JOIN stored_files f ON f.image_id = i.id LEFT JOIN stored_files s ON s.sent_of = i.id
         WHERE i.vendor_id = v.id AND i.type = 'vendor') i),
      'albums', (SELECT coalesce(jsonb_agg(to_jsonb(a) ORDER BY a.position, a.created_at), '[]') FROM (
        SELECT a.id, a.name, a.description, a.is_public, a.keeps_sent, a.position, a.image_order, a.cover_image_id, a.created_at,
               (SELECT coalesce(jsonb_agg(m.image_id ORDER BY m.position, m.image_id), '[]')
                  FROM album_images m WHERE m.album_id = a.id) AS images
          FROM albums a WHERE a.vendor_id = v.id) a),
      -- The picture and the number are the sender's, who can take them back.
      'received', (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.sent_at), '[]') FROM (
        SELECT id, title, kind, words, sent_at, put_away_at, answer, answered_at
          FROM received_leads WHERE vendor_id = v.id) r),
      'links', (SELECT coalesce(jsonb_agg(to_jsonb(l) ORDER BY l.created_at), '[]') FROM (
        SELECT a.album_id, a.name, a.may_download, a.gives_sent, a.closing_words, a.created_at, a.expires_at, a.revoked_at, a.picked_at,
               (SELECT coalesce(jsonb_agg(k.image_id ORDER BY k.picked_at), '[]') FROM album_picks k WHERE k.link_id = a.id) AS picks,
               (SELECT coalesce(jsonb_agg(jsonb_build_object('image_id', c.image_id, 'name', c.name, 'words', c.words, 'created_at', c.created_at)
                  ORDER BY c.created_at), '[]') FROM album_comments c WHERE c.link_id = a.id) AS comments
          FROM album_links a WHERE a.vendor_id = v.id) l),
      'consents', ${consentsOf(Prisma.sql`c.vendor_id = v.id`)}
    )) AS data
    FROM (SELECT id, phone, handle, business_name, bio, profile_info, contact_info, social_links, is_verified,
                 free_gallery_remaining, is_phone_verified, plan_reminders, last_login_at, created_at,
                 CASE WHEN avatar_url IS NOT NULL THEN 'avatar.jpg' END AS avatar
            FROM vendors WHERE id = ${vendorId}::uuid) v`;
  return row?.data ?? null;
}

/** What belongs to an account by itself; null when it is gone. */
export function readAccount(kind: AccountKind, accountId: string): Promise<string | null> {
  return kind === 'user' ? readUser(accountId) : readVendor(accountId);
}

/** What both kinds have: money, sign-ins, notices and what was written down about them. */
export async function readRecords(accountId: string): Promise<string> {
  const [row] = await db().$queryRaw<{ data: string }[]>`
    SELECT jsonb_pretty(jsonb_build_object(
      'payments', (SELECT coalesce(jsonb_agg(to_jsonb(y) ORDER BY y.created_at), '[]') FROM (
        SELECT y.id, p.name AS plan, y.kind, y.status, y.amount AS amount_rials, y.credit AS credit_rials,
               y.gateway_ref_number, y.gateway_card_number, y.created_at, y.paid_at,
               (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.created_at), '[]') FROM (
                  SELECT method, amount AS amount_rials, state, created_at
                  FROM payment_refunds WHERE payment_id = y.id) r) AS refunds
          FROM payments y JOIN payment_plans p ON p.id = y.plan_id
         WHERE coalesce(y.user_id, y.vendor_id) = ${accountId}::uuid) y),
      'periods', (SELECT coalesce(jsonb_agg(to_jsonb(s) ORDER BY s.starts_at), '[]') FROM (
        SELECT p.name AS plan, s.starts_at, s.ends_at, s.conversions_limit, s.conversions_used, s.images_limit, s.images_used
          FROM subscription_periods s JOIN payment_plans p ON p.id = s.plan_id
         WHERE coalesce(s.user_id, s.vendor_id) = ${accountId}::uuid) s),
      'grants', (SELECT coalesce(jsonb_agg(to_jsonb(g) ORDER BY g.created_at), '[]') FROM (
        SELECT resource, amount, reason, created_at FROM quota_grants
         WHERE coalesce(user_id, vendor_id) = ${accountId}::uuid) g),
      'sessions', (SELECT coalesce(jsonb_agg(to_jsonb(s) ORDER BY s.created_at), '[]') FROM (
        SELECT user_agent, ip, created_at, last_used_at, revoked_at FROM sessions
         WHERE coalesce(user_id, vendor_id) = ${accountId}::uuid) s),
      'webhooks', (SELECT coalesce(jsonb_agg(to_jsonb(w) ORDER BY w.created_at), '[]') FROM (
        SELECT e.url, e.events, e.created_at,
               (SELECT coalesce(jsonb_agg(to_jsonb(m) ORDER BY m.created_at), '[]') FROM (
                 SELECT event, subject_id, created_at, delivered_at, last_status FROM webhook_messages
                  WHERE endpoint_id = e.id) m) AS messages
          FROM webhook_endpoints e WHERE coalesce(e.user_id, e.vendor_id) = ${accountId}::uuid) w),
      'tokens', (SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY t.created_at), '[]') FROM (
        SELECT name, scopes, created_at, last_used_at, expires_at, revoked_at FROM api_tokens
         WHERE coalesce(user_id, vendor_id) = ${accountId}::uuid) t),
      'notices', (SELECT coalesce(jsonb_agg(to_jsonb(n) ORDER BY n.created_at), '[]') FROM (
        SELECT kind, data, created_at, read_at,
               (SELECT c.title_fa || E'\\n' || c.text_fa FROM circulars c WHERE c.id::text = data ->> 'circular') AS said
          FROM notifications
         WHERE coalesce(user_id, vendor_id) = ${accountId}::uuid) n),
      'muted_topics', (SELECT coalesce(jsonb_agg(topic ORDER BY topic), '[]') FROM notice_mutes
         WHERE coalesce(user_id, vendor_id) = ${accountId}::uuid),
      'events', (SELECT coalesce(jsonb_agg(to_jsonb(e) ORDER BY e.created_at), '[]') FROM (
        SELECT action, resource, resource_id, metadata, created_at FROM audit_logs
         WHERE user_id = ${accountId}::uuid OR vendor_id = ${accountId}::uuid) e)
    )) AS data`;
  return row?.data ?? '{}';
}

/** The stored file of an account's avatar; null when it has none. */
export async function findAvatarFile(kind: AccountKind, accountId: string): Promise<string | null> {
  const owner = kind === 'user' ? { userId: accountId } : { vendorId: accountId };
  const file = await db().storedFile.findFirst({
    where: { ...owner, imageId: null, sentOf: null },
    select: { id: true },
  });
  return file?.id ?? null;
}

export type ExportedFile = {
  imageId: string;
  fileId: string;
  type: 'user' | 'vendor' | 'result';
  createdAt: Date;
  /** As it was sent, with the name it came under; null where that is not kept. */
  sentId: string | null;
  fileName: string;
};

/** An account's stored pictures, in the order of their ids, from behind one of them. */
export function listExportedFiles(
  kind: AccountKind,
  accountId: string,
  after: string,
  limit: number,
): Promise<ExportedFile[]> {
  const [userId, vendorId] = kind === 'user' ? [accountId, null] : [null, accountId];
  return db().$queryRaw<ExportedFile[]>`
    SELECT i.id::text AS "imageId", f.id AS "fileId", i.type, i.created_at AS "createdAt", s.id AS "sentId", i.file_name AS "fileName"
      FROM stored_files f JOIN images i ON i.id = f.image_id
      LEFT JOIN stored_files s ON s.sent_of = i.id
     WHERE (f.user_id = ${userId}::uuid OR f.vendor_id = ${vendorId}::uuid) AND i.id > ${after}::uuid
     ORDER BY i.id LIMIT ${limit}`;
}
