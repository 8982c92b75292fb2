'use server';

import { userAction } from '#lib/auth/door.ts';
import { cancelConversion as cancel } from './cancel-conversion.ts';
import { conversionIdInput, requestConversionInput } from './input.ts';
import { requestConversion as request } from './request-conversion.ts';

/** Charges one conversion of the signed-in user and queues it. */
export const requestConversion = userAction({
  input: requestConversionInput,
  limit: 'conversion.request',
  handler: ({ actor, input }) => request(actor, input),
});

/** Takes back a conversion that still waits. */
export const cancelConversion = userAction({
  input: conversionIdInput,
  limit: 'conversion.cancel',
  handler: ({ actor, input }) => cancel(actor, input.id),
});
