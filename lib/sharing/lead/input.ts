import { z } from 'zod';
import { paragraphs } from '#lib/auth/input.ts';
import { cursorText } from '#lib/core/cursor.ts';
import { leadLimits } from '../policy.ts';

/** A result of one's own for the shop whose look it is: words if one likes, the number only if one says so. */
export const leadInput = z.strictObject({
  conversionId: z.uuid(),
  words: paragraphs(leadLimits.words, 'leads.wrong.words').transform((text) => text || null),
  withPhone: z.boolean(),
});

/** Whose lead is taken back. */
export const leadOfInput = z.strictObject({ conversionId: z.uuid() });

/** A shop's answer to one that it received. */
export const answerInput = z.strictObject({
  id: z.uuid(),
  answer: paragraphs(leadLimits.answer, 'leads.wrong.answerLong').refine(
    (text) => text !== '',
    'leads.wrong.answerMissing',
  ),
});

/** Off the list, or back on it. */
export const awayInput = z.strictObject({ id: z.uuid(), isAway: z.boolean() });

/** What the address of a shop's list says. */
export const receivedQuery = z.object({
  away: z
    .literal('1')
    .optional()
    .transform((said) => said === '1')
    .catch(false),
  after: cursorText.optional().catch(undefined),
});
export type ReceivedQuery = z.output<typeof receivedQuery>;
