import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { isUniqueViolation } from '#lib/db/sql-errors.ts';
import { transact } from '#lib/db/transact.ts';
import { updateHandle } from './store.ts';

/**
 * Gives a vendor's public page another address. The database keeps every address a vendor ever had: a former
 * one leads to the present one, comes back to its vendor when wanted, and is nobody else's.
 */
export async function changeHandle(
  actor: VendorActor,
  { handle }: { handle: string },
): Promise<Result<{ handle: string }>> {
  try {
    return await transact(async (tx) => {
      const was = await updateHandle(tx, actor.vendorId, handle);
      if (was === null) return fail('auth.required', 'account is gone');
      if (was !== handle) {
        await recordEvent(tx, actor, 'vendor.handle', {
          resource: 'vendor',
          resourceId: actor.vendorId,
          metadata: { from: was, to: handle },
        });
      }
      return succeed({ handle });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return fail('input.invalid', `the handle ${handle} is or was somebody else's`, {
      fields: { handle: 'vendorProfile.handle.taken' },
    });
  }
}
