import { z } from 'zod';
import { leastStrength, lookKinds, mostTaps, shadeParts, tapParts } from './kinds.ts';

const share = z.number().min(0).max(1);

/** A region that lies inside the picture and is large enough to be anything. */
const lookRegionInput = z
  .object({ x: share, y: share, width: z.number().min(0.02).max(1), height: z.number().min(0.02).max(1) })
  .refine(({ x, y, width, height }) => x + width <= 1.0001 && y + height <= 1.0001, {
    error: 'looks.region',
  });

const shadeInput = z.string().regex(/^#[0-9a-f]{6}$/i, { error: 'looks.shade' });

export const lookKindInput = z.enum(lookKinds);

export const shadesInput = z.partialRecord(z.enum(shadeParts), shadeInput);

/** What a vendor may say of a picture beside its kind; the database checks the same shape again. */
export const lookSettingsInput = z.strictObject({
  region: lookRegionInput.optional(),
  repeatCm: z.number().min(1).max(400).optional(),
  shades: shadesInput.optional(),
});

/** How much of a look is laid over the photo. */
export const strengthInput = z.number().min(leastStrength).max(1);

/** Where a person says that something belongs to something. */
export const tapsInput = z
  .array(z.strictObject({ part: z.enum(tapParts), x: share, y: share }))
  .max(mostTaps, { error: 'looks.taps' });
