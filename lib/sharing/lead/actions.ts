'use server';

import { userAction, vendorAction } from '#lib/auth/door/door.ts';
import { answerLead as answer, putLeadAway as putAway } from './answer-lead.ts';
import { answerInput, awayInput, leadInput, leadOfInput } from './input.ts';
import { sendLead as send, withdrawLead as withdraw } from './send-lead.ts';

/** Sends one of the user's results to the shop whose look it is. */
export const sendLead = userAction({
  input: leadInput,
  limit: 'lead.send',
  handler: ({ actor, input, newId }) => send(actor, input, newId),
});

/** Takes it back. Never refused for want of a budget that sending used. */
export const withdrawLead = userAction({
  input: leadOfInput,
  limit: 'link.change',
  handler: ({ actor, input }) => withdraw(actor, input.conversionId),
});

/** The shop's answer. */
export const answerLead = vendorAction({
  input: answerInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => answer(actor, input),
});

/** Off the shop's list, or back on it. */
export const putLeadAway = vendorAction({
  input: awayInput,
  limit: 'gallery.change',
  handler: ({ actor, input }) => putAway(actor, input),
});
