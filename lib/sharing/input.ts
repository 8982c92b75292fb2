import { z } from 'zod';
import { knownLinkPassword } from './link-password.ts';
import { linkToken } from './link-token.ts';

const link = { opens: z.enum(['album', 'result']), token: linkToken };

/** A link that a visitor came by. */
export const linkInput = z.object(link);

/** What a visitor sends to open a link. */
export const unlockInput = z.object({ ...link, password: knownLinkPassword });
