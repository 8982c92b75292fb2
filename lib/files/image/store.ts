import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import { actAsSystem } from '#lib/db/walls/acting.ts';

/** Whose image it is: exactly one of the two. */
export type Owner = { readonly userId: string } | { readonly vendorId: string };

export type ImageType = 'user' | 'vendor' | 'result';

export function ownerColumns(owner: Owner): { userId: string | null; vendorId: string | null } {
  return 'userId' in owner
    ? { userId: owner.userId, vendorId: null }
    : { userId: null, vendorId: owner.vendorId };
}

/** The columns of an image that every page shows. */
export type ImageRow = {
  id: string;
  originalUrl: string;
  thumbnailUrl: string | null;
  width: number | null;
  height: number | null;
  thumbhash: string | null;
  /** Whether the AVIF sizes are stored already. */
  hasAvif?: boolean;
};

export type NewImage = {
  readonly owner: Owner;
  readonly type: ImageType;
  readonly fileName: string;
  readonly fileId: string;
  readonly url: string;
  readonly thumbUrl: string;
  readonly mimeType: string;
  readonly fileSize: number;
  readonly width: number;
  readonly height: number;
  readonly thumbhash: string;
  readonly sha256: string;
  readonly sentSha256: string | null;
  /** Size name to {bytes, width, height}. */
  readonly variants: Readonly<Record<string, Readonly<Record<'bytes' | 'width' | 'height', number>>>>;
};

/**
 * Writes the image, charged by the database's own rule, and its stored file; answers the image's id. Throws
 * the database's error when the quota does not allow it.
 */
