'use server';

import { vendorAction } from '#lib/auth/door/door.ts';
import { brandInput } from './input.ts';
import { setColour } from './set-colour.ts';

/** The colour of the vendor's own pages. */
export const setBrandColour = vendorAction({
  input: brandInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => setColour(actor, input),
});
