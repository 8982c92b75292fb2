import type { TimeCursor } from '#lib/core/cursor.ts';
import { db } from '#lib/db/client.ts';
import { olderThan } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';
import type { PhotoLife } from '../policy.ts';

export type Agreement = { readonly terms: string; readonly engine: string; readonly country: string };

/** What a person agreed to, ever: the engines of today among them are few. */
export async function listAgreements(userId: string): Promise<Agreement[]> {
  return db().agreement.findMany({
    where: { userId },
    select: { terms: true, engine: true, country: true },
    take: 200,
    orderBy: { agreedAt: 'desc' },
  });
}

/** False when it was recorded before. */
export async function insertAgreement(tx: Tx, userId: string, agreement: Agreement): Promise<boolean> {
  const { count } = await tx.agreement.createMany({
    data: { userId, ...agreement },
    skipDuplicates: true,
  });
  return count === 1;
}

type ListedRow = {
  id: string;
  fileName: string;
  originalUrl: string;
  thumbnailUrl: string | null;
  width: number | null;
  height: number | null;
  thumbhash: string | null;
  isPublic: boolean;
  life: PhotoLife;
  expiresAt: Date | null;
  createdAt: Date;
};

const listed = Prisma.sql`
  i.id::text, i.file_name AS "fileName", i.original_url AS "originalUrl",
  i.thumbnail_url AS "thumbnailUrl", i.width, i.height, i.thumbhash, i.is_public AS "isPublic", i.life,
  i.expires_at AS "expiresAt", i.created_at AS "createdAt", i.created_at::text AS at`;

/** One of a user's photos. */
export async function findPhotoRow(userId: string, photoId: string): Promise<ListedRow | null> {
  const rows = await db().$queryRaw<ListedRow[]>`
    SELECT ${listed} FROM images i
    WHERE i.user_id = ${userId}::uuid AND i.id = ${photoId}::uuid AND i.type = 'user'`;
  return rows[0] ?? null;
}

/** A user's photos, newest first, from behind the cursor; `at` makes the next one. */
export async function listPhotoRows(
  userId: string,
  after: TimeCursor | null,
  limit: number,
): Promise<(ListedRow & { at: string })[]> {
  return db().$queryRaw<(ListedRow & { at: string })[]>`
    SELECT ${listed}
    FROM images i
    WHERE i.user_id = ${userId}::uuid AND i.type = 'user'
      ${olderThan('i', after)}
    ORDER BY i.created_at DESC, i.id DESC LIMIT ${limit}`;
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
    WHERE expires_at <= now() ORDER BY expires_at LIMIT ${limit}`;
}

/** The newest photo of a user that came as these bytes, has not ended and was not refused. */
export async function findPhotoIdBySent(tx: Tx, userId: string, sentSha256: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT i.id::text FROM stored_files f JOIN images i ON i.id = f.image_id
    WHERE f.user_id = ${userId}::uuid AND f.sent_sha256 = ${sentSha256} AND f.missing_at IS NULL
      AND i.user_id = f.user_id AND i.type = 'user' AND i.moderation <> 'refused'
      AND (i.expires_at IS NULL OR i.expires_at > clock_timestamp())
    ORDER BY i.created_at DESC LIMIT 1`;
  return rows[0]?.id ?? null;
}
