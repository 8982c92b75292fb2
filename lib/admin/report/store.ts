import type { TimeCursor } from '#lib/core/cursor.ts';
import { newerThan } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transact.ts';

/** What visitors said about images, and what was decided. */

export type ReportRow = {
  readonly id: string;
  readonly at: string;
  readonly reason: string;
  readonly note: string | null;
  readonly createdAt: Date;
  readonly vendorId: string;
  readonly vendorName: string;
  readonly handle: string;
  /** An image, or the shop as a whole. */
  readonly about: 'image' | 'vendor';
  /** Null when the image is gone. */
  readonly imageId: string | null;
  readonly imageTitle: string | null;
  readonly thumbUrl: string | null;
  readonly isPublic: boolean | null;
  /** How many open reports the same image has. */
  readonly alike: number;
};

export const reportReasons = ['stolen', 'person', 'indecent', 'misleading', 'other'] as const;
export type ReportReason = (typeof reportReasons)[number];

/** Open reports, of one reason or of all, oldest first, after the cursor. */
export async function listOpenReports(
  tx: Tx,
  reason: ReportReason | null,
  after: TimeCursor | null,
  limit: number,
): Promise<ReportRow[]> {
  return tx.$queryRaw<ReportRow[]>`
    SELECT r.id::text, r.created_at::text AS at, r.reason, r.note, r.created_at AS "createdAt",
      r.vendor_id::text AS "vendorId", v.business_name AS "vendorName", v.handle, r.image_id::text AS "imageId", r.about,
      coalesce(i.title, i.file_name) AS "imageTitle", i.thumbnail_url AS "thumbUrl", i.is_public AS "isPublic",
      (SELECT count(*)::int FROM image_reports o WHERE o.state = 'open' AND CASE r.about WHEN 'vendor'
        THEN o.about = 'vendor' AND o.vendor_id = r.vendor_id ELSE o.image_id = r.image_id END) AS alike
    FROM image_reports r JOIN vendors v ON v.id = r.vendor_id LEFT JOIN images i ON i.id = r.image_id
    WHERE r.state = 'open' AND (${reason}::text IS NULL OR r.reason = ${reason})
      ${newerThan('r', after)}
    ORDER BY r.created_at, r.id LIMIT ${limit}`;
}

export type OpenReport = {
  readonly vendorId: string;
  readonly imageId: string | null;
  readonly reason: ReportReason;
};

/** The vendor and image of a report that is still open. */
export async function findOpenReport(tx: Tx, id: string): Promise<OpenReport | null> {
  const found = await tx.imageReport.findFirst({
    where: { id, state: 'open' },
    select: { vendorId: true, imageId: true, reason: true },
  });
  return found as OpenReport | null;
}

/** Decides a report, and with it every open one about the same image. Answers with how many. */
export async function closeReports(
  tx: Tx,
  id: string,
  decision: { state: 'kept' | 'removed'; decidedBy: string },
): Promise<number> {
  const { state, decidedBy } = decision;
  return tx.$executeRaw`
    UPDATE image_reports SET state = ${state}, decided_by = ${decidedBy}::uuid, decided_at = clock_timestamp()
    WHERE state = 'open' AND (id = ${id}::uuid OR image_id = (SELECT image_id FROM image_reports WHERE id = ${id}::uuid)
        OR about = 'vendor' AND vendor_id = (SELECT vendor_id FROM image_reports WHERE id = ${id}::uuid AND about = 'vendor'))
      AND EXISTS (SELECT 1 FROM image_reports o WHERE o.id = ${id}::uuid AND o.state = 'open')`;
}

/** Decides everything open about an image. */
export async function closeReportsOf(
  tx: Tx,
  imageId: string,
  { state, decidedBy }: { state: 'kept' | 'removed'; decidedBy: string | null },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE image_reports SET state = ${state}, decided_by = ${decidedBy}::uuid, decided_at = clock_timestamp()
    WHERE state = 'open' AND image_id = ${imageId}::uuid`;
}

/** The vendor of an image, one in the trash too. */
export async function findVendorOfImage(tx: Tx, imageId: string): Promise<string | null> {
  const found = await tx.image.findFirst({
    where: { id: imageId, type: 'vendor' },
    select: { vendorId: true },
  });
  return found?.vendorId ?? null;
}

/** Refuses an image that nobody but its owner sees any more; false when it is public, refused already, or gone. */
export async function refuseImage(tx: Tx, imageId: string): Promise<boolean> {
  const { count } = await tx.image.updateMany({
    where: { id: imageId, isPublic: false, moderation: { not: 'refused' } },
    data: { moderation: 'refused' },
  });
  return count === 1;
}
