import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import type { BusinessInput } from './input.ts';
import { linkKinds } from './profile.ts';
import { updateBusinessRow } from './store.ts';

/** Changes what a business says of itself. The badge and everything else of the account cannot be named. */
export async function updateBusiness(actor: VendorActor, input: BusinessInput): Promise<Result<null>> {
  const { businessName, bio, kind, city, contactPhone, email, address } = input;
  const links = linkKinds.flatMap((name) => (input[name] ? [[name, input[name]] as const] : []));
  return transact(async (tx) => {
    const saved = await updateBusinessRow(tx, actor.vendorId, {
      businessName,
      bio: bio || null,
      profileInfo: { kind, city },
      contactInfo: { phone: contactPhone, email, address },
      socialLinks: Object.fromEntries(links),
    });
    if (!saved) return fail('auth.required', 'account is gone');
    await recordEvent(tx, actor, 'account.update', {
      resource: 'vendor',
      resourceId: actor.vendorId,
      metadata: { field: 'profile' },
    });
    return succeed(null);
  });
}
