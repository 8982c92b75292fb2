import { z } from 'zod';
import { userOperation } from '#lib/auth/door/token-route.ts';
import { awaitConversion, longestWait } from '#lib/conversions/await-conversion.ts';
import { cancelConversion } from '#lib/conversions/cancel-conversion.ts';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import { deleteConversion } from '#lib/conversions/history/delete-conversion.ts';
import { listConversions } from '#lib/conversions/history/list-conversions.ts';
import { markFavourite, renameConversion } from '#lib/conversions/history/mark-conversion.ts';
import { serveResult } from '#lib/conversions/history/serve-result.ts';
import {
  conversionIdInput,
  favouriteInput,
  renameInput,
  requestConversionsInput,
} from '#lib/conversions/input.ts';
import { requestConversions } from '#lib/conversions/request-conversions.ts';
import { retryConversion } from '#lib/conversions/retry-conversion.ts';
import { streamProgress } from '#lib/conversions/stream-progress.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { answerEvents } from '#lib/core/answer.ts';
import { cursorText } from '#lib/core/cursor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { serveOwn } from '../serve-own.ts';
import { conversion, conversionPage, requested, toConversion } from '../shapes/conversion.ts';
import { pictureContents, pictureSizes } from '../shapes/photo.ts';

/** How a conversion is now that something was done to it. */
async function changed(
  actor: UserActor,
  id: string,
  done: Result<unknown>,
): Promise<Result<z.input<typeof conversion>>> {
  if (!done.ok) return done;
  const found = await findConversion(actor, id);
  return found.ok ? succeed(toConversion(found.value)) : found;
}

export const conversionOperations = [
  userOperation({
    at: 'GET /conversions',
    id: 'listConversions',
    scope: 'conversions:read',
    input: z.object({
      show: z.enum(['all', 'favourites', 'failed']).default('all'),
      cursor: cursorText.optional(),
    }),
    limit: 'account.read',
    answer: { status: 200, json: conversionPage },
    handler: async ({ actor, input: { show, cursor } }) => {
      const { items, next } = await listConversions(actor, { filter: { kind: show }, cursor });
      return succeed({ items: items.map(toConversion), next });
    },
  }),
  userOperation({
    at: 'POST /conversions',
    id: 'requestConversions',
    scope: 'conversions:write',
    input: requestConversionsInput,
    limit: 'conversion.request',
    answer: { status: 202, json: requested },
    handler: ({ actor, input, wish }) =>
      requestConversions(actor, { ...input, requestKey: wish?.slice(0, 32) ?? input.requestKey }),
  }),
  userOperation({
    at: 'GET /conversions/{id}',
    id: 'getConversion',
    scope: 'conversions:read',
    input: conversionIdInput.extend({
      wait: z.coerce
        .number()
        .int()
        .min(0)
        .max(longestWait)
        .default(0)
        .describe('Seconds: the answer comes when the conversion has ended, or after so long.'),
    }),
    limit: 'account.read',
    answer: { status: 200, json: conversion },
    handler: async ({ actor, input, request }) => {
      const found = await awaitConversion(actor, input.id, input.wait, request.signal);
      return found.ok ? succeed(toConversion(found.value)) : found;
    },
  }),
  userOperation({
    at: 'PUT /conversions/{id}/title',
    id: 'renameConversion',
    scope: 'conversions:write',
    input: renameInput,
    limit: 'conversion.change',
    answer: { status: 200, json: conversion },
    handler: async ({ actor, input }) => changed(actor, input.id, await renameConversion(actor, input)),
  }),
  userOperation({
    at: 'PUT /conversions/{id}/favourite',
    id: 'setFavourite',
    scope: 'conversions:write',
    input: favouriteInput,
    limit: 'conversion.change',
    answer: { status: 200, json: conversion },
    handler: async ({ actor, input }) => changed(actor, input.id, await markFavourite(actor, input)),
  }),
  userOperation({
    at: 'GET /conversions/{id}/events',
    id: 'watchConversion',
    scope: 'conversions:read',
    input: conversionIdInput,
    limit: 'events.open',
    answer: { status: 200, events: conversion },
    handler: async ({ actor, input, request }) => {
      const found = await findConversion(actor, input.id);
      if (!found.ok) return found;
      const form = { name: 'api', toEvent: toConversion };
      const events = streamProgress(actor, found.value, request.signal, form);
      return events.ok ? answerEvents(events.value) : events;
    },
  }),
  userOperation({
    at: 'GET /conversions/{id}/result',
    id: 'getResult',
    scope: 'conversions:read',
    input: z.object({ id: z.uuid(), size: z.enum([...pictureSizes, 'png']).default('original') }),
    limit: 'conversion.download',
    answer: { status: 200, bytes: [...pictureContents, 'image/png'] },
    handler: async ({ actor, input: { id, size }, request }) => {
      if (size === 'png' || size === 'original') {
        const served = await serveResult(request, actor, id, { format: size === 'png' ? 'png' : 'jpeg' });
        return served.ok ? served.value : served;
      }
      const found = await findConversion(actor, id);
      if (!found.ok) return found;
      const { result } = found.value;
      return result ? serveOwn(request, actor, result, size) : fail('notFound', `${id} has no result`);
    },
  }),
  userOperation({
    at: 'POST /conversions/{id}/cancel',
    id: 'cancelConversion',
    scope: 'conversions:write',
    input: conversionIdInput,
    limit: 'conversion.cancel',
    answer: { status: 204 },
    handler: async ({ actor, input }) => {
      const cancelled = await cancelConversion(actor, input.id);
      return cancelled.ok ? succeed(null) : cancelled;
    },
  }),
  userOperation({
    at: 'POST /conversions/{id}/retry',
    id: 'retryConversion',
    scope: 'conversions:write',
    input: conversionIdInput,
    limit: 'conversion.request',
    answer: { status: 202, json: requested },
    handler: async ({ actor, input, wish }) => {
      const again = await retryConversion(actor, input.id, wish?.slice(0, 32));
      return again.ok ? succeed({ ids: [again.value.id] }) : again;
    },
  }),
  userOperation({
    at: 'DELETE /conversions/{id}',
    id: 'deleteConversion',
    scope: 'conversions:write',
    input: conversionIdInput,
    limit: 'conversion.change',
    answer: { status: 204 },
    handler: async ({ actor, input }) => {
      const gone = await deleteConversion(actor, input.id);
      return gone.ok ? succeed(null) : gone;
    },
  }),
];
