import { cache } from 'react';
import { currentVendor } from '#lib/auth/door/current.ts';
import { galleryLimits, type ImageOrder } from '../policy.ts';
import type { LibraryQuery } from './input.ts';
import { type LibraryPage, listOwnImages } from './list-images.ts';
import { type GalleryFigures, listAlbumImageRows, readFigures } from './store.ts';
import { listTagRows } from './tags-store.ts';
import { type OwnImage, toOwnImage } from './view.ts';

const nothing: LibraryPage = { images: [], next: null };

/** The signed-in vendor's images as the page's query wants them; none for everybody else. */
export async function getLibraryPage(query: LibraryQuery): Promise<LibraryPage> {
  const vendor = await currentVendor();
  return vendor ? listOwnImages(vendor, query) : nothing;
}

/** The images of one of the signed-in vendor's albums, page `page` (from 1) of it, and the first of the next. */
export async function getAlbumImages(
  albumId: string,
  order: ImageOrder,
  page: number,
): Promise<{ images: readonly OwnImage[]; following: string | null }> {
  const vendor = await currentVendor();
  if (!vendor) return { images: [], following: null };
  const limit = galleryLimits.albumPageSize;
  const rows = await listAlbumImageRows(vendor.vendorId, albumId, order, {
    skip: (page - 1) * limit,
    limit: limit + 1,
  });
  return { images: rows.slice(0, limit).map(toOwnImage), following: rows[limit]?.id ?? null };
}

/** What the signed-in vendor's gallery holds, read once a request; null for everybody else. */
export const getFigures = cache(async (): Promise<GalleryFigures | null> => {
  const vendor = await currentVendor();
  return vendor ? readFigures(vendor.vendorId) : null;
});

const suggested = 40;

/** The tags that the signed-in vendor uses, most used first. */
export async function getOwnTags(): Promise<readonly string[]> {
  const vendor = await currentVendor();
  return vendor ? (await listTagRows(vendor.vendorId, suggested)).map(({ tag }) => tag) : [];
}
