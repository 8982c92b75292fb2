import { recordEvent } from '#lib/audit/record-event.ts';
import { visitor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { placesOf } from '#lib/rate-limit/client-address.ts';
import { hashVisitor } from '../visit/visitor.ts';
import type { VendorReportInput } from './input.ts';
import { insertVendorReport, isVisibleVendor } from './store.ts';

/**
 * Keeps what a visitor says about a shop, for the operator; the same visitor is heard once a day, and again is answered
 * like the first time. Nothing is hidden by it, however many they are: what closes a whole shop is somebody's decision.
 * Fails with `notFound` for a shop that visitors do not see.
 */
export async function reportVendor(
  { vendorId, reason, note }: VendorReportInput,
  from: { address: string; userAgent: string | null },
): Promise<Result<null>> {
  const { hash } = await hashVisitor(from);
  const { hash: network } = await hashVisitor({ address: placesOf(from.address).network, userAgent: null });
  return transact(async (tx) => {
    if (!(await isVisibleVendor(tx, vendorId))) return fail('notFound', `visitors see no vendor ${vendorId}`);
    if (await insertVendorReport(tx, { vendorId, reason, note, reporter: hash, network })) {
      const metadata = { reason };
      await recordEvent(tx, visitor, 'vendor.report', { resource: 'vendor', resourceId: vendorId, metadata });
    }
    return succeed(null);
  });
}
