import { recordEvent } from '#lib/audit/record-event.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import type { OwnOffer } from './kinds.ts';
import { deleteOffer, hasContact, upsertOffer } from './store.ts';

/**
 * Writes what is offered with one of the actor's pictures, in place of what was. Fails with `notFound` for a picture that
 * is not the actor's, `input.invalid` for a way of contact that the profile does not have.
 */
export async function saveOffer(
  actor: VendorActor,
  { id, ...offer }: OwnOffer & { readonly id: string },
): Promise<Result<null>> {
  return transact(async (tx) => {
    if (offer.contact && !(await hasContact(tx, actor.vendorId, offer.contact))) {
      const fields = { contact: 'vendorOffer.wrong.contact' };
      return fail('input.invalid', `vendor ${actor.vendorId} says no ${offer.contact}`, { fields });
    }
    if (!(await upsertOffer(tx, actor.vendorId, id, offer))) {
      return fail('notFound', `image ${id} is not one of vendor ${actor.vendorId}`);
    }
    const metadata = { offer: 'saved', isPriced: offer.priceRials !== null };
    await recordEvent(tx, actor, 'image.update', { resource: 'image', resourceId: id, metadata });
    return succeed(null);
  });
}

/** Takes an offer off a picture. Fails with `notFound` when the actor has none there. */
export async function removeOffer(actor: VendorActor, imageId: string): Promise<Result<null>> {
  return transact(async (tx) => {
    if (!(await deleteOffer(tx, actor.vendorId, imageId))) {
      return fail('notFound', `vendor ${actor.vendorId} offers nothing with image ${imageId}`);
    }
    const metadata = { offer: 'removed' };
    await recordEvent(tx, actor, 'image.update', { resource: 'image', resourceId: imageId, metadata });
    return succeed(null);
  });
}
