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
  },
): Promise<boolean> {
  const { count } = await tx.imageReport.createMany({ data: [report], skipDuplicates: true });
  return count === 1;
}
