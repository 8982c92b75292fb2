'use server';

import { userAction, vendorAction } from '#lib/auth/door/door.ts';
import { createToken, revokeToken } from '#lib/auth/token/change-tokens.ts';
import { tokenChoice, userTokenInput, vendorTokenInput } from '#lib/auth/token/input.ts';

/** Makes a personal token for programs of the user's; the answer is the only time that it is shown. */
export const createUserToken = userAction({
  input: userTokenInput,
  limit: 'account.change',
  handler: ({ actor, input, newId }) => createToken(actor, input, newId),
});

export const revokeUserToken = userAction({
  input: tokenChoice,
  limit: 'account.change',
  handler: ({ actor, input }) => revokeToken(actor, input),
});

/** The same for programs of a vendor. */
export const createVendorToken = vendorAction({
  input: vendorTokenInput,
  limit: 'account.change',
  handler: ({ actor, input, newId }) => createToken(actor, input, newId),
});

export const revokeVendorToken = vendorAction({
  input: tokenChoice,
  limit: 'account.change',
  handler: ({ actor, input }) => revokeToken(actor, input),
});
