'use server';

import { vendorAction } from '#lib/auth/door/door.ts';
import { embedInput } from './input.ts';
import { setHosts } from './set-hosts.ts';

/** On which sites the vendor's looks are shown. */
export const setEmbedHosts = vendorAction({
  input: embedInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => setHosts(actor, input),
});
