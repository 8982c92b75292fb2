import { z } from 'zod';
import { line, paragraphs } from '#lib/auth/input.ts';
import { linkToken } from '../link-token.ts';

const where = { token: linkToken, imageId: z.uuid() };

/** Chooses a picture behind a link, or takes it back. */
export const pickInput = z.strictObject({ ...where, isPicked: z.boolean() });

/** Says something about it, with a name if one likes. */
export const commentInput = z.strictObject({
  ...where,
  name: line(60, 'picks.wrong.name').transform((text) => text || null),
  words: paragraphs(500, 'picks.wrong.long').refine((text) => text !== '', 'picks.wrong.missing'),
});

/** A comment behind a link. */
export const commentIdInput = z.strictObject({ token: linkToken, id: z.uuid() });

/** All that was chosen behind a link. */
export const picksInput = z.strictObject({ token: linkToken });
