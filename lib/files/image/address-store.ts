import type { TimeCursor } from '#lib/core/time-cursor.ts';
import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { PhotoLife, VariantName } from '../policy.ts';
import { type Owner, ownerColumns } from './store.ts';

/** Rows of pictures as their owners keep them: lists, lives, addresses and ends. */

type ListedRow = {
  id: string;
  fileName: string;
  originalUrl: string;
  thumbnailUrl: string | null;
  width: number | null;
  height: number | null;
  thumbhash: string | null;
  hasAvif: boolean;
  isPublic: boolean;
  life: PhotoLife;
  expiresAt: Date | null;
  createdAt: Date;
};

/** A user's photos, newest first, from behind the cursor; `at` makes the next one. */
export async function listPhotoRows(
  userId: string,
  after: TimeCursor | null,
  limit: number,
): Promise<(ListedRow & { at: string })[]> {
  return db().$queryRaw<(ListedRow & { at: string })[]>`
    SELECT i.id::text, i.file_name AS "fileName", i.original_url AS "originalUrl",
      i.thumbnail_url AS "thumbnailUrl", i.width, i.height, i.thumbhash, i.is_public AS "isPublic", i.life,
      i.expires_at AS "expiresAt", i.created_at AS "createdAt", i.created_at::text AS at,
      coalesce(f.variants ? 'a320', false) AS "hasAvif"
    FROM images i LEFT JOIN stored_files f ON f.image_id = i.id
    WHERE i.user_id = ${userId}::uuid AND i.type = 'user'
      AND (i.created_at, i.id) < (${after?.at ?? 'infinity'}::timestamptz, ${after?.id ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff'}::uuid)
    ORDER BY i.created_at DESC, i.id DESC LIMIT ${limit}`;
}

/** Takes the locks that deleting a picture needs, in the order that everybody keeps. */
async function lockForDeletion(tx: Tx, owner: Owner, imageId: string): Promise<void> {
  if ('userId' in owner) {
    await tx.$executeRaw`SELECT 1 FROM users WHERE id = ${owner.userId}::uuid FOR NO KEY UPDATE`;
  } else {
    await tx.$executeRaw`SELECT 1 FROM vendors WHERE id = ${owner.vendorId}::uuid FOR NO KEY UPDATE`;
  }
  await tx.$executeRaw`
    SELECT 1 FROM user_conversions
    WHERE source_image_id = ${imageId}::uuid OR style_image_id = ${imageId}::uuid
    ORDER BY id FOR NO KEY UPDATE`;
}

/**
 * Deletes an owner's picture; answers the id its bytes are stored under. Null when it is not the owner's, or not
 * in the trash although only that is meant.
 */
export async function deleteOwnImage(
  tx: Tx,
  owner: Owner,
  imageId: string,
  onlyTrashed: boolean,
): Promise<{ fileId: string | null } | null> {
  await lockForDeletion(tx, owner, imageId);
  const type = 'userId' in owner ? 'user' : 'vendor';
  const where = {
    id: imageId,
    type,
    ...ownerColumns(owner),
    ...(onlyTrashed && { deletedAt: { not: null } }),
  };
  const image = await tx.image.findFirst({ where, select: { storedFile: { select: { id: true } } } });
  if (!image) return null;
  const { count } = await tx.image.deleteMany({ where });
  return count === 1 ? { fileId: image.storedFile?.id ?? null } : null;
}

/** Gives a photo an end, counted from now by the database; choosing the same again does not move it. */
export async function updateLife(
  tx: Tx,
  userId: string,
  imageId: string,
  life: PhotoLife,
): Promise<{ expiresAt: Date | null } | null> {
  const rows = await tx.$queryRaw<{ expiresAt: Date | null }[]>`
    UPDATE images SET life = ${life}::text, expires_at = CASE
      WHEN life = ${life}::text THEN expires_at
      WHEN ${life}::text = 'month' THEN clock_timestamp() + interval '30 days'
      WHEN ${life}::text = 'day' THEN clock_timestamp() + interval '24 hours'
    END
    WHERE id = ${imageId}::uuid AND user_id = ${userId}::uuid AND type = 'user'
    RETURNING expires_at AS "expiresAt"`;
  return rows[0] ?? null;
}

