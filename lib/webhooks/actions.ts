'use server';

import { userAction, vendorAction } from '#lib/auth/door/door.ts';
import {
  createEndpoint,
  enableEndpoint,
  pingEndpoint,
  removeEndpoint,
  repeatMessage,
  rotateSecret,
} from './endpoint/change-endpoints.ts';
import { userWebhookInput, vendorWebhookInput, webhookChoice } from './endpoint/input.ts';

/** Has a program of the user's told of events; the answer is the only time that the secret is shown. */
export const createUserWebhook = userAction({
  input: userWebhookInput,
  limit: 'account.change',
  handler: ({ actor, input, newId }) => createEndpoint(actor, input, newId),
});

export const rotateUserWebhook = userAction({
  input: webhookChoice,
  limit: 'account.change',
  handler: ({ actor, input }) => rotateSecret(actor, input),
});

export const removeUserWebhook = userAction({
  input: webhookChoice,
  limit: 'account.change',
  handler: ({ actor, input }) => removeEndpoint(actor, input),
});

/** Sends a message again. */
export const repeatUserMessage = userAction({
  input: webhookChoice,
  limit: 'account.change',
  handler: ({ actor, input }) => repeatMessage(actor, input),
});

/** Sends a message that says nothing but that it arrives. */
export const pingUserWebhook = userAction({
  input: webhookChoice,
  limit: 'account.change',
  handler: ({ actor, input, newId }) => pingEndpoint(actor, input, newId),
});

/** Switches an address on again that was switched off. */
export const enableUserWebhook = userAction({
  input: webhookChoice,
  limit: 'account.change',
  handler: ({ actor, input }) => enableEndpoint(actor, input),
});

/** The same for a vendor. */
export const createVendorWebhook = vendorAction({
  input: vendorWebhookInput,
  limit: 'account.change',
  handler: ({ actor, input, newId }) => createEndpoint(actor, input, newId),
});

export const rotateVendorWebhook = vendorAction({
  input: webhookChoice,
  limit: 'account.change',
  handler: ({ actor, input }) => rotateSecret(actor, input),
});

export const removeVendorWebhook = vendorAction({
  input: webhookChoice,
  limit: 'account.change',
  handler: ({ actor, input }) => removeEndpoint(actor, input),
});

export const repeatVendorMessage = vendorAction({
  input: webhookChoice,
  limit: 'account.change',
  handler: ({ actor, input }) => repeatMessage(actor, input),
});

export const pingVendorWebhook = vendorAction({
  input: webhookChoice,
  limit: 'account.change',
  handler: ({ actor, input, newId }) => pingEndpoint(actor, input, newId),
});

export const enableVendorWebhook = vendorAction({
  input: webhookChoice,
  limit: 'account.change',
  handler: ({ actor, input }) => enableEndpoint(actor, input),
});
