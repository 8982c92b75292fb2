import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { Moderation } from '../moderation/store.ts';
import type { VariantName } from '../policy.ts';

/** Where the files of an image are stored, under which id, and in which sizes. */

export type StoredAddress = {
  fileId: string;
  sizes: VariantName[];
  isPublic: boolean;
  moderation: Moderation;
};

/** Where a vendor's image is stored; null when it is not theirs, or in the trash. */
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
 * Gives an image another id and says who may see it, and whether it is in the trash from now on, row and image
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

/**
 * Takes one image that many may look at and whose slow sizes are missing, for this process alone for ten minutes. What one
 * person sees, mostly in the minute after it was made, is not worth a tenth of a conversion's cost.
 */
export async function claimForLater(
  olderThanSeconds: number,
): Promise<{ fileId: string; isPublic: boolean } | null> {
  const rows = await db().$queryRaw<{ fileId: string; isPublic: boolean }[]>`
    UPDATE stored_files SET later_tries = later_tries + 1, later_tried_at = clock_timestamp()
    WHERE id = (
      SELECT id FROM stored_files
      WHERE NOT (variants ? 'a320') AND later_tries < 3 AND (vendor_id IS NOT NULL OR is_public)
        AND image_id IS NOT NULL
        AND created_at < now() - make_interval(secs => ${olderThanSeconds})
        AND (later_tried_at IS NULL OR later_tried_at < now() - interval '10 minutes')
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
    WHERE id = ${fileId} AND NOT variants ?| ${Object.keys(sizes)}::text[]`;
  return changed === 1;
}
