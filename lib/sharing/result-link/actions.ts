'use server';

import { userAction } from '#lib/auth/door/door.ts';
import { createResultLink as create } from './create-result-link.ts';
import { createResultLinkInput, resultLinkIdInput } from './input.ts';
import { revokeResultLink as revoke } from './revoke-result-link.ts';

/** Makes a link to one of the user's results. */
export const createResultLink = userAction({
  input: createResultLinkInput,
  limit: 'link.change',
  handler: ({ actor, input, newId }) => create(actor, input, newId),
});

/** Ends one of the user's links. */
export const revokeResultLink = userAction({
  input: resultLinkIdInput,
  limit: 'link.change',
  handler: ({ actor, input }) => revoke(actor, input.id),
});
