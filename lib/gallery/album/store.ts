import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { ImageRow } from '#lib/files/image/store.ts';
import { Prisma } from '#prisma/generated/client.ts';
import type { ImageOrder } from '../policy.ts';

/** Rows of albums as their vendor keeps them. What visitors see is decided by the views of the database. */

/**
 * How many of a vendor's hidden images stand in albums, in all of the vendor's or in one: said in one way only, because
 * the server takes an album's own images for few when it hears both. What is in the trash stands in none.
 */
const hiddenIn = (vendorId: string, albums: Prisma.Sql) => Prisma.sql`
  SELECT m.album_id, count(*)::int AS images
  FROM images i JOIN album_images m ON m.image_id = i.id
  WHERE i.vendor_id = ${vendorId}::uuid AND i.type = 'vendor' AND NOT i.is_public AND i.deleted_at IS NULL AND ${albums}
  GROUP BY m.album_id`;

const albumColumns = Prisma.sql`
  a.id::text, a.name, a.description, a.is_public AS "isPublic", a.is_style_kit AS "isStyleKit",
  a.keeps_sent AS "keepsSent", a.image_order AS "imageOrder", a.version, a.image_count AS "imageCount",
  a.cover_image_id::text AS "coverImageId", a.created_at AS "createdAt",
  coalesce(hidden.images, 0) AS "hiddenCount",
  i.id::text AS "shownId", i.original_url AS "originalUrl", i.thumbnail_url AS "thumbnailUrl", i.width, i.height,
  i.thumbhash, coalesce(s.variants ? 'a320', false) AS "hasAvif"`;

/**
 * With the image that stands for each: the one that was chosen, or the first. Which one is found apart (OFFSET keeps it there):
 * behind the wall a condition with a query in it may not look anything up, and all images are read instead.
 */
const albumTables = Prisma.sql`albums a
  CROSS JOIN LATERAL (SELECT coalesce(a.cover_image_id, (
    SELECT m.image_id FROM album_images m WHERE m.album_id = a.id ORDER BY m.position, m.image_id LIMIT 1)) AS id OFFSET 0) shown
  LEFT JOIN images i ON i.id = shown.id
  LEFT JOIN stored_files s ON s.image_id = i.id`;

/** All of a vendor's albums in the vendor's order; there are at most two hundred. */
export async function listAlbumRows(vendorId: string): Promise<AlbumRow[]> {
  return db().$queryRaw<AlbumRow[]>`
    SELECT ${albumColumns}
    FROM ${albumTables} LEFT JOIN (${hiddenIn(vendorId, Prisma.sql`m.vendor_id = ${vendorId}::uuid`)}) hidden
      ON hidden.album_id = a.id
    WHERE a.vendor_id = ${vendorId}::uuid
    ORDER BY a.position, a.created_at DESC, a.id DESC`;
}

export async function findAlbumRow(vendorId: string, albumId: string): Promise<AlbumRow | null> {
  const rows = await db().$queryRaw<AlbumRow[]>`
    SELECT ${albumColumns}
    FROM ${albumTables} LEFT JOIN (${hiddenIn(vendorId, Prisma.sql`m.album_id = ${albumId}::uuid`)}) hidden ON true
    WHERE a.vendor_id = ${vendorId}::uuid AND a.id = ${albumId}::uuid`;
  return rows[0] ?? null;
}

/** Names to choose from, in the vendor's order. */
export async function listAlbumNames(vendorId: string): Promise<{ id: string; name: string }[]> {
  return db().album.findMany({
    where: { vendorId },
    orderBy: [{ position: 'asc' }, { createdAt: 'desc' }, { id: 'desc' }],
    select: { id: true, name: true },
  });
}

/** Whether files that are sent to this album of the vendor's are kept as they come. */
export async function findKeepsSent(vendorId: string, albumId: string): Promise<boolean> {
  const where = { id: albumId, vendorId };
  return (await db().album.findFirst({ where, select: { keepsSent: true } }))?.keepsSent ?? false;
}

/** The images of one of the vendor's albums whose files are kept as they were sent. */
export async function listKeptAsSent(tx: Tx, vendorId: string, albumId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT s.sent_of::text AS id FROM album_images m JOIN stored_files s ON s.sent_of = m.image_id
     WHERE m.album_id = ${albumId}::uuid AND m.vendor_id = ${vendorId}::uuid ORDER BY 1`;
  return rows.map(({ id }) => id);
}

/** How many of an album's files are kept as they were sent, and their bytes. */
export async function sumKeptAsSent(
  vendorId: string,
  albumId: string,
): Promise<{ files: number; bytes: number }> {
  const [row] = await db().$queryRaw<[{ files: number; bytes: number }]>`
    SELECT count(*)::int AS files, coalesce(sum(s.byte_size), 0)::float8 AS bytes
      FROM album_images m JOIN stored_files s ON s.sent_of = m.image_id
     WHERE m.album_id = ${albumId}::uuid AND m.vendor_id = ${vendorId}::uuid`;
  return row;
}

/** Makes an album, first among the vendor's, unless it was made before or there are as many as there may be. */
export async function insertAlbum(
  tx: Tx,
  album: { readonly id: string; readonly vendorId: string; readonly name: string },
  most: number,
): Promise<'new' | 'before' | 'too many'> {
  const { id, vendorId } = album;
  await tx.$executeRaw`SELECT 1 FROM vendors WHERE id = ${vendorId}::uuid FOR NO KEY UPDATE`;
  if ((await tx.album.count({ where: { id, vendorId } })) > 0) return 'before';
  if ((await tx.album.count({ where: { vendorId } })) >= most) return 'too many';
  await tx.album.create({ data: album });
  return 'new';
}

/** False when there is no such album of the vendor's. */
export async function updateAlbumRow(
  tx: Tx,
  vendorId: string,
  albumId: string,
  album: Partial<{
    name: string;
    description: string | null;
    imageOrder: ImageOrder;
    isStyleKit: boolean;
    keepsSent: boolean;
    isPublic: boolean;
  }>,
): Promise<boolean> {
  return (await tx.album.updateMany({ where: { id: albumId, vendorId }, data: album })).count === 1;
}

/** Chooses one of the album's own images, or none; false when there is no such album or image in it. */
export async function updateCover(
  tx: Tx,
  vendorId: string,
  albumId: string,
  imageId: string | null,
): Promise<boolean> {
  const { count } = await tx.album.updateMany({
    where: { id: albumId, vendorId, ...(imageId !== null && { albumImages: { some: { imageId } } }) },
    data: { coverImageId: imageId },
  });
  return count === 1;
}

/** Deletes an album; its images stay. False when there is none. */
export async function deleteAlbumRow(tx: Tx, vendorId: string, albumId: string): Promise<boolean> {
  return (await tx.album.deleteMany({ where: { id: albumId, vendorId } })).count === 1;
}

type ImageColumns = Omit<ImageRow, 'id' | 'originalUrl'>;

/** An album beside the image that stands for it, where there is one. */
export type AlbumRow = ImageColumns & {
  id: string;
  name: string;
  description: string | null;
  isPublic: boolean;
  isStyleKit: boolean;
  keepsSent: boolean;
  imageOrder: ImageOrder;
  version: number;
  imageCount: number;
  hiddenCount: number;
  coverImageId: string | null;
  createdAt: Date;
  shownId: string | null;
  originalUrl: string | null;
};
