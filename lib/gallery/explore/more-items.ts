import type { Page } from '#lib/core/list-page.ts';
import type { LookKind } from '../look/kinds.ts';
import { albumPath, explorePath, profilePath } from '../public/paths.ts';
import { findAlbumPage, findVendorPage } from '../public/read-gallery.ts';
import type { AlbumBrief, GalleryImage } from '../public/view.ts';
import { type ExploreKind, type ExplorePage, type ExploreQuery, exploreGallery } from './explore-gallery.ts';

/** What follows in a list: what its page's "more" leads to, without the page around it. */
export type More<Item> = {
  readonly items: readonly Item[];
  /** The page on which the list goes on, without the locale; null at its end. */
  readonly next: string | null;
};

/** Of one kind of thing on `/explore`, asked for as its address asks. */
export async function moreExplored<Kind extends ExploreKind>(
  query: ExploreQuery,
  kind: Kind,
): Promise<More<ExplorePage[Kind]['items'][number]>> {
  const { items, next } = (await exploreGallery(query))[kind];
  return { items, next: nextExplorePath(query, kind, next) };
}

/** Where one kind of thing on a page of `/explore` goes on. */
export function nextExplorePath(
  { q, tag, sort, look, show, kind: business, city }: ExploreQuery,
  kind: ExploreKind,
  next: string | null,
): string | null {
  if (!next) return null;
  return explorePath({
    q,
    tag,
    sort: sort === 'newest' ? null : sort,
    look,
    kind: business,
    city,
    // What is looked through without words is images, unless it says otherwise.
    show: q || kind !== 'images' ? kind : show,
    cursor: next,
  });
}

/** The images of a vendor, or those of one kind; null where their page is not, or no longer, at this handle. */
export async function moreVendorImages(
  handle: string,
  cursor: string | null,
  look: LookKind | null = null,
): Promise<More<GalleryImage> | null> {
  const page = await findVendorPage(handle, { cursor: cursor ?? undefined, look });
  if (!page || 'moved' in page) return null;
  const { items, next } = page.images;
  return { items, next: nextPath(profilePath(page.vendor.handle), next, look) };
}

/** The albums of a vendor; null where their page is not, or no longer, at this handle. */
export async function moreVendorAlbums(handle: string, from: string): Promise<More<AlbumBrief> | null> {
  const page = await findVendorPage(handle, { albums: from });
  if (!page || 'moved' in page) return null;
  return { items: page.albums.items, next: nextAlbumsPath(page.vendor.handle, page.albums) };
}

/** The images of an album, or those of one kind; null where it is not, or no longer, at this address. */
export async function moreAlbumImages(
  handle: string,
  albumId: string,
  cursor: string | null,
  look: LookKind | null = null,
): Promise<More<GalleryImage> | null> {
  const page = await findAlbumPage(handle, albumId, { cursor: cursor ?? undefined, look });
  if (!page || 'moved' in page) return null;
  const { items, next } = page.images;
  return { items, next: nextPath(albumPath(page.vendor.handle, page.id), next, look) };
}

/** Where the images of a gallery's page go on. */
export const nextPath = (path: string, next: string | null, look: LookKind | null = null) =>
  next ? `${path}?cursor=${next}${look ? `&look=${look}` : ''}` : null;

/** Where the albums of a vendor's page go on. */
export const nextAlbumsPath = (handle: string, { next }: Page<AlbumBrief>) =>
  next ? `${profilePath(handle)}?albums=${next}` : null;
