import { z } from 'zod';

/** A shop's colour as a browser's field of colours writes it; null for the site's own. */
export const brandInput = z.strictObject({
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .transform((hex) => hex.toLowerCase())
    .nullable(),
});
