import { variantUrl } from '#lib/files/image/view.ts';
import { absoluteUrl } from './address.ts';
import type { GalleryImage } from './view.ts';

/** How a public image is described to other sites. */

const side = 1280;

/** For a preview of a page: in a size that every service takes. */
export function pictureOf(image: GalleryImage) {
  const width = Math.min(side, image.width);
  return {
    url: absoluteUrl(variantUrl(image, 'w1280')),
    width,
    height: Math.round((image.height * width) / image.width),
    type: 'image/webp',
    ...(image.title ? { alt: image.title } : {}),
  };
}

/** For a search engine (schema.org/ImageObject). */
export function imageObject(image: GalleryImage) {
  return {
    '@type': 'ImageObject',
    contentUrl: absoluteUrl(variantUrl(image, 'w1280')),
    thumbnailUrl: absoluteUrl(image.thumbUrl),
    ...(image.title ? { name: image.title } : {}),
    ...(image.tags.length > 0 ? { keywords: image.tags.join(', ') } : {}),
    creator: { '@type': 'Organization', name: image.vendor.name },
  };
}
