import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { SentFile } from '#lib/files/sent/store.ts';
import { Prisma } from '#prisma/generated/client.ts';

/** Rows of links to albums, and what they show. */

export type AlbumLinkRow = {
  id: string;
  tokenHash: string;
  name: string | null;
  hasPassword: boolean;
  mayDownload: boolean;
  hasPicks: boolean;
  hasMark: boolean;
  givesSent: boolean;
  closingWords: string | null;
  /** When a selection was sent, and how many pictures are chosen now. */
  pickedAt: Date | null;
  picks: number;
  expiresAt: Date | null;
  isExpired: boolean;
  revokedAt: Date | null;
  createdAt: Date;
  views: number;
  downloads: number;
  lastAt: Date | null;
  /** The last days on which it was opened, newest first. */
  days: { day: string; views: number; downloads: number }[];
};

/** What visitors of a link may do, and what they see beside its pictures. */
export type LinkManners = {
  mayDownload: boolean;
  /** Whether what they download is the file as it was sent, where it is kept. */
  givesSent: boolean;
  /** Whether they may choose and comment. */
  hasPicks: boolean;
  /** Whether the shop's name lies over what is shown. */
  hasMark: boolean;
  /** Under the pictures, and in their place when the link is closed. */
  closingWords: string | null;
};

/** Locks one of the vendor's albums; false when it is not theirs. */
export async function lockOwnAlbum(tx: Tx, vendorId: string, albumId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM albums WHERE id = ${albumId}::uuid AND vendor_id = ${vendorId}::uuid FOR NO KEY UPDATE`;
  return rows.length === 1;
}

export async function countLiveAlbumLinks(tx: Tx, albumId: string): Promise<number> {
  const [row] = await tx.$queryRaw<[{ count: number }]>`
    SELECT count(*)::int AS count FROM live_album_links WHERE album_id = ${albumId}::uuid`;
  return row.count;
}

export async function isLinkOfAlbum(tx: Tx, albumId: string, linkId: string): Promise<boolean> {
  return (await tx.albumLink.count({ where: { id: linkId, albumId } })) > 0;
}

/** Adds a link. `days` counts from now, by the database's clock; null is without end. */
export async function insertAlbumLink(
  tx: Tx,
  link: {
    id: string;
    vendorId: string;
    albumId: string;
    tokenHash: string;
    name: string | null;
    passwordHash: string | null;
    days: number | null;
  } & LinkManners,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO album_links (id, vendor_id, album_id, token_hash, name, password_hash, may_download, gives_sent, has_picks,
      has_mark, closing_words, expires_at)
    VALUES (${link.id}::uuid, ${link.vendorId}::uuid, ${link.albumId}::uuid, ${link.tokenHash}, ${link.name},
      ${link.passwordHash}, ${link.mayDownload}, ${link.givesSent}, ${link.hasPicks}, ${link.hasMark}, ${link.closingWords}::text, clock_timestamp() + make_interval(days => ${link.days}::int))`;
}

/** One of the vendor's links that was not revoked, with its album locked; null when it is not theirs. */
export async function lockOwnAlbumLink(
  tx: Tx,
  vendorId: string,
  linkId: string,
): Promise<{ albumId: string; isAlive: boolean } | null> {
  // The album first: links are made under the same lock, which counts those that are alive.
  await tx.$queryRaw`
    SELECT 1 FROM albums WHERE vendor_id = ${vendorId}::uuid
       AND id = (SELECT album_id FROM album_links WHERE id = ${linkId}::uuid AND vendor_id = ${vendorId}::uuid)
       FOR NO KEY UPDATE`;
  const rows = await tx.$queryRaw<{ albumId: string; isAlive: boolean }[]>`
    SELECT album_id::text AS "albumId", coalesce(expires_at > clock_timestamp(), true) AS "isAlive"
      FROM album_links WHERE id = ${linkId}::uuid AND vendor_id = ${vendorId}::uuid AND revoked_at IS NULL
       FOR NO KEY UPDATE`;
  return rows[0] ?? null;
}

