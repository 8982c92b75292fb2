import { z } from 'zod';
import { decodeCursor, encodeCursor } from '#lib/core/cursor.ts';
import { emptyPage, type Page } from '#lib/core/list-page.ts';
import { type LookKind, lookKinds } from '../look/kinds.ts';
import type { ImageOrder } from '../policy.ts';
import { readVendorProfile, type VendorProfile } from '../vendor/profile.ts';
import { remember } from './cache.ts';
import {
  type AlbumCursor,
  findHandleNow,
  findVisibleAlbum,
  findVisibleImage,
  findVisibleImageIn,
  findVisibleVendor,
  type ListedAlbum,
  type ListedImage,
  listAlbumImages,
  listAlbumKinds,
  listVendorImages,
  listVendorKinds,
  listVisibleAlbums,
  type VendorRow,
} from './store.ts';
import {
  type AlbumBrief,
  type GalleryImage,
  toAlbumBrief,
  toGalleryImage,
  type VendorBrief,
} from './view.ts';

/** How many images and albums a page shows at first: rendering a picture costs the server a thirtieth of a page. */
const imagesAPage = 24;
const albumsAPage = 24;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** What a handle can be; anything else is not asked for. */
const handleShape = /^[a-z0-9][a-z0-9_-]{1,28}[a-z0-9]$/;
/** A handle in an address, as it stands in the database. */
export const handleText = z.string().max(30).toLowerCase().regex(handleShape);

/** A vendor as every visitor may see them. */
export type PublicVendor = VendorBrief &
  VendorProfile & { readonly id: string; readonly avatarUrl: string | null; readonly bio: string | null };

function toPublicVendor(row: VendorRow): PublicVendor {
  const { id, handle, businessName: name, isVerified, avatarUrl, bio } = row;
  return { id, handle, name, isVerified, avatarUrl, bio, ...readVendorProfile(row) };
}

/** A vendor's public page. `moved` is the address the vendor has now. */
export type VendorPage =
  | { readonly moved: string }
  | {
      readonly vendor: PublicVendor;
      readonly albums: Page<AlbumBrief>;
      /** The kinds of look there are, in the order they are always named in. */
      readonly kinds: readonly LookKind[];
      readonly images: Page<GalleryImage>;
    };

/** What the address of a gallery may ask for. */
export type GalleryQuery = {
  /** Where the images go on. */
  readonly cursor?: string | undefined;
  /** Where the albums go on. */
  readonly albums?: string | undefined;
  /** An image that should be on the page. */
  readonly image?: string | undefined;
  /** Images of one kind alone: what trying them on does. */
  readonly look?: LookKind | null | undefined;
};

const inOrder = (kinds: readonly LookKind[]) => lookKinds.filter((kind) => kinds.includes(kind));

const timeCursor = (row: ListedImage) => encodeCursor('time', [row.at, row.id]);

function toPage<Row, Item>(
  rows: readonly Row[],
  size: number,
  toItem: (row: Row) => Item,
  cursorOf: (row: Row) => string,
): Page<Item> {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return { items: shown.map(toItem), next: rows.length > size && last ? cursorOf(last) : null };
}

const has = (page: Page<GalleryImage>, imageId: string) => page.items.some(({ id }) => id === imageId);

/** A list that begins with the image that was asked for, where the page that was asked for does not hold it. */
async function withImage(
  page: Page<GalleryImage>,
  imageId: string | undefined,
  find: (id: string) => Promise<ListedImage | null>,
  from: (row: ListedImage) => Promise<Page<GalleryImage>>,
): Promise<Page<GalleryImage>> {
  if (!imageId || !uuid.test(imageId) || has(page, imageId)) return page;
  const row = await find(imageId);
  if (!row) return page;
  const rest = await from(row);
  return { items: [toGalleryImage(row), ...rest.items], next: rest.next };
}

async function vendorImages(
  vendorId: string,
  cursor: string | undefined,
  look: LookKind | null | undefined,
): Promise<Page<GalleryImage>> {
  const rows = await listVendorImages(vendorId, decodeCursor('time', cursor), imagesAPage + 1, look);
  return toPage(rows, imagesAPage, toGalleryImage, timeCursor);
}

async function vendorAlbums(vendorId: string, cursor: string | undefined): Promise<Page<AlbumBrief>> {
  const rows = await listVisibleAlbums(vendorId, decodeCursor('album', cursor), albumsAPage + 1);
  return toPage(rows, albumsAPage, toAlbumBrief, (row: ListedAlbum) =>
    encodeCursor('album', [row.position, row.at, row.id]),
  );
}

