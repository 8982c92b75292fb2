import { z } from 'zod';
import { knownLinkPassword, newLinkPassword } from '../link-password.ts';
import { isLinkToken } from '../link-token.ts';
import { linkLives } from '../policy.ts';

/** A new link to a result of one's own. */
export const createResultLinkInput = z.object({
  conversionId: z.uuid(),
  days: z.union([z.literal(linkLives.filter((days) => days !== null)), z.null()]),
  password: newLinkPassword,
});

export const resultLinkIdInput = z.object({ id: z.uuid() });

const token = z.string().refine(isLinkToken);

/** What a visitor sends to open a link. */
export const openResultLinkInput = z.object({ token, password: knownLinkPassword });

export const resultTokenInput = z.object({ token });
