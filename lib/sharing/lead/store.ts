import type { TimeCursor } from '#lib/core/cursor.ts';
import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { LookKind } from '#lib/gallery/look/kinds.ts';
import { Prisma } from '#prisma/generated/client.ts';

/** Results that people sent to shops. SQL functions write them, and the view says what a shop may see. */

/** What became of a wish to send: `many` is more than a person may in a day. */
export type Sending = 'sent' | 'missing' | 'many';

export async function sendLeadRow(
  tx: Tx,
  lead: { id: string; userId: string; conversionId: string; words: string | null; withPhone: boolean },
): Promise<Sending> {
  const [row] = await tx.$queryRaw<[{ became: Sending }]>`
    SELECT send_lead(${lead.id}::uuid, ${lead.userId}::uuid, ${lead.conversionId}::uuid, ${lead.words}::text,
      ${lead.withPhone}::boolean) AS became`;
  return row.became;
}

/** False when nothing of it is at a shop. */
export async function withdrawLeadRow(tx: Tx, userId: string, conversionId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<[{ was: boolean }]>`
    SELECT withdraw_lead(${userId}::uuid, ${conversionId}::uuid) AS was`;
  return row.was;
}

/** `before`: another answer was given already. */
export async function answerLeadRow(
  tx: Tx,
  vendorId: string,
  leadId: string,
  answer: string,
): Promise<'answered' | 'missing' | 'before'> {
  const [row] = await tx.$queryRaw<[{ became: 'answered' | 'missing' | 'before' }]>`
    SELECT answer_lead(${vendorId}::uuid, ${leadId}::uuid, ${answer}) AS became`;
  return row.became;
}

/** False when the shop has no such lead. */
export async function putLeadAwayRow(
  tx: Tx,
  vendorId: string,
  leadId: string,
  isAway: boolean,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<[{ was: boolean }]>`
    SELECT put_lead_away(${vendorId}::uuid, ${leadId}::uuid, ${isAway}) AS was`;
  return row.was;
}

export type OwnLeadRow = {
  words: string | null;
  withPhone: boolean;
  sentAt: Date;
  answer: string | null;
  answeredAt: Date | null;
  shop: string | null;
  profileInfo: unknown;
  contactInfo: unknown;
  socialLinks: unknown;
};

/** What a person sent of one result and did not take back, with how its shop can be reached; null for nothing. */
export async function findOwnLead(userId: string, conversionId: string): Promise<OwnLeadRow | null> {
  const rows = await db().$queryRaw<OwnLeadRow[]>`
    SELECT l.words, l.with_phone AS "withPhone", l.sent_at AS "sentAt", l.answer, l.answered_at AS "answeredAt",
           v.business_name AS shop, v.profile_info AS "profileInfo", v.contact_info AS "contactInfo", v.social_links AS "socialLinks"
      FROM leads l LEFT JOIN vendors v ON v.id = l.vendor_id AND v.is_active
     WHERE l.user_id = ${userId}::uuid AND l.conversion_id = ${conversionId}::uuid AND l.withdrawn_at IS NULL`;
  return rows[0] ?? null;
}

export type ReceivedRow = {
  id: string;
  /** The moment, as a cursor takes it. */
  at: string;
  sentAt: Date;
  words: string | null;
  phone: string | null;
  kind: LookKind;
  title: string | null;
  answer: string | null;
  answeredAt: Date | null;
  isAway: boolean;
  width: number | null;
  height: number | null;
  thumbhash: string | null;
  hasAvif: boolean;
};

/** What a shop received and did not put away, or what it did, newest first. */
export async function listReceived(
  vendorId: string,
  { isAway, after, limit }: { isAway: boolean; after: TimeCursor | null; limit: number },
): Promise<ReceivedRow[]> {
  const rest = after
    ? Prisma.sql`AND (sent_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
    : Prisma.empty;
  return db().$queryRaw<ReceivedRow[]>`
    SELECT id::text, sent_at::text AS at, sent_at AS "sentAt", words, phone, kind, title, answer, answered_at AS "answeredAt",
           put_away_at IS NOT NULL AS "isAway", width, height, thumbhash, variants ? 'a320' AS "hasAvif"
      FROM received_leads
     WHERE vendor_id = ${vendorId}::uuid AND (put_away_at IS NOT NULL) = ${isAway} ${rest}
     ORDER BY sent_at DESC, id DESC LIMIT ${limit}`;
}

/** The stored file of what a shop received, and whose it is; null when nothing of it is there, or no more. */
export async function findReceivedFile(
  vendorId: string,
  leadId: string,
): Promise<{ fileId: string; userId: string } | null> {
  const rows = await db().$queryRaw<{ fileId: string; userId: string }[]>`
    SELECT file_id AS "fileId", user_id::text AS "userId" FROM received_leads
     WHERE vendor_id = ${vendorId}::uuid AND id = ${leadId}::uuid`;
  return rows[0] ?? null;
}
