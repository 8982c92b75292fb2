import type { TimeCursor } from '#lib/core/cursor.ts';
import { olderThan } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { CaseReason } from '#lib/files/review/store.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { undoDays } from '../policy.ts';

/** A vendor's whole gallery, as moderators go through it. */

export type GalleryRow = {
  readonly id: string;
  readonly at: string;
  readonly title: string;
  readonly isPublic: boolean;
  readonly isTrashed: boolean;
  readonly moderation: 'accepted' | 'waiting' | 'refused';
  readonly hasFile: boolean;
  /** Of what was refused or waits: why it was looked at, what its owner was told, and when it was decided. */
  readonly caseReason: CaseReason | null;
  readonly why: string | null;
  readonly decidedAt: Date | null;
  /** Whether its refusal can still be taken back. */
  readonly isUndoable: boolean;
  readonly createdAt: Date;
};

export const galleryStates = ['all', 'public', 'private', 'waiting', 'refused', 'trash'] as const;
export type GalleryState = (typeof galleryStates)[number];

const standing: Readonly<Record<GalleryState, Prisma.Sql>> = {
  all: Prisma.sql`true`,
  public: Prisma.sql`i.moderation = 'accepted' AND i.deleted_at IS NULL AND i.is_public`,
  private: Prisma.sql`i.moderation = 'accepted' AND i.deleted_at IS NULL AND NOT i.is_public`,
  waiting: Prisma.sql`i.moderation = 'waiting'`,
  refused: Prisma.sql`i.moderation = 'refused'`,
  trash: Prisma.sql`i.moderation = 'accepted' AND i.deleted_at IS NOT NULL`,
};

/** Every image of a vendor in a state, newest first, after the cursor: what visitors see and what they do not. */
export async function listGallery(
  tx: Tx,
  { vendorId, state }: { vendorId: string; state: GalleryState },
  after: TimeCursor | null,
  limit: number,
): Promise<GalleryRow[]> {
  return tx.$queryRaw<GalleryRow[]>`
    SELECT i.id::text, i.created_at::text AS at, coalesce(i.title, i.file_name) AS title, i.is_public AS "isPublic",
      i.deleted_at IS NOT NULL AS "isTrashed", i.moderation, i.created_at AS "createdAt",
      f.id IS NOT NULL AS "hasFile", c.reason AS "caseReason", c.why, c.decided_at AS "decidedAt",
      i.moderation = 'refused' AND f.id IS NOT NULL
        AND coalesce(c.decided_at > clock_timestamp() - make_interval(days => ${undoDays}::int), false) AS "isUndoable"
    FROM images i LEFT JOIN stored_files f ON f.image_id = i.id
      LEFT JOIN LATERAL (
        SELECT reason, why, decided_at FROM moderation_cases
        WHERE image_id = i.id AND i.moderation <> 'accepted' AND decision IS DISTINCT FROM 'accepted'
        ORDER BY decided_at DESC NULLS FIRST LIMIT 1) c ON true
    WHERE i.vendor_id = ${vendorId}::uuid AND i.type = 'vendor' AND ${standing[state]}
      ${olderThan('i', after)}
    ORDER BY i.created_at DESC, i.id DESC LIMIT ${limit}`;
}

/** Whether an image is one of a vendor's gallery: those are moderators' to look at, photos and results are not. */
export async function isGalleryImage(tx: Tx, imageId: string): Promise<boolean> {
  return (await tx.image.count({ where: { id: imageId, type: 'vendor' } })) === 1;
}
