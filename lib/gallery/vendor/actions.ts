'use server';

import { vendorAction } from '#lib/auth/door/door.ts';
import { changeHandle as giveHandle } from './change-handle.ts';
import { businessInput, handleInput } from './input.ts';
import { updateBusiness as saveBusiness } from './update-business.ts';

/** Changes what the vendor's public page says of the business. */
export const updateBusiness = vendorAction({
  input: businessInput,
  limit: 'account.change',
  handler: ({ actor, input }) => saveBusiness(actor, input),
});

/** Gives the vendor's public page another address. */
export const changeHandle = vendorAction({
  input: handleInput,
  limit: 'account.change',
  handler: ({ actor, input }) => giveHandle(actor, input),
});
