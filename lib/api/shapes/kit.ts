import { z } from 'zod';
import type { ReferenceView, StyleKit } from '#lib/conversions/reference/view.ts';
import { lookKinds } from '#lib/gallery/look/kinds.ts';
import { absoluteUrl, publicUrl } from '#lib/gallery/public/address.ts';
import { albumPath, profilePath, withImage } from '#lib/gallery/public/paths.ts';
import { address, id, name, pageOf } from './named.ts';

export const kit = name(
  'StyleKit',
  z.strictObject({
    id,
    name: z.string(),
    pageUrl: address,
    shop: z.strictObject({ handle: z.string(), name: z.string() }),
    looks: z
      .array(
        z.strictObject({
          id,
          kind: z.enum(lookKinds),
          title: z.string().nullable(),
          imageUrl: address,
          pageUrl: address,
        }),
      )
      .describe('The first twelve of its looks. Each id can be the `reference` of a conversion.'),
  }),
);

export const kitPage = pageOf('StyleKitPage', kit);

const toKitLook = ({ image, title, handle, look }: ReferenceView) => ({
  id: image.id,
  kind: look.kind,
  title,
  imageUrl: absoluteUrl(image.url),
  pageUrl: publicUrl('fa', withImage(profilePath(handle), image.id)),
});

export function toKit({ albumId, name: title, handle, businessName, images }: StyleKit): z.input<typeof kit> {
  return {
    id: albumId,
    name: title,
    pageUrl: publicUrl('fa', albumPath(handle, albumId)),
    shop: { handle, name: businessName },
    looks: images.map(toKitLook),
  };
}
