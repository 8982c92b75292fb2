'use server';

import { fail } from '#lib/core/result.ts';
import { currentUser, currentVendor } from '../door/current.ts';
import { userAction, vendorAction } from '../door/door.ts';
import { nothingInput } from '../input.ts';
import { refuseCodes } from './open-codes.ts';

/** Ends the codes that somebody asked for to sign in to the user's account elsewhere. */
export const refuseUserCodes = userAction({
  input: nothingInput,
  limit: 'account.change',
  handler: async () => {
    const user = await currentUser();
    return user ? refuseCodes(user) : fail('auth.required', 'nobody is signed in');
  },
});

/** The same for the signed-in vendor. */
export const refuseVendorCodes = vendorAction({
  input: nothingInput,
  limit: 'account.change',
  handler: async () => {
    const vendor = await currentVendor();
    return vendor ? refuseCodes(vendor) : fail('auth.required', 'nobody is signed in');
  },
});
