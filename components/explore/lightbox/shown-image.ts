import { useTranslations } from 'next-intl';
import type { ImageView } from '#lib/files/image/view.ts';
import type { LookKind } from '#lib/gallery/look/kinds.ts';
import type { OfferView } from '#lib/gallery/offer/view.ts';
import { profilePath } from '#lib/gallery/public/paths.ts';
import type { GalleryImage, VendorBrief } from '#lib/gallery/public/view.ts';

/** An image as a grid and its lightbox show it. */
export type ShownImage = ImageView & {
  readonly title: string | null;
  /** What it shows, in its vendor's words. */
  readonly altText: string | null;
  readonly tags?: readonly string[];
  /** What trying it on does; where nothing is tried it is left out. */
  readonly lookKind?: LookKind;
  /** What is offered with it, if something is. */
  readonly offer?: OfferView | null;
  /** What can be saved of it behind a private link; `sentBytes`: how large that is, where it is the file as it was sent. */
  readonly file?: { readonly url: string; readonly sentBytes: number | null } | null;
  /** Said beside the image where images of several vendors stand together. */
  readonly vendor: VendorBrief | null;
  /** The page it belongs to, without the locale: where its link leads, and what is shared. */
  readonly home: string;
};

/** Words beside one another, in the writing they are in. */
export const joinWords = (words: readonly string[]): string =>
  words.join(/[\u0600-\u06ff]/.test(words.join('')) ? '، ' : ', ');

/** What {@link imageNames} needs to know of an image. */
type Named = Pick<ShownImage, 'title' | 'altText' | 'tags'> & {
  readonly vendor: { readonly name: string } | null;
};

/**
 * What images are called. `titleOf` is what is written over one: its title, else its tags and where it is from, else only
 * that. `altOf` is what is heard instead of seeing it: its vendor's words for that, else the same. Never a number, which
 * would be another one when the list changes.
 *
 * @param from Where all of them are from, such as an album and its gallery; without it each is from its vendor.
 */
export function imageNames(
  t: (key: 'pictureFrom' | 'taggedFrom', values: { place: string; tags: string }) => string,
  from?: string,
) {
  const titleOf = ({ title, tags = [], vendor }: Named): string => {
    if (title) return title;
    const values = { place: from ?? vendor?.name ?? '', tags: joinWords(tags.slice(0, 3)) };
    return t(values.tags ? 'taggedFrom' : 'pictureFrom', values);
  };
  return { titleOf, altOf: (image: Named): string => image.altText ?? titleOf(image) };
}

/** {@link imageNames} in a component. Needs the namespace `gallery`. */
export function useImageNames(from?: string) {
  return imageNames(useTranslations('gallery'), from);
}

/** Images of a page that is not one vendor's: each belongs to its vendor's profile. */
export function fromEverywhere(images: readonly GalleryImage[]): ShownImage[] {
  return images.map((image) => ({ ...image, home: profilePath(image.vendor.handle) }));
}

/** Images of one page of one vendor. */
export function fromOne(images: readonly GalleryImage[], home: string): ShownImage[] {
  return images.map((image) => ({ ...image, vendor: null, home }));
}
