import { variantUrl } from '#lib/files/image/view.ts';
import { absoluteUrl } from './address.ts';
import type { GalleryImage } from './view.ts';

/** How a public image is described to other sites. */

/** The picture of a page's card: an address on our host that answers with a JPEG of 1200 x 630 pixels. */
export type Card = { readonly url: string; readonly alt?: string };

/** For a preview of a page: in the size and the format that every service takes. `alt` is what the picture shows. */
export function cardOf(image: GalleryImage, alt: string): Card {
  return { url: image.thumbUrl.replace(/[^/]+$/, 'card'), alt };
}

/** For a search engine (schema.org/ImageObject). */
export function imageObject(image: GalleryImage) {
  return {
    '@type': 'ImageObject',
    contentUrl: absoluteUrl(variantUrl(image, 'w1280')),
    thumbnailUrl: absoluteUrl(image.thumbUrl),
    ...(image.title ? { name: image.title } : {}),
    ...(image.altText ? { description: image.altText } : {}),
    ...(image.tags.length > 0 ? { keywords: image.tags.join(', ') } : {}),
    creator: { '@type': 'Organization', name: image.vendor.name },
  };
}
