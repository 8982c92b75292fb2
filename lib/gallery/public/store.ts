import type { Cursor } from '#lib/core/cursor.ts';
import { db } from '#lib/db/client.ts';
import { olderThan } from '#lib/db/keyset.ts';
import type { ImageRow } from '#lib/files/image/store.ts';
import type { LookKind } from '#lib/gallery/look/kinds.ts';
import { Prisma } from '#prisma/generated/client.ts';
import type { ImageOrder } from '../policy.ts';
import { albumColumns, imageColumns } from './columns-store.ts';

/** What visitors see of one vendor. */

export type VendorRow = {
  id: string;
  handle: string;
  businessName: string;
  avatarUrl: string | null;
  bio: string | null;
  isVerified: boolean;
  contactInfo: unknown;
  socialLinks: unknown;
  profileInfo: unknown;
};

export async function findVisibleVendor(handle: string): Promise<VendorRow | null> {
  return db().vendor.findFirst({
    where: { handle, isActive: true },
    select: {
      id: true,
      handle: true,
      businessName: true,
      avatarUrl: true,
      bio: true,
      isVerified: true,
      contactInfo: true,
      socialLinks: true,
      profileInfo: true,
    },
  });
}

/** The present address of the vendor that once had this one, while visitors may see that vendor. */
export async function findHandleNow(formerHandle: string): Promise<string | null> {
  const found = await db().vendorHandle.findFirst({
    where: { handle: formerHandle, vendor: { isActive: true } },
    select: { vendor: { select: { handle: true } } },
  });
  return found?.vendor.handle ?? null;
}

export type ListedImage = GalleryImageRow & { at: string; position: number; titleKey: string };
export type ListedAlbum = PublicAlbumRow & { at: string; position: number };

/** A vendor's albums in the vendor's order. */
export async function listVisibleAlbums(
  vendorId: string,
  after: Cursor<'album'> | null,
  limit: number,
): Promise<ListedAlbum[]> {
  const rest = after
    ? Prisma.sql`AND (a.position > ${after[0]}::int
        OR a.position = ${after[0]}::int AND (a.created_at, a.id) < (${after[1]}::timestamptz, ${after[2]}::uuid))
        AND a.position >= ${after[0]}::int`
    : Prisma.empty;
  return db().$queryRaw<ListedAlbum[]>`
    SELECT ${albumColumns} FROM visible_albums a
    WHERE a.vendor_id = ${vendorId}::uuid ${rest}
    ORDER BY a.position, a.created_at DESC, a.id DESC LIMIT ${limit}`;
}

/** A vendor's images, or those of one kind of look, newest first. */
export async function listVendorImages(
  vendorId: string,
  after: Cursor<'time'> | null,
  limit: number,
  look: LookKind | null = null,
): Promise<ListedImage[]> {
  const only = look ? Prisma.sql`AND i.look_kind = ${look}` : Prisma.empty;
  return db().$queryRaw<ListedImage[]>`
    SELECT ${imageColumns}, 0 AS position FROM visible_images i
    WHERE i.vendor_id = ${vendorId}::uuid ${only} ${olderThan('i', after)}
    ORDER BY i.created_at DESC, i.id DESC LIMIT ${limit}`;
}

export type VisibleAlbumRow = {
  id: string;
  vendorId: string;
  handle: string;
  businessName: string;
  isVerified: boolean;
  name: string;
  description: string | null;
  imageOrder: ImageOrder;
  coverImageId: string | null;
  isStyleKit: boolean;
};

export async function findVisibleAlbum(albumId: string): Promise<VisibleAlbumRow | null> {
  const rows = await db().$queryRaw<VisibleAlbumRow[]>`
    SELECT id::text, vendor_id::text AS "vendorId", handle, business_name AS "businessName",
           is_verified AS "isVerified", name, description, image_order AS "imageOrder",
           cover_image_id::text AS "coverImageId", is_style_kit AS "isStyleKit"
      FROM visible_albums WHERE id = ${albumId}::uuid`;
  return rows[0] ?? null;
}

/** Where a list goes on, in the order of an album. */
export type AlbumCursor =
  | { order: 'manual'; after: Cursor<'place'> | null }
  | { order: 'newest' | 'oldest'; after: Cursor<'time'> | null }
  | { order: 'title'; after: Cursor<'title'> | null };

const titleOf = Prisma.sql`lower(coalesce(i.title, ''))`;

