'use server';

import { vendorAction } from '#lib/auth/door/door.ts';
import { offerIdInput, offerInput } from './input.ts';
import { saveOffer as save, removeOffer as takeAway } from './save-offer.ts';

/** What is offered with one image. */
export const saveOffer = vendorAction({
  input: offerInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => save(actor, input),
});

/** Takes the offer off one image. */
export const removeOffer = vendorAction({
  input: offerIdInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => takeAway(actor, input.id),
});
