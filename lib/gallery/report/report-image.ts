import { recordEvent } from '#lib/audit/record-event.ts';
import { visitor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { hashVisitor } from '../visit/visitor.ts';
import type { ReportInput } from './input.ts';
import { findVendorOfVisible, insertReport } from './store.ts';

/**
 * Keeps what a visitor says about an image, for the operator; the image stays where it is. The same visitor is
 * heard once a day about an image: again is answered like the first time.
 */
export async function reportImage(
  report: ReportInput,
  from: { address: string; userAgent: string | null },
): Promise<Result<null>> {
  const { hash } = await hashVisitor(from);
  return transact(async (tx) => {
    const { imageId, reason, note } = report;
    const vendorId = await findVendorOfVisible(tx, imageId);
    if (!vendorId) return fail('notFound', `visitors see no image ${imageId}`);
    if (await insertReport(tx, { vendorId, imageId, reason, note, reporter: hash })) {
      await recordEvent(tx, visitor, 'image.report', {
        resource: 'image',
        resourceId: imageId,
        metadata: { reason },
      });
    }
    return succeed(null);
  });
}