/** Photos whose end has come. */
export async function listEndedPhotos(limit: number): Promise<{ id: string; userId: string }[]> {
  return db().$queryRaw<{ id: string; userId: string }[]>`
    SELECT id::text, user_id::text AS "userId" FROM images
    WHERE expires_at <= clock_timestamp() ORDER BY expires_at LIMIT ${limit}`;
}

export type Moderation = 'accepted' | 'waiting' | 'refused';

export type StoredAddress = {
  fileId: string;
  sizes: VariantName[];
  isPublic: boolean;
  moderation: Moderation;
};

/** Where a vendor's picture is stored; null when it is not theirs, or in the trash. */
export async function findOwnAddress(vendorId: string, imageId: string): Promise<StoredAddress | null> {
  const file = await db().storedFile.findFirst({
    where: { imageId, vendorId, image: { deletedAt: null } },
    select: { id: true, variants: true, isPublic: true, image: { select: { moderation: true } } },
  });
  if (!file?.image) return null;
  return {
    fileId: file.id,
    sizes: Object.keys(file.variants as object) as VariantName[],
    isPublic: file.isPublic,
    moderation: file.image.moderation as Moderation,
  };
}

/**
 * Gives a picture another id and says who may see it, and whether it is in the trash from now on, row and image
 * together. False when it has changed since it was read: then another has to read again.
 */
export async function moveAddress(
  tx: Tx,
  imageId: string,
  was: StoredAddress,
  next: { fileId: string; isPublic: boolean; isTrashed: boolean; url: string; thumbUrl: string },
): Promise<boolean> {
  const moved = await tx.$executeRaw`
    UPDATE stored_files SET id = ${next.fileId}, is_public = ${next.isPublic}
    WHERE id = ${was.fileId} AND image_id = ${imageId}::uuid
      AND ARRAY(SELECT jsonb_object_keys(variants)) @> ${was.sizes}::text[]
      AND ARRAY(SELECT jsonb_object_keys(variants)) <@ ${was.sizes}::text[]`;
  if (moved !== 1) return false;
  const changed = await tx.$executeRaw`
    UPDATE images SET is_public = ${next.isPublic}, original_url = ${next.url}, thumbnail_url = ${next.thumbUrl},
      deleted_at = CASE WHEN ${next.isTrashed} THEN clock_timestamp() END
    WHERE id = ${imageId}::uuid AND deleted_at IS NULL AND (NOT ${next.isPublic} OR moderation = 'accepted')`;
  return changed === 1;
}

/** Takes one picture whose slow sizes are missing, for this process alone for ten minutes. */
export async function claimForLater(
  olderThanSeconds: number,
): Promise<{ fileId: string; isPublic: boolean } | null> {
  const rows = await db().$queryRaw<{ fileId: string; isPublic: boolean }[]>`
    UPDATE stored_files SET later_tries = later_tries + 1, later_tried_at = clock_timestamp()
    WHERE id = (
      SELECT id FROM stored_files
      WHERE NOT (variants ? 'a320') AND later_tries < 3 AND image_id IS NOT NULL
        AND created_at < clock_timestamp() - make_interval(secs => ${olderThanSeconds})
        AND (later_tried_at IS NULL OR later_tried_at < clock_timestamp() - interval '10 minutes')
      ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id AS "fileId", is_public AS "isPublic"`;
  return rows[0] ?? null;
}

/** Says that more sizes of a file are stored. False when the file has gone or changed its id meanwhile. */
export async function addSizes(
  fileId: string,
  sizes: Readonly<Record<string, { bytes: number; width: number; height: number }>>,
): Promise<boolean> {
  const bytes = Object.values(sizes).reduce((sum, size) => sum + size.bytes, 0);
  const changed = await db().$executeRaw`
    UPDATE stored_files SET variants = variants || ${JSON.stringify(sizes)}::jsonb, byte_size = byte_size + ${bytes}
    WHERE id = ${fileId} AND NOT (variants ? 'a320')`;
  return changed === 1;
}