/** Changes a link. What is undefined stays; `days` counts from now, by the database's clock. */
export async function updateAlbumLinkRow(
  tx: Tx,
  linkId: string,
  link: {
    name: string | null;
    passwordHash: string | null | undefined;
    days: number | null | undefined;
  } & LinkManners,
): Promise<void> {
  const { name, mayDownload, givesSent, hasPicks, hasMark, closingWords, passwordHash, days } = link;
  await tx.$executeRaw`
    UPDATE album_links SET name = ${name}, may_download = ${mayDownload}, gives_sent = ${givesSent}, has_picks = ${hasPicks}, has_mark = ${hasMark},
      closing_words = ${closingWords}::text,
      password_hash = CASE WHEN ${passwordHash === undefined} THEN password_hash ELSE ${passwordHash ?? null}::text END,
      expires_at = CASE WHEN ${days === undefined} THEN expires_at
                        ELSE clock_timestamp() + make_interval(days => ${days ?? null}::int) END
    WHERE id = ${linkId}::uuid`;
}

/** The links of one of the vendor's albums with their logs, newest first; those that are over too. */
export async function listAlbumLinkRows(
  vendorId: string,
  albumId: string,
  limit: number,
): Promise<AlbumLinkRow[]> {
  return db().$queryRaw<AlbumLinkRow[]>`
    SELECT l.id::text, l.token_hash AS "tokenHash", l.name, l.password_hash IS NOT NULL AS "hasPassword",
      l.may_download AS "mayDownload", l.gives_sent AS "givesSent", l.has_picks AS "hasPicks", l.has_mark AS "hasMark", l.closing_words AS "closingWords",
      l.picked_at AS "pickedAt", (
        SELECT count(*)::int FROM album_picks k JOIN linked_album_images i ON i.id = k.image_id AND i.album_id = l.album_id
         WHERE k.link_id = l.id) AS picks, l.expires_at AS "expiresAt",
      coalesce(l.expires_at <= clock_timestamp(), false) AS "isExpired", l.revoked_at AS "revokedAt",
      l.created_at AS "createdAt", s.views, s.downloads, s.last_at AS "lastAt", s.days
    FROM album_links l CROSS JOIN LATERAL (
      SELECT coalesce(sum(d.views), 0)::int AS views, coalesce(sum(d.downloads), 0)::int AS downloads,
        max(d.last_at) AS last_at, coalesce((
          SELECT jsonb_agg(jsonb_build_object('day', n.day, 'views', n.views, 'downloads', n.downloads) ORDER BY n.day DESC)
          FROM (SELECT * FROM album_link_days WHERE link_id = l.id ORDER BY day DESC LIMIT 14) n), '[]') AS days
      FROM album_link_days d WHERE d.link_id = l.id
    ) s
    WHERE l.vendor_id = ${vendorId}::uuid AND l.album_id = ${albumId}::uuid
    ORDER BY l.created_at DESC, l.id DESC LIMIT ${limit}`;
}

/** Ends one of the vendor's links; answers whose album it was. Null when it is not theirs or had ended. */
export async function revokeAlbumLinkRow(tx: Tx, vendorId: string, linkId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ albumId: string }[]>`
    UPDATE album_links SET revoked_at = clock_timestamp()
    WHERE id = ${linkId}::uuid AND vendor_id = ${vendorId}::uuid AND revoked_at IS NULL
    RETURNING album_id::text AS "albumId"`;
  return rows[0]?.albumId ?? null;
}

/** What a link that is alive opens. */
export type LiveAlbumLink = {
  id: string;
  vendorId: string;
  albumId: string;
  passwordHash: string | null;
  mayDownload: boolean;
  hasPicks: boolean;
  hasMark: boolean;
  givesSent: boolean;
  closingWords: string | null;
  pickedAt: Date | null;
  /** The shop's own picture and colour. */
  avatarUrl: string | null;
  colour: string | null;
  expiresAt: Date | null;
  albumName: string;
  albumDescription: string | null;
  imageOrder: 'manual' | 'newest' | 'oldest' | 'title';
  businessName: string;
};

/** The link with this token's hash, if it is alive. */
export async function findLiveAlbumLink(tokenHash: string): Promise<LiveAlbumLink | null> {
  const rows = await db().$queryRaw<LiveAlbumLink[]>`
    SELECT id::text, vendor_id::text AS "vendorId", album_id::text AS "albumId", password_hash AS "passwordHash",
      may_download AS "mayDownload", expires_at AS "expiresAt", album_name AS "albumName",
      album_description AS "albumDescription", image_order AS "imageOrder", business_name AS "businessName",
      has_picks AS "hasPicks", has_mark AS "hasMark", gives_sent AS "givesSent", closing_words AS "closingWords", picked_at AS "pickedAt",
      avatar_url AS "avatarUrl", colour
    FROM live_album_links WHERE token_hash = ${tokenHash}`;
  return rows[0] ?? null;
}

/** Who can be asked for another, and what they say there. */
export type ClosedAlbumLink = { name: string; handle: string; closingWords: string | null };

