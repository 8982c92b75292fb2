import { z } from 'zod';
import type { ConversionView } from '#lib/conversions/view.ts';
import { lookKinds } from '#lib/gallery/look/kinds.ts';
import { address, id, moment, name, pageOf } from './named.ts';
import { apiUrl } from './photo.ts';

export const conversion = name(
  'Conversion',
  z.strictObject({
    id,
    status: z.enum(['pending', 'processing', 'completed', 'failed']),
    stage: z.enum(['decode', 'analyse', 'paint', 'encode', 'store']).nullable(),
    queuePosition: z.int().nullable().describe('1 is next.'),
    photoId: id.nullable(),
    style: z.string().describe('The name of a style, or `reference` for a look of a gallery.'),
    look: z
      .strictObject({
        kind: z.enum(lookKinds),
        id: id.nullable(),
        title: z.string().nullable(),
        shop: z.strictObject({ handle: z.string(), name: z.string() }).nullable(),
      })
      .nullable(),
    strength: z.number().nullable(),
    failureCode: z.enum(['cancelled', 'deadline', 'engine', 'refused', 'input', 'internal']).nullable(),
    chargeReturned: z.boolean(),
    charge: z.enum(['free', 'paid']),
    title: z.string().nullable(),
    isFavourite: z.boolean(),
    createdAt: moment,
    completedAt: moment.nullable(),
    resultUrl: address.nullable(),
  }),
);

export const conversionPage = pageOf('ConversionPage', conversion);
export const requested = name('RequestedConversions', z.strictObject({ ids: z.array(id) }));

export function toConversion(view: ConversionView): z.input<typeof conversion> {
  const { credit, source, result, charge, moderation: _inside, isAnew: _shown, ...said } = view;
  const look = credit && {
    kind: credit.kind,
    id: credit.picture?.id ?? null,
    title: credit.picture?.title ?? null,
    shop: credit.shop && { handle: credit.shop.handle, name: credit.shop.name },
  };
  return {
    ...said,
    photoId: source?.id ?? null,
    look,
    charge: charge.pool,
    resultUrl: result && apiUrl(`/conversions/${view.id}/result`),
  };
}