export async function insertImage(tx: Tx, image: NewImage): Promise<string> {
  const { userId, vendorId } = ownerColumns(image.owner);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT record_image_upload(
      p_user_id => ${userId}::uuid,
      p_vendor_id => ${vendorId}::uuid,
      p_type => ${image.type}::text,
      p_file_name => ${image.fileName}::text,
      p_original_url => ${image.url}::text,
      p_thumbnail_url => ${image.thumbUrl}::text,
      p_file_size => ${image.fileSize}::bigint,
      p_mime_type => ${image.mimeType}::text,
      p_width => ${image.width}::integer,
      p_height => ${image.height}::integer
    )::text AS id`;
  const id = rows[0]?.id;
  if (!id) throw new Error('record_image_upload answered nothing');
  await tx.image.update({ where: { id }, data: { thumbhash: image.thumbhash } });
  await tx.storedFile.create({
    data: {
      id: image.fileId,
      imageId: id,
      userId,
      vendorId,
      byteSize: Object.values(image.variants).reduce((sum, { bytes }) => sum + bytes, 0),
      sha256: image.sha256,
      sentSha256: image.sentSha256,
      variants: image.variants,
    },
  });
  return id;
}

/** What pages show of images, by id; who may see them was decided before. */
export async function findImageRows(imageIds: readonly string[]) {
  const rows = await db().image.findMany({
    where: { id: { in: [...imageIds] } },
    select: {
      id: true,
      originalUrl: true,
      thumbnailUrl: true,
      width: true,
      height: true,
      thumbhash: true,
      storedFile: { select: { variants: true } },
    },
  });
  return rows.map(({ storedFile, ...row }) => ({ ...row, hasAvif: hasAvif(storedFile) }));
}

/**
 * What serving a file needs to know: whether everybody may see it, who owns it, and how long each size is. What is
 * visible follows its owner: of a suspended account no file is found, by anybody.
 */
export async function findStoredFile(fileId: string): Promise<{
  isPublic: boolean;
  userId: string | null;
  vendorId: string | null;
  sizes: Readonly<Record<string, { bytes: number } | undefined>>;
} | null> {
  const isActive = true;
  const file = await db().storedFile.findFirst({
    // What was sent goes out by doors of its own.
    where: { id: fileId, sentOf: null, OR: [{ user: { isActive } }, { vendor: { isActive } }] },
    select: { isPublic: true, userId: true, vendorId: true, variants: true },
  });
  if (!file) return null;
  const { variants, ...rest } = file;
  return { ...rest, sizes: variants as Record<string, { bytes: number }> };
}

/** Whether a file is kept under an id, whatever has become of its owner. */
export async function isFileKept(fileId: string): Promise<boolean> {
  return (await db().storedFile.count({ where: { id: fileId } })) > 0;
}

/** The stored file of an image of any owner. */
export async function findFileIdOf(imageId: string): Promise<string | null> {
  const file = await db().storedFile.findUnique({ where: { imageId }, select: { id: true } });
  return file?.id ?? null;
}

export async function listFileIdsOf(owner: Owner, tx: Tx = db()): Promise<string[]> {
  const files = await tx.storedFile.findMany({ where: owner, select: { id: true } });
  return files.map(({ id }) => id);
}

/** How many images a user may still upload now; the database decides again when one is recorded. */
export async function countImagesLeft(tx: Tx, userId: string): Promise<number> {
  const rows = await tx.$queryRaw<{ left: number }[]>`
    SELECT images_remaining::int AS left FROM get_user_quota_status(${userId}::uuid)`;
  return rows[0]?.left ?? 0;
}

/** The same for a vendor's gallery. */
export async function countGalleryLeft(tx: Tx, vendorId: string): Promise<number> {
  const rows = await tx.$queryRaw<{ left: number }[]>`
    SELECT total_remaining::int AS left FROM get_vendor_quota_status(${vendorId}::uuid)`;
  return rows[0]?.left ?? 0;
}

/** Whether the slow sizes of a stored file are there already. */
function hasAvif(file: { variants: unknown } | null): boolean {
  return typeof file?.variants === 'object' && file.variants !== null && 'a320' in file.variants;
}

/** Takes the locks that deleting an image needs, in the order that everybody keeps. */
async function lockForDeletion(tx: Tx, owner: Owner, imageId: string): Promise<void> {
  if ('userId' in owner) {
    await tx.$executeRaw`SELECT 1 FROM users WHERE id = ${owner.userId}::uuid FOR NO KEY UPDATE`;
  } else {
    await tx.$executeRaw`SELECT 1 FROM vendors WHERE id = ${owner.vendorId}::uuid FOR NO KEY UPDATE`;
  }
  // Of a picture that is a look these are other people's.
  await actAsSystem(
    () => tx.$executeRaw`
    SELECT 1 FROM user_conversions
    WHERE source_image_id = ${imageId}::uuid OR style_image_id = ${imageId}::uuid
    ORDER BY id FOR NO KEY UPDATE`,
  );
}

/**
 * Deletes an owner's image; answers the ids its bytes are stored under, shown and as they were sent. Null when it is not the owner's, or not
 * in the trash although only that is meant.
 */
export async function deleteOwnImage(
  tx: Tx,
  owner: Owner,
  imageId: string,
  onlyTrashed: boolean,
): Promise<{ fileIds: readonly string[] } | null> {
  await lockForDeletion(tx, owner, imageId);
  const type = 'userId' in owner ? 'user' : 'vendor';
  const where = {
    id: imageId,
    type,
    ...ownerColumns(owner),
    ...(onlyTrashed && { deletedAt: { not: null } }),
  };
  const stored = { select: { id: true } } as const;
  const image = await tx.image.findFirst({ where, select: { storedFile: stored, sentFiles: stored } });
  if (!image) return null;
  const { count } = await tx.image.deleteMany({ where });
  const files = image.storedFile ? [image.storedFile, ...image.sentFiles] : image.sentFiles;
  return count === 1 ? { fileIds: files.map(({ id }) => id) } : null;
}

/** Notes that the bytes of these files are not in the store; the first time counts. */
export async function noteMissing(fileIds: readonly string[]): Promise<void> {
  await db().$executeRaw`
    UPDATE stored_files SET missing_at = clock_timestamp()
    WHERE id = ANY(${[...fileIds]}) AND missing_at IS NULL`;
}
