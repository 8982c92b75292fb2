import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { deleteColour, writeColour } from './store.ts';

/** Sets the colour of the actor's shop, or goes back to the site's (null). Fails with `auth.required` when it is gone. */
export async function setColour(
  actor: VendorActor,
  { colour }: { readonly colour: string | null },
): Promise<Result<null>> {
  return transact(async (tx) => {
    if (colour === null) await deleteColour(tx, actor.vendorId);
    else if (!(await writeColour(tx, actor.vendorId, colour)))
      return fail('auth.required', 'account is gone');
    await recordEvent(tx, actor, 'account.update', {
      resource: 'vendor',
      resourceId: actor.vendorId,
      metadata: { field: 'colour', colour },
    });
    return succeed(null);
  });
}
