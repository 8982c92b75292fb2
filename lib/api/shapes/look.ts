import { z } from 'zod';
import { lookKinds } from '#lib/gallery/look/kinds.ts';
import { contactWays } from '#lib/gallery/offer/kinds.ts';
import { absoluteUrl, publicUrl } from '#lib/gallery/public/address.ts';
import { profilePath, withImage } from '#lib/gallery/public/paths.ts';
import type { GalleryImage } from '#lib/gallery/public/view.ts';
import { address, id, name, pageOf } from './named.ts';

export const look = name(
  'Look',
  z.strictObject({
    id,
    kind: z.enum(lookKinds),
    title: z.string().nullable(),
    altText: z.string().nullable(),
    tags: z.array(z.string()),
    width: z.int(),
    height: z.int(),
    imageUrl: address,
    thumbUrl: address,
    pageUrl: address,
    shop: z.strictObject({ handle: z.string(), name: z.string(), isVerified: z.boolean() }),
    offer: z
      .strictObject({
        priceRials: z.int().nullable(),
        variants: z.array(z.string()),
        inStock: z.boolean(),
        link: z.string().nullable(),
        booking: z.string().nullable(),
        contact: z.strictObject({ kind: z.enum(contactWays), to: z.string() }).nullable(),
      })
      .nullable(),
  }),
);

export const lookPage = pageOf('LookPage', look);

export function toLook(image: GalleryImage): z.input<typeof look> {
  const { title, altText, tags, width, height, lookKind: kind, vendor: shop, offer } = image;
  return {
    id: image.id,
    kind,
    title,
    altText,
    tags: [...tags],
    width,
    height,
    imageUrl: absoluteUrl(image.url),
    thumbUrl: absoluteUrl(image.thumbUrl),
    pageUrl: publicUrl('fa', withImage(profilePath(shop.handle), image.id)),
    shop,
    offer: offer && { ...offer, variants: [...offer.variants] },
  };
}

const bothLanguages = z.strictObject({ fa: z.string(), en: z.string() });

const style = name(
  'Style',
  z.strictObject({
    name: z.string(),
    family: z.enum(['painting', 'drawing', 'graphic', 'photographic', 'portrait']),
    needsPerson: z.boolean().describe('It makes sense only with somebody in the photo.'),
    hasStrength: z.boolean().describe('A share of it may be laid over the photo.'),
    title: bothLanguages,
    description: bothLanguages,
  }),
);

export const styleList = name('StyleList', z.strictObject({ items: z.array(style) }));
