import type { Tx } from '#lib/db/transact.ts';

/** What stands where: everything here goes through the functions of the database that lock the album first. */

/** Adds images at the end of an album; answers how many were new to it. Throws when the album is not the vendor's. */
export async function putInAlbum(
  tx: Tx,
  vendorId: string,
  albumId: string,
  imageIds: readonly string[],
): Promise<number> {
  const rows = await tx.$queryRaw<{ added: number }[]>`
    SELECT put_in_album(${vendorId}::uuid, ${albumId}::uuid, ${[...imageIds]}::uuid[]) AS added`;
  return rows[0]?.added ?? 0;
}

/** How many of these images are the vendor's, and not in the trash. */
export async function countOwnImages(tx: Tx, vendorId: string, imageIds: readonly string[]): Promise<number> {
  return tx.image.count({ where: { id: { in: [...imageIds] }, vendorId, deletedAt: null } });
}

/** Whether this album is the vendor's, locked for what comes. */
export async function holdAlbum(tx: Tx, vendorId: string, albumId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM albums WHERE id = ${albumId}::uuid AND vendor_id = ${vendorId}::uuid FOR NO KEY UPDATE`;
  return rows.length === 1;
}

/** Locks two albums in the order that everybody keeps; false when either is not the vendor's. */
export async function holdAlbums(tx: Tx, vendorId: string, albumIds: readonly string[]): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM albums WHERE id = ANY (${[...albumIds]}::uuid[]) AND vendor_id = ${vendorId}::uuid
    ORDER BY id FOR NO KEY UPDATE`;
  return rows.length === new Set(albumIds).size;
}

/** Locks images so that none goes to the trash meanwhile: images come before albums. */
export async function holdImages(tx: Tx, vendorId: string, imageIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    SELECT 1 FROM images WHERE id = ANY (${[...imageIds]}::uuid[]) AND vendor_id = ${vendorId}::uuid
    ORDER BY id FOR SHARE`;
}

/** Takes images out of an album that is locked; answers those that were in it, in the order they are named. */
export async function takeOutOfAlbum(
  tx: Tx,
  vendorId: string,
  albumId: string,
  imageIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    DELETE FROM album_images WHERE album_id = ${albumId}::uuid AND vendor_id = ${vendorId}::uuid
      AND image_id = ANY (${[...imageIds]}::uuid[])
    RETURNING image_id::text AS id`;
  if (rows.length > 0) {
    await tx.$executeRaw`UPDATE albums SET version = version + 1 WHERE id = ${albumId}::uuid`;
  }
  const taken = new Set(rows.map(({ id }) => id));
  return imageIds.filter((id) => taken.has(id));
}

/** Puts images of an album before another of it (null: last); answers the order's new version. */
export async function moveInAlbum(
  tx: Tx,
  vendorId: string,
  albumId: string,
  imageIds: readonly string[],
  before: string | null,
): Promise<number> {
  const rows = await tx.$queryRaw<{ version: number }[]>`
    SELECT move_album_images(
      ${vendorId}::uuid, ${albumId}::uuid, ${[...imageIds]}::uuid[], ${before}::uuid
    ) AS version`;
  return rows[0]?.version ?? 0;
}

/** Puts an album before another of the vendor's (null: last). */
export async function moveAlbumRow(
  tx: Tx,
  vendorId: string,
  albumId: string,
  before: string | null,
): Promise<void> {
  await tx.$executeRaw`SELECT move_album(${vendorId}::uuid, ${albumId}::uuid, ${before}::uuid)`;
}
