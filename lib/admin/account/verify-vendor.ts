import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { findAccountRow, setVerified } from './store.ts';

/** Gives a vendor the badge of a business that somebody has looked at, or takes it. */
export async function verifyVendor(
  actor: AdminActor,
  { id, isVerified }: { id: string; isVerified: boolean },
): Promise<Result<null>> {
  return transact(async (tx) => {
    if (!(await setVerified(tx, id, isVerified))) {
      const found = await findAccountRow(tx, 'vendor', id);
      return found
        ? fail('state.illegal', `the badge of ${id} is so already`)
        : fail('notFound', `no vendor ${id}`);
    }
    const action = isVerified ? 'vendor.verify' : 'vendor.unverify';
    await recordEvent(tx, actor, action, { resource: 'vendor', resourceId: id });
    return succeed(null);
  });
}
