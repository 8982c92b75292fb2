import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { writeHosts } from './store.ts';

/** Says on which sites the actor's looks may be shown, in place of what was said before. */
export async function setHosts(
  actor: VendorActor,
  { hosts }: { readonly hosts: readonly string[] },
): Promise<Result<null>> {
  return transact(async (tx) => {
    if (!(await writeHosts(tx, actor.vendorId, hosts))) return fail('auth.required', 'account is gone');
    await recordEvent(tx, actor, 'account.update', {
      resource: 'vendor',
      resourceId: actor.vendorId,
      metadata: { field: 'embed', hosts: hosts.length },
    });
    return succeed(null);
  });
}
