import { z } from 'zod';
import { photoLives } from '../policy.ts';

/** One image of the caller's. */
export const imageChoice = z.strictObject({ id: z.uuid() });

export const lifeChoice = z.strictObject({ id: z.uuid(), life: z.enum(photoLives) });

/** What a browser is about to send, by its SHA-256 in hex. */
export const sentDigest = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** Where the next page of photos begins. */
export const photoPageChoice = z.strictObject({ after: z.string().max(200) });
