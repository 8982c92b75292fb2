import type { Tx } from '#lib/db/transact.ts';
import type { ReportReason } from '../policy.ts';

/** The vendor of an image that visitors may see. */
export async function findVendorOfVisible(tx: Tx, imageId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ vendorId: string }[]>`
    SELECT vendor_id::text AS "vendorId" FROM visible_images WHERE id = ${imageId}::uuid`;
  return rows[0]?.vendorId ?? null;
}

/** Keeps a report; false when this visitor has reported the image today. */
export async function insertReport(
  tx: Tx,
  report: {
    vendorId: string;
    imageId: string;
    reason: ReportReason;
    note: string | null;
    reporter: Uint8Array<ArrayBuffer>;
    network: Uint8Array<ArrayBuffer>;
  },
): Promise<boolean> {
  const { count } = await tx.imageReport.createMany({ data: [report], skipDuplicates: true });
  return count === 1;
}

/** Whether visitors see a vendor's page. */
export async function isVisibleVendor(tx: Tx, vendorId: string): Promise<boolean> {
  return (await tx.vendor.count({ where: { id: vendorId, isActive: true } })) === 1;
}

/** Keeps a report about a shop as a whole; false when this visitor has reported it today. */
export async function insertVendorReport(
  tx: Tx,
  report: {
    vendorId: string;
    reason: ReportReason;
    note: string | null;
    reporter: Uint8Array<ArrayBuffer>;
    network: Uint8Array<ArrayBuffer>;
  },
): Promise<boolean> {
  const { count } = await tx.imageReport.createMany({
    data: [{ ...report, about: 'vendor' }],
    skipDuplicates: true,
  });
  return count === 1;
}

/**
 * How many networks report an image of a vendor now, and whether that hides it: not once an administrator has looked
 * and kept it.
 */
export async function countReports(
  tx: Tx,
  imageId: string,
): Promise<{ networks: number; isVerified: boolean; wasKept: boolean }> {
  const [row] = await tx.$queryRaw<{ networks: number; isVerified: boolean; wasKept: boolean }[]>`
    SELECT count(DISTINCT r.network) FILTER (WHERE r.state = 'open')::int AS networks,
      coalesce(bool_or(r.state = 'kept'), false) AS "wasKept", bool_or(v.is_verified) AS "isVerified"
    FROM image_reports r JOIN vendors v ON v.id = r.vendor_id WHERE r.image_id = ${imageId}::uuid`;
  return row ?? { networks: 0, isVerified: false, wasKept: false };
}
