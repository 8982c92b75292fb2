import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';

/** What visitors chose and said behind a link to an album. SQL functions know what stands behind it. */

/** False for what does not stand behind a link where one may choose. */
export async function pickRow(tx: Tx, linkId: string, imageId: string, isPicked: boolean): Promise<boolean> {
  const [row] = await tx.$queryRaw<[{ did: boolean }]>`
    SELECT pick_image(${linkId}::uuid, ${imageId}::uuid, ${isPicked}) AS did`;
  return row.did;
}

export async function commentRow(
  tx: Tx,
  comment: { id: string; linkId: string; imageId: string; name: string | null; words: string },
): Promise<'said' | 'missing' | 'many'> {
  const { id, linkId, imageId, name, words } = comment;
  const [row] = await tx.$queryRaw<[{ became: 'said' | 'missing' | 'many' }]>`
    SELECT comment_on_image(${id}::uuid, ${linkId}::uuid, ${imageId}::uuid, ${name}::text, ${words}) AS became`;
  return row.became;
}

/** Takes a comment away that was written behind this link; false when there is none. */
export async function deleteComment(tx: Tx, linkId: string, id: string): Promise<boolean> {
  return (await tx.albumComment.deleteMany({ where: { id, linkId } })).count === 1;
}

/** How many are chosen; null where one may not choose. */
export async function sendPicksRow(tx: Tx, linkId: string): Promise<number | null> {
  const [row] = await tx.$queryRaw<[{ count: number | null }]>`SELECT send_picks(${linkId}::uuid) AS count`;
  return row.count;
}

export type CommentRow = { id: string; imageId: string; name: string | null; words: string };

/** What is chosen and was said behind a link, of what stands in its album still; comments oldest first. */
export async function findPicks(
  linkId: string,
  albumId: string,
): Promise<{ chosen: readonly string[]; comments: readonly CommentRow[] }> {
  const [picks, comments] = await Promise.all([
    db().$queryRaw<{ id: string }[]>`
      SELECT k.image_id::text AS id FROM album_picks k
        JOIN linked_album_images i ON i.id = k.image_id AND i.album_id = ${albumId}::uuid
       WHERE k.link_id = ${linkId}::uuid`,
    db().albumComment.findMany({
      where: { linkId },
      select: { id: true, imageId: true, name: true, words: true },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    }),
  ]);
  return { chosen: picks.map(({ id }) => id), comments };
}

/** One of the vendor's links, also after its end, with the name of its album; null when it is not theirs. */
export async function findOwnLink(
  vendorId: string,
  linkId: string,
): Promise<{ albumId: string; albumName: string; name: string | null; pickedAt: Date | null } | null> {
  const rows = await db().$queryRaw<
    { albumId: string; albumName: string; name: string | null; pickedAt: Date | null }[]
  >`
    SELECT l.album_id::text AS "albumId", a.name AS "albumName", l.name, l.picked_at AS "pickedAt"
      FROM album_links l JOIN albums a ON a.id = l.album_id AND a.vendor_id = l.vendor_id
     WHERE l.id = ${linkId}::uuid AND l.vendor_id = ${vendorId}::uuid`;
  return rows[0] ?? null;
}

export type PickedRow = {
  id: string;
  fileName: string;
  title: string | null;
  isPicked: boolean;
  comments: { name: string | null; words: string; at: string }[];
};

/**
 * Every picture of one of the vendor's albums that was chosen or spoken of behind a link, in the album's own order, at most
 * so many.
 */
export async function listPicked(vendorId: string, linkId: string, limit: number): Promise<PickedRow[]> {
  return db().$queryRaw<PickedRow[]>`
    SELECT i.id::text, i.file_name AS "fileName", i.title, k.image_id IS NOT NULL AS "isPicked", s.comments
      FROM album_links l
      JOIN linked_album_images i ON i.album_id = l.album_id
      LEFT JOIN album_picks k ON k.link_id = l.id AND k.image_id = i.id
      CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_agg(jsonb_build_object('name', c.name, 'words', c.words, 'at', c.created_at)
                 ORDER BY c.created_at, c.id), '[]') AS comments
          FROM album_comments c WHERE c.link_id = l.id AND c.image_id = i.id
      ) s
     WHERE l.id = ${linkId}::uuid AND l.vendor_id = ${vendorId}::uuid
       AND (k.image_id IS NOT NULL OR s.comments <> '[]')
     ORDER BY i.position, i.id LIMIT ${limit}`;
}
