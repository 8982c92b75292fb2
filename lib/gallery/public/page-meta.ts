import { variantUrl } from '#lib/files/image/view.ts';
import { absoluteUrl } from './address.ts';
import type { PublicVendor } from './read-gallery.ts';
import type { GalleryImage } from './view.ts';

/** How a public image is described to other sites. */

/** The picture of a page's card: an address on our host that answers with a JPEG of 1200 x 630 pixels. */
export type Card = { readonly url: string; readonly alt?: string };

/** For a preview of a page: in the size and the format that every service takes. `alt` is what the picture shows. */
export function cardOf(image: GalleryImage, alt: string): Card {
  return { url: image.thumbUrl.replace(/[^/]+$/, 'card'), alt };
}

/** Of a picture with an offer: what a search engine shows of it (schema.org/Product). A price that is asked for is left out. */
export function productObject(image: GalleryImage, name: string) {
  const { offer, vendor } = image;
  const seller = { '@type': 'Organization', name: vendor.name };
  return {
    '@type': 'Product',
    name: image.title ?? name,
    image: absoluteUrl(variantUrl(image, 'w1280')),
    brand: seller,
    ...(image.tags.length > 0 ? { keywords: image.tags.join(', ') } : {}),
    ...(offer && offer.priceRials !== null
      ? {
          offers: {
            '@type': 'Offer',
            price: offer.priceRials,
            priceCurrency: 'IRR',
            availability: `https://schema.org/${offer.inStock ? 'InStock' : 'OutOfStock'}`,
            seller,
            ...(offer.link ? { url: offer.link } : {}),
          },
        }
      : {}),
  };
}

/** A business as a search engine knows it: one with an address is a place (schema.org/LocalBusiness), others are not. */
export function businessObject(vendor: PublicVendor, url: string) {
  const { name, bio, avatarUrl, phone, email, address, city, links } = vendor;
  return {
    '@type': address ? 'LocalBusiness' : 'Organization',
    name,
    url,
    ...(bio ? { description: bio } : {}),
    ...(avatarUrl ? { image: absoluteUrl(avatarUrl) } : {}),
    ...(phone ? { telephone: phone } : {}),
    ...(email ? { email } : {}),
    ...(address
      ? {
          address: {
            '@type': 'PostalAddress',
            streetAddress: address,
            ...(city ? { addressLocality: city } : {}),
            addressCountry: 'IR',
          },
        }
      : {}),
    ...(links.length > 0 ? { sameAs: links.map((link) => link.url) } : {}),
  };
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