/** Whose album a link opened that was closed or has ended; null for any other, and when nobody is there to be asked. */
export async function findClosedAlbumLink(tokenHash: string): Promise<ClosedAlbumLink | null> {
  const rows = await db().$queryRaw<ClosedAlbumLink[]>`
    SELECT v.business_name AS name, v.handle, l.closing_words AS "closingWords" FROM album_links l JOIN vendors v ON v.id = l.vendor_id AND v.is_active
     WHERE l.token_hash = ${tokenHash} AND (l.revoked_at IS NOT NULL OR l.expires_at <= clock_timestamp())`;
  return rows[0] ?? null;
}

export type LinkedImageRow = {
  id: string;
  title: string | null;
  altText: string | null;
  fileName: string;
  width: number | null;
  height: number | null;
  thumbhash: string | null;
  hasAvif: boolean;
  fileId: string;
  /** Of the kept original, in bytes. */
  byteSize: number;
  createdAt: Date;
  /** As it was sent; null where that is not kept. */
  sent: SentFile | null;
};

/** What the images of an album are ordered by, and which way. */
const orders = {
  manual: { key: Prisma.sql`position, id`, by: Prisma.sql`position, id`, goesOn: Prisma.sql`>` },
  newest: {
    key: Prisma.sql`created_at, id`,
    by: Prisma.sql`created_at DESC, id DESC`,
    goesOn: Prisma.sql`<`,
  },
  oldest: { key: Prisma.sql`created_at, id`, by: Prisma.sql`created_at, id`, goesOn: Prisma.sql`>` },
  title: {
    key: Prisma.sql`lower(coalesce(title, '')), id`,
    by: Prisma.sql`lower(coalesce(title, '')), id`,
    goesOn: Prisma.sql`>`,
  },
} as const;

const linkedColumns = Prisma.sql`
  id::text, title, alt_text AS "altText", file_name AS "fileName", width, height, thumbhash, variants ? 'a320' AS "hasAvif",
  file_id AS "fileId", (variants -> 'original' ->> 'bytes')::int AS "byteSize", created_at AS "createdAt",
  CASE WHEN sent_id IS NOT NULL
    THEN jsonb_build_object('fileId', sent_id, 'type', sent_type, 'bytes', sent_bytes) END AS sent`;

/** The images that a link shows, in the album's order: after one of them, or from the beginning; all, or those chosen at a link. */
export async function listLinkedImages(
  { albumId, imageOrder }: Pick<LiveAlbumLink, 'albumId' | 'imageOrder'>,
  { after, limit, pickedAt }: { after: string | null; limit: number; pickedAt?: string | undefined },
): Promise<LinkedImageRow[]> {
  const { key, by, goesOn } = orders[imageOrder];
  const rest = after
    ? Prisma.sql`AND (${key}) ${goesOn} (SELECT ${key} FROM linked_album_images
        WHERE album_id = ${albumId}::uuid AND id = ${after}::uuid)`
    : Prisma.empty;
  const chosen = pickedAt
    ? Prisma.sql`AND EXISTS (SELECT 1 FROM album_picks k WHERE k.link_id = ${pickedAt}::uuid AND k.image_id = linked_album_images.id)`
    : Prisma.empty;
  return db().$queryRaw<LinkedImageRow[]>`
    SELECT ${linkedColumns} FROM linked_album_images WHERE album_id = ${albumId}::uuid ${chosen} ${rest}
    ORDER BY ${by} LIMIT ${limit}`;
}

/** One image that a link shows; null when it does not stand in the album. */
export async function findLinkedImage(albumId: string, imageId: string): Promise<LinkedImageRow | null> {
  const rows = await db().$queryRaw<LinkedImageRow[]>`
    SELECT ${linkedColumns} FROM linked_album_images
    WHERE album_id = ${albumId}::uuid AND id = ${imageId}::uuid`;
  return rows[0] ?? null;
}

/** Adds to a link's log of today. */
export async function addToLog(linkId: string, what: 'views' | 'downloads'): Promise<void> {
  const [views, downloads] = what === 'views' ? [1, 0] : [0, 1];
  await db().$executeRaw`
    INSERT INTO album_link_days AS d (link_id, day, views, downloads, last_at)
    SELECT id, visit_day(), ${views}::int, ${downloads}::int, clock_timestamp() FROM album_links WHERE id = ${linkId}::uuid
    ON CONFLICT (link_id, day) DO UPDATE SET views = d.views + excluded.views,
      downloads = d.downloads + excluded.downloads, last_at = excluded.last_at`;
}
