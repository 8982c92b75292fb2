import { exploreGallery, toExploreQuery } from './explore-gallery.ts';
import { findAlbumPage, findVendorPage } from './public-gallery.ts';
import { albumPath, explorePath, profilePath } from './public-paths.ts';
import type { GalleryImage } from './public-view.ts';

/** The following images of a list: what its page's "more" leads to, without the page around it. */
export type MoreImages = {
  readonly images: readonly GalleryImage[];
  /** The page on which the list goes on, without the locale; null at its end. */
  readonly next: string | null;
};

/** Of `/explore`, asked for as its address asks. */
export async function moreExploredImages(address: URL): Promise<MoreImages> {
  const query = toExploreQuery(Object.fromEntries(address.searchParams));
  const { images } = await exploreGallery(query);
  return { images: images.items, next: nextExplorePath(query, images.next) };
}

/** Where the images of a page of `/explore` go on. */
export function nextExplorePath(
  { q, tag, sort, show }: ReturnType<typeof toExploreQuery>,
  next: string | null,
): string | null {
  if (!next) return null;
  return explorePath({
    q,
    tag,
    sort: sort === 'newest' ? null : sort,
    show: q ? 'images' : show,
    cursor: next,
  });
}

/** Of a vendor; null where their page is not, or no longer, at this handle. */
export async function moreVendorImages(handle: string, cursor: string | null): Promise<MoreImages | null> {
  const page = await findVendorPage(handle, { cursor: cursor ?? undefined });
  if (!page || 'moved' in page) return null;
  const { items, next } = page.images;
  return { images: items, next: nextPath(profilePath(page.vendor.handle), next) };
}

/** Of an album; null where it is not, or no longer, at this address. */
export async function moreAlbumImages(
  handle: string,
  albumId: string,
  cursor: string | null,
): Promise<MoreImages | null> {
  const page = await findAlbumPage(handle, albumId, { cursor: cursor ?? undefined });
  if (!page || 'moved' in page) return null;
  const { items, next } = page.images;
  return { images: items, next: nextPath(albumPath(page.vendor.handle, page.id), next) };
}

/** Where the images of a gallery's page go on. */
export const nextPath = (path: string, next: string | null) => (next ? `${path}?cursor=${next}` : null);
