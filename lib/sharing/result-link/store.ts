import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import { creditOf } from '#lib/gallery/look/columns-store.ts';
import type { LookCredit } from '#lib/gallery/look/kinds.ts';
import type { LookName } from '#lib/styles/catalogue.ts';
import { Prisma } from '#prisma/generated/client.ts';

export type ResultLinkRow = {
  id: string;
  tokenHash: string;
  hasPassword: boolean;
  expiresAt: Date | null;
  isExpired: boolean;
  revokedAt: Date | null;
  viewCount: number;
  lastViewedAt: Date | null;
  createdAt: Date;
};

/** Locks one of the owner's results that may be shown to others; answers its stored file, null when there is none. */
export async function lockShareable(tx: Tx, userId: string, conversionId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ fileId: string }[]>`
    SELECT f.id AS "fileId" FROM user_conversions c JOIN images i ON i.id = c.result_image_id
      JOIN stored_files f ON f.image_id = i.id
    WHERE c.id = ${conversionId}::uuid AND c.user_id = ${userId}::uuid AND c.deleted_at IS NULL
      AND c.status = 'completed' AND i.moderation = 'accepted'
    FOR NO KEY UPDATE OF c`;
  return rows[0]?.fileId ?? null;
}

export async function countLiveLinks(tx: Tx, conversionId: string): Promise<number> {
  const [row] = await tx.$queryRaw<[{ count: number }]>`
    SELECT count(*)::int AS count FROM live_share_links WHERE conversion_id = ${conversionId}::uuid`;
  return row.count;
}

export async function isLinkOf(tx: Tx, conversionId: string, linkId: string): Promise<boolean> {
  return (await tx.shareLink.count({ where: { id: linkId, conversionId } })) > 0;
}

/** Adds a link. `days` counts from now, by the database's clock; null is without end. */
export async function insertLink(
  tx: Tx,
  link: {
    id: string;
    conversionId: string;
    tokenHash: string;
    passwordHash: string | null;
    days: number | null;
  },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO share_links (id, conversion_id, token_hash, password_hash, expires_at)
    VALUES (${link.id}::uuid, ${link.conversionId}::uuid, ${link.tokenHash}, ${link.passwordHash},
      clock_timestamp() + make_interval(days => ${link.days}::int))`;
}

/** The links of one of the owner's conversions, newest first; those that are over too. */
export async function listLinkRows(
  userId: string,
  conversionId: string,
  limit: number,
): Promise<ResultLinkRow[]> {
  return db().$queryRaw<ResultLinkRow[]>`
    SELECT l.id, l.token_hash AS "tokenHash", l.password_hash IS NOT NULL AS "hasPassword",
      l.expires_at AS "expiresAt", coalesce(l.expires_at <= clock_timestamp(), false) AS "isExpired",
      l.revoked_at AS "revokedAt", l.view_count AS "viewCount", l.last_viewed_at AS "lastViewedAt",
      l.created_at AS "createdAt"
    FROM share_links l JOIN user_conversions c ON c.id = l.conversion_id
    WHERE l.conversion_id = ${conversionId}::uuid AND c.user_id = ${userId}::uuid AND c.deleted_at IS NULL
    ORDER BY l.created_at DESC, l.id DESC
    LIMIT ${limit}`;
}

/** Ends one of the owner's links; answers whose result it was. Null when it is not theirs or had ended. */
export async function revokeLinkRow(tx: Tx, userId: string, linkId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ conversionId: string }[]>`
    UPDATE share_links l SET revoked_at = clock_timestamp()
    FROM user_conversions c
    WHERE l.id = ${linkId}::uuid AND c.id = l.conversion_id AND c.user_id = ${userId}::uuid
      AND l.revoked_at IS NULL
    RETURNING l.conversion_id AS "conversionId"`;
  return rows[0]?.conversionId ?? null;
}

/** What a link that is alive opens. */
export type LiveLink = {
  id: string;
  passwordHash: string | null;
  userId: string;
  style: LookName;
  credit: LookCredit | null;
  title: string | null;
  imageId: string;
};

/** The link with this token's hash, if it is alive. */
export async function findLiveLink(tokenHash: string): Promise<LiveLink | null> {
  const rows = await db().$queryRaw<LiveLink[]>`
    SELECT id, password_hash AS "passwordHash", user_id AS "userId", style_name AS style, title,
      ${creditOf(Prisma.sql`l.conversion_id`)} AS credit, result_image_id AS "imageId"
    FROM live_share_links l WHERE token_hash = ${tokenHash}`;
  return rows[0] ?? null;
}

/** Whether a link with this token's hash was closed or has ended, while its result and its owner are still there. */
export async function isClosedLink(tokenHash: string): Promise<boolean> {
  const rows = await db().$queryRaw<unknown[]>`
    SELECT 1 FROM share_links WHERE token_hash = ${tokenHash}
       AND (revoked_at IS NOT NULL OR expires_at <= clock_timestamp())`;
  return rows.length > 0;
}

export async function addView(linkId: string): Promise<void> {
  await db().$executeRaw`
    UPDATE share_links SET view_count = view_count + 1, last_viewed_at = clock_timestamp()
    WHERE id = ${linkId}::uuid`;
}
