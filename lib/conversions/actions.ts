'use server';

import { userAction } from '#lib/auth/door/door.ts';
import { cancelConversion as cancel } from './cancel-conversion.ts';
import { deleteConversion as erase } from './history/delete-conversion.ts';
import { markFavourite, renameConversion as rename } from './history/mark-conversion.ts';
import { conversionIdInput, favouriteInput, renameInput, requestConversionsInput } from './input.ts';
import { requestConversions as request } from './request-conversions.ts';
import { retryConversion as retry } from './retry-conversion.ts';

/** Charges one conversion of the signed-in user for each photo in each look and queues them; all or none. */
export const requestConversions = userAction({
  input: requestConversionsInput,
  limit: 'conversion.request',
  handler: ({ actor, input }) => request(actor, input),
});

/** Makes a failed conversion again: the same photo in the same look, charged anew. */
export const retryConversion = userAction({
  input: conversionIdInput,
  limit: 'conversion.request',
  handler: ({ actor, input, newId }) => retry(actor, input.id, newId.replaceAll('-', '')),
});

/** Takes back a conversion that still waits. */
export const cancelConversion = userAction({
  input: conversionIdInput,
  limit: 'conversion.cancel',
  handler: ({ actor, input }) => cancel(actor, input.id),
});

/** Gives a conversion a title, or takes it away. */
export const renameConversion = userAction({
  input: renameInput,
  limit: 'conversion.change',
  handler: ({ actor, input }) => rename(actor, input),
});

/** Marks a conversion as a favourite, or takes the mark away. */
export const setFavourite = userAction({
  input: favouriteInput,
  limit: 'conversion.change',
  handler: ({ actor, input }) => markFavourite(actor, input),
});

/** Deletes a conversion that has ended, with its picture and links. */
export const deleteConversion = userAction({
  input: conversionIdInput,
  limit: 'conversion.change',
  handler: ({ actor, input }) => erase(actor, input.id),
});