/** The public page of the vendor that has this handle, or had it; null when visitors see nobody there. */
export async function findVendorPage(handle: string, query: GalleryQuery = {}): Promise<VendorPage | null> {
  const wanted = handle.toLowerCase();
  if (!handleShape.test(wanted)) return null;
  const { cursor, albums, image, look } = query;
  const known = image && uuid.test(image) ? image : '';
  return remember<VendorPage | null>(
    `vendor|${wanted}|${cursor ?? ''}|${albums ?? ''}|${known}|${look ?? ''}`,
    async () => {
      const vendor = await findVisibleVendor(wanted);
      if (!vendor) {
        const moved = await findHandleNow(wanted);
        return { value: moved ? { moved } : null, scope: null };
      }
      const { id } = vendor;
      // Going on in one list, a page shows that list alone; only images have a kind of look.
      const [albumPage, imagePage, kinds] = await Promise.all([
        cursor || look ? emptyPage : vendorAlbums(id, albums),
        albums ? emptyPage : vendorImages(id, cursor, look),
        albums ? [] : listVendorKinds(id),
      ]);
      const images = await withImage(
        imagePage,
        known,
        async (imageId) => {
          const row = await findVisibleImage(imageId);
          return row?.vendorId === id ? row : null;
        },
        (row) => vendorImages(id, timeCursor(row), look),
      );
      return {
        value: { vendor: toPublicVendor(vendor), albums: albumPage, kinds: inOrder(kinds), images },
        scope: id,
      };
    },
  );
}

/** A public album's page. */
export type AlbumPage = {
  readonly id: string;
  readonly vendorId: string;
  readonly vendor: VendorBrief;
  readonly name: string;
  readonly description: string | null;
  /** Offered in the studio as a set. */
  readonly isStyleKit: boolean;
  /** The kinds of look there are in it, in the order they are always named in. */
  readonly kinds: readonly LookKind[];
  /** The picture that its vendor chose to stand for it, while visitors see that. */
  readonly cover: GalleryImage | null;
  readonly images: Page<GalleryImage>;
};

function cursorFor(order: ImageOrder, text: string | undefined): AlbumCursor {
  if (order === 'manual') return { order, after: decodeCursor('place', text) };
  if (order === 'title') return { order, after: decodeCursor('title', text) };
  return { order, after: decodeCursor('time', text) };
}

function cursorAfter(order: ImageOrder, row: ListedImage): string {
  if (order === 'manual') return encodeCursor('place', [row.position, row.id]);
  if (order === 'title') return encodeCursor('title', [row.titleKey, row.id]);
  return timeCursor(row);
}

/** A public album of the vendor with this handle; null when visitors do not see it there. */
export async function findAlbumPage(
  handle: string,
  albumId: string,
  query: Omit<GalleryQuery, 'albums'> = {},
): Promise<AlbumPage | { readonly moved: string } | null> {
  const wanted = handle.toLowerCase();
  if (!uuid.test(albumId) || !handleShape.test(wanted)) return null;
  const known = query.image && uuid.test(query.image) ? query.image : '';
  return remember<AlbumPage | { readonly moved: string } | null>(
    `album|${wanted}|${albumId.toLowerCase()}|${query.cursor ?? ''}|${known}|${query.look ?? ''}`,
    async () => {
      const album = await findVisibleAlbum(albumId);
      if (!album) return { value: null, scope: null };
      const { id, vendorId, name, description, isStyleKit, imageOrder: order, coverImageId } = album;
      if (album.handle !== wanted) {
        // Only an address that the vendor once had leads on.
        const moved = (await findHandleNow(wanted)) === album.handle;
        return { value: moved ? { moved: album.handle } : null, scope: null };
      }
      const pageFrom = async (cursor: string | undefined) =>
        toPage(
          await listAlbumImages(album, cursorFor(order, cursor), imagesAPage + 1, query.look),
          imagesAPage,
          toGalleryImage,
          (row) => cursorAfter(order, row),
        );
      const images = await withImage(
        await pageFrom(query.cursor),
        known,
        (imageId) => findVisibleImageIn(id, imageId),
        (row) => pageFrom(cursorAfter(order, row)),
      );
      const vendor = { handle: album.handle, name: album.businessName, isVerified: album.isVerified };
      const chosen = coverImageId ? await findVisibleImage(coverImageId) : null;
      const cover = chosen && toGalleryImage(chosen);
      const kinds = inOrder(await listAlbumKinds(album));
      return {
        value: { id, vendorId, vendor, name, description, isStyleKit, kinds, cover, images },
        scope: vendorId,
      };
    },
  );
}
