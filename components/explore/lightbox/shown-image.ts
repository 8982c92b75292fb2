import type { ImageView } from '#lib/files/image/view.ts';
import type { LookKind } from '#lib/gallery/look/kinds.ts';
import { profilePath } from '#lib/gallery/public/paths.ts';
import type { GalleryImage, VendorBrief } from '#lib/gallery/public/view.ts';

/** An image as a grid and its lightbox show it. */
export type ShownImage = ImageView & {
  readonly title: string | null;
  /** What it is called where it must be told from others: its title, or else what it is tagged with; null for neither. */
  readonly name: string | null;
  /** What trying it on does; where nothing is tried it is left out. */
  readonly lookKind?: LookKind;
  /** Said beside the image where images of several vendors stand together. */
  readonly vendor: VendorBrief | null;
  /** The page it belongs to, without the locale: where its link leads, and what is shared. */
  readonly home: string;
};

/** A picture's title, or else what it is tagged with. */
export const nameOf = ({ title, tags }: Pick<GalleryImage, 'title' | 'tags'>): string | null =>
  title ??
  (tags.length > 0 ? tags.slice(0, 3).join(/[\u0600-\u06ff]/.test(tags[0] ?? '') ? '، ' : ', ') : null);

/** Images of a page that is not one vendor's: each belongs to its vendor's profile. */
export function fromEverywhere(images: readonly GalleryImage[]): ShownImage[] {
  return images.map(({ tags, ...image }) => ({
    ...image,
    name: nameOf({ title: image.title, tags }),
    home: profilePath(image.vendor.handle),
  }));
}

/** Images of one page of one vendor. */
export function fromOne(images: readonly GalleryImage[], home: string): ShownImage[] {
  return images.map(({ tags, ...image }) => ({
    ...image,
    name: nameOf({ title: image.title, tags }),
    vendor: null,
    home,
  }));
}
