import { z } from 'zod';
import { line } from '#lib/auth/input.ts';
import { shadesInput, strengthInput, tapsInput } from '#lib/gallery/look/input.ts';
import { leastStrength, type Tap } from '#lib/gallery/look/kinds.ts';
import { readShades } from '#lib/gallery/public/paths.ts';
import { isStyleName, type LookName } from '#lib/styles/catalogue.ts';
import { conversionLimits } from './policy.ts';
import type { HistoryFilter } from './read-store.ts';

/**
 * A preset by its name, or a picture of a public gallery by its id: one of the two. Of a picture's look a person may
 * choose shades, and say by taps what belongs to what in their photo; of any look, how much of it is laid over the photo.
 */
const lookInput = z.union([
  z.object({
    style: z.string().max(64).refine(isStyleName, { error: 'style.unknown' }),
    strength: strengthInput.optional(),
  }),
  z.object({
    reference: z.uuid(),
    shades: shadesInput.optional(),
    taps: tapsInput.optional(),
    strength: strengthInput.optional(),
  }),
]);

/** By photo: what in it belongs to what. */
export type PhotoTaps = Readonly<Partial<Record<string, Tap[]>>>;

/** What a conversion is asked to be made in. */
export type LookRequest = z.output<typeof lookInput>;

const isDistinct = (all: readonly unknown[]) =>
  new Set(all.map((one) => JSON.stringify(one))).size === all.length;

/** Several photos of one's own, each once, in one look or in several, each once: as many as go in one request. */
export const requestConversionsInput = z
  .object({
    imageIds: z
      .array(z.uuid())
      .min(1)
      .max(conversionLimits.batch)
      .refine(isDistinct, { error: 'input.invalid' }),
    /** 128 random bits: the same request sent again carries the same ones. */
    requestKey: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .optional(),
    /** What the person was shown and agrees to by asking: a photo that is here already may go to another engine. */
    agreedTo: z.string().max(120).optional(),
    /** By photo: what in it belongs to what, for every look of a gallery that it is made in. */
    photoTaps: z.partialRecord(z.uuid(), tapsInput).optional(),
  })
  .and(
    z.union([
      z.object({
        looks: z
          .array(lookInput)
          .min(1)
          .max(conversionLimits.batch)
          .refine(isDistinct, { error: 'input.invalid' }),
      }),
      lookInput,
    ]),
  )
  .refine((wanted) => wanted.imageIds.length * looksOf(wanted).length <= conversionLimits.batch, {
    error: 'input.invalid',
  });

/** The looks that are asked for, whether one or several. */
export function looksOf(wanted: LookRequest | { looks: readonly LookRequest[] }): readonly LookRequest[] {
  return 'looks' in wanted ? wanted.looks : [wanted];
}

/** The look as it is tried on one photo: what is said of that photo takes the place of what is said of all. */
export function lookOn(look: LookRequest, imageId: string, photoTaps: PhotoTaps | undefined): LookRequest {
  const taps = photoTaps?.[imageId];
  return taps && 'reference' in look ? { ...look, taps } : look;
}

export const conversionIdInput = z.object({ id: z.uuid() });

export const favouriteInput = z.object({ id: z.uuid(), isFavourite: z.boolean() });

/** A title in one line; an empty one is none. */
export const renameInput = z.object({
  id: z.uuid(),
  title: line(conversionLimits.titleLength, 'conversions.field.titleLong').transform((text) => text || null),
});

export function isLookName(name: unknown): name is LookName {
  return name === 'reference' || isStyleName(name);
}

const several = z
  .union([z.uuid(), z.array(z.uuid()).max(conversionLimits.batch)])
  .transform((ids) => [...new Set([ids].flat())])
  .catch([]);

/** What an address brings into the studio: photos, a look, or the photo of an earlier conversion. */
export const studioQuery = z.object({
  photo: several,
  again: z.uuid().optional().catch(undefined),
  style: z.string().refine(isStyleName).optional().catch(undefined),
  reference: z.uuid().optional().catch(undefined),
  kit: z.uuid().optional().catch(undefined),
  shade: z.string().max(80).transform(readShades).optional().catch(undefined),
  /** In hundredths. */
  strength: z.coerce
    .number()
    .min(100 * leastStrength)
    .max(100)
    .transform((hundredths) => hundredths / 100)
    .optional()
    .catch(undefined),
});

const one = z.string().max(200).optional().catch(undefined);

/** What an address says of the history: `show` or `style`, and where a page begins. Nonsense asks for all of it. */
export const historyQuery = z
  .object({ show: one, style: one, cursor: one })
  .transform(({ show, style, cursor }): { filter: HistoryFilter; cursor: string | undefined } => {
    if (isLookName(style)) return { filter: { kind: 'style', style }, cursor };
    return { filter: { kind: show === 'favourites' || show === 'failed' ? show : 'all' }, cursor };
  });
