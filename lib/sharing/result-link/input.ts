import { z } from 'zod';
import { newLinkPassword } from '../link-password.ts';
import { linkLives } from '../policy.ts';

/** A new link to a result of one's own. */
export const createResultLinkInput = z.object({
  conversionId: z.uuid(),
  days: z.union([z.literal(linkLives.filter((days) => days !== null)), z.null()]),
  password: newLinkPassword,
});

export const resultLinkIdInput = z.object({ id: z.uuid() });