function orderOf({ order, after }: AlbumCursor): { rest: Prisma.Sql; by: Prisma.Sql } {
  switch (order) {
    case 'manual':
      return {
        rest: after
          ? Prisma.sql`AND (p.position, p.image_id) > (${after[0]}::int, ${after[1]}::uuid)`
          : Prisma.empty,
        by: Prisma.sql`p.position, p.image_id`,
      };
    case 'newest':
      return { rest: olderThan('i', after), by: Prisma.sql`i.created_at DESC, i.id DESC` };
    case 'oldest':
      return {
        rest: after
          ? Prisma.sql`AND (i.created_at, i.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`
          : Prisma.empty,
        by: Prisma.sql`i.created_at, i.id`,
      };
    case 'title':
      return {
        rest: after ? Prisma.sql`AND (${titleOf}, i.id) > (${after[0]}, ${after[1]}::uuid)` : Prisma.empty,
        by: Prisma.sql`${titleOf}, i.id`,
      };
  }
}

/** An album's images in its order, or those of one kind of look. */
export async function listAlbumImages(
  { id, vendorId }: Pick<VisibleAlbumRow, 'id' | 'vendorId'>,
  cursor: AlbumCursor,
  limit: number,
  look: LookKind | null = null,
): Promise<ListedImage[]> {
  const { rest, by } = orderOf(cursor);
  const only = look ? Prisma.sql`AND i.look_kind = ${look}` : Prisma.empty;
  // Ordered by an index of the vendor's, and the facts of an image are read for those of the page alone: all of an
  // album are one vendor's, and seen or not seen together.
  return db().$queryRaw<ListedImage[]>`
    SELECT ${imageColumns}, p.position FROM (
      SELECT p.image_id, p.position FROM album_images p
        JOIN published_images i ON i.vendor_id = ${vendorId}::uuid AND i.id = p.image_id
       WHERE p.album_id = ${id}::uuid ${only} ${rest} ORDER BY ${by} LIMIT ${limit}
    ) p JOIN visible_images i ON i.id = p.image_id
    ORDER BY ${by}`;
}

/** Among how many images of an album or a vendor it is looked which kinds there are. */
const lookedThrough = 500;

/** The kinds of look that an album's first images have. */
export async function listAlbumKinds({
  id,
  vendorId,
}: Pick<VisibleAlbumRow, 'id' | 'vendorId'>): Promise<LookKind[]> {
  const rows = await db().$queryRaw<{ kind: LookKind }[]>`
    SELECT DISTINCT look_kind AS kind FROM (
      SELECT i.look_kind FROM album_images p
        JOIN published_images i ON i.vendor_id = ${vendorId}::uuid AND i.id = p.image_id
       WHERE p.album_id = ${id}::uuid ORDER BY p.position, p.image_id LIMIT ${lookedThrough}
    ) first`;
  return rows.map(({ kind }) => kind);
}

/** The kinds of look that a vendor's newest images have. */
export async function listVendorKinds(vendorId: string): Promise<LookKind[]> {
  const rows = await db().$queryRaw<{ kind: LookKind }[]>`
    SELECT DISTINCT look_kind AS kind FROM (
      SELECT i.look_kind FROM published_images i WHERE i.vendor_id = ${vendorId}::uuid
       ORDER BY i.created_at DESC, i.id DESC LIMIT ${lookedThrough}
    ) newest`;
  return rows.map(({ kind }) => kind);
}

/** One image of a vendor, as visitors may see it. */
export async function findVisibleImage(
  imageId: string,
): Promise<(ListedImage & { vendorId: string }) | null> {
  const rows = await db().$queryRaw<(ListedImage & { vendorId: string })[]>`
    SELECT ${imageColumns}, 0 AS position, i.vendor_id::text AS "vendorId" FROM visible_images i
    WHERE i.id = ${imageId}::uuid`;
  return rows[0] ?? null;
}

/** The same, with its place in an album; null when it does not stand there. */
export async function findVisibleImageIn(albumId: string, imageId: string): Promise<ListedImage | null> {
  const rows = await db().$queryRaw<ListedImage[]>`
    SELECT ${imageColumns}, p.position FROM album_images p JOIN visible_images i ON i.id = p.image_id
    WHERE p.album_id = ${albumId}::uuid AND p.image_id = ${imageId}::uuid`;
  return rows[0] ?? null;
}

export type GalleryImageRow = ImageRow & {
  title: string | null;
  altText: string | null;
  tags: string[];
  lookKind: LookKind;
  offer: unknown;
  handle: string;
  businessName: string;
  isVerified: boolean;
};

export type PublicAlbumRow = {
  id: string;
  name: string;
  handle: string;
  businessName: string;
  isVerified: boolean;
  cover: ImageRow | null;
};
