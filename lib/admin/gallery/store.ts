import type { TimeCursor } from '#lib/core/cursor.ts';
import { olderThan } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transact.ts';

/** A vendor's whole gallery, as moderators go through it. */

export type GalleryRow = {
  readonly id: string;
  readonly at: string;
  readonly title: string;
  readonly isPublic: boolean;
  readonly isTrashed: boolean;
  readonly moderation: 'accepted' | 'waiting' | 'refused';
  readonly hasFile: boolean;
  readonly createdAt: Date;
};

/** Every picture of a vendor, newest first, after the cursor: what visitors see and what they do not. */
export async function listGallery(
  tx: Tx,
  vendorId: string,
  after: TimeCursor | null,
  limit: number,
): Promise<GalleryRow[]> {
  return tx.$queryRaw<GalleryRow[]>`
    SELECT i.id::text, i.created_at::text AS at, coalesce(i.title, i.file_name) AS title, i.is_public AS "isPublic",
      i.deleted_at IS NOT NULL AS "isTrashed", i.moderation, i.created_at AS "createdAt",
      EXISTS (SELECT 1 FROM stored_files f WHERE f.image_id = i.id) AS "hasFile"
    FROM images i
    WHERE i.vendor_id = ${vendorId}::uuid AND i.type = 'vendor'
      ${olderThan('i', after)}
    ORDER BY i.created_at DESC, i.id DESC LIMIT ${limit}`;
}

/** Whether a picture is one of a vendor's gallery: those are moderators' to look at, photos and results are not. */
export async function isGalleryImage(tx: Tx, imageId: string): Promise<boolean> {
  return (await tx.image.count({ where: { id: imageId, type: 'vendor' } })) === 1;
}
