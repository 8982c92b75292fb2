import { recordEvent } from '#lib/audit/record-event.ts';
import { system, visitor } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { readdressImage } from '#lib/files/image/publish-image.ts';
import { reportsThatHide } from '#lib/files/moderation/policy.ts';
import { openPublicCase } from '#lib/files/moderation/public-store.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { placesOf } from '#lib/rate-limit/client-address.ts';
import { hashVisitor } from '../visit/visitor.ts';
import type { ReportInput } from './input.ts';
import { countReports, findVendorOfVisible, insertReport } from './store.ts';

/** Hides an image until somebody decides, under a new address; its vendor is told. */
async function hold(vendorId: string, imageId: string): Promise<void> {
  const vendor = { kind: 'vendor', vendorId, sessionId: '' } as const;
  const hidden = await readdressImage(vendor, imageId, 'private', system);
  if (!hidden.ok) {
    log.warn({ imageId, errorCode: hidden.code }, 'a reported image was not hidden');
    return;
  }
  await transact(async (tx) => {
    if (await openPublicCase(tx, imageId, 'reported')) {
      await recordNotice(tx, { kind: 'vendor', accountId: vendorId }, 'picture.hold');
    }
    return succeed(null);
  });
}

/**
 * Keeps what a visitor says about an image, for the operator. The same visitor is heard once a day about an image:
 * again is answered like the first time. What is reported from several networks is hidden until somebody decides; what
 * an administrator has kept stays where it is.
 */
export async function reportImage(
  report: ReportInput,
  from: { address: string; userAgent: string | null },
): Promise<Result<null>> {
  const { imageId, reason, note } = report;
  const { hash } = await hashVisitor(from);
  const { hash: network } = await hashVisitor({ address: placesOf(from.address).network, userAgent: null });
  const kept = await transact(async (tx) => {
    const vendorId = await findVendorOfVisible(tx, imageId);
    if (!vendorId) return fail('notFound', `visitors see no image ${imageId}`);
    if (await insertReport(tx, { vendorId, imageId, reason, note, reporter: hash, network })) {
      await recordEvent(tx, visitor, 'image.report', {
        resource: 'image',
        resourceId: imageId,
        metadata: { reason },
      });
    }
    return succeed({ vendorId, ...(await countReports(tx, imageId)) });
  });
  if (!kept.ok) return kept;
  const { vendorId, networks, isVerified, wasKept } = kept.value;
  const enough = isVerified ? reportsThatHide.verified : reportsThatHide.unverified;
  if (!wasKept && networks >= enough) await hold(vendorId, imageId);
  return succeed(null);
}
