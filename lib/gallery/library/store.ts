import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { ImageRow } from '#lib/files/image/store.ts';
import type { Moderation } from '#lib/files/moderation/store.ts';
import type { LookKind, LookSettings } from '#lib/gallery/look/kinds.ts';
import type { OwnOffer } from '#lib/gallery/offer/kinds.ts';
import { Prisma } from '#prisma/generated/client.ts';
import type { ImageOrder } from '../policy.ts';

/** A vendor's own images: pages of them, and what is written on them. */

const twinsOf = Prisma.sql`(
  SELECT count(*)::int FROM stored_files t JOIN images o ON o.id = t.image_id
  WHERE t.vendor_id = s.vendor_id AND t.sha256 = s.sha256 AND t.image_id <> s.image_id AND o.deleted_at IS NULL
)`;

/**
 * The images whose contents a vendor has more than once; whether also outside the trash is for `twinsOf` to say. A
 * list made first: the server would take these few for nearly all and look each image of the vendor up.
 */
const doubled = (vendorId: string) => Prisma.sql`ARRAY(
  SELECT t.image_id FROM (
    SELECT image_id, count(*) OVER (PARTITION BY sha256) AS times FROM stored_files WHERE vendor_id = ${vendorId}::uuid
  ) t WHERE t.times > 1
)`;

const imageColumns = Prisma.sql`
  i.id::text, i.file_name AS "fileName", i.title, i.alt_text AS "altText", coalesce(i.shown_tags, i.tags) AS tags, i.is_public AS "isPublic", i.moderation,
  i.original_url AS "originalUrl", i.thumbnail_url AS "thumbnailUrl", i.width, i.height, i.thumbhash,
  i.quota_pool AS "quotaPool", i.created_at AS "createdAt", i.deleted_at AS "deletedAt",
  i.look_kind AS "lookKind", i.look_settings AS "lookSettings",
  (SELECT jsonb_build_object('priceRials', o.price_rials, 'variants', o.variants, 'inStock', o.in_stock, 'link', o.link,
            'booking', o.booking, 'contact', o.contact) FROM offers o WHERE o.image_id = i.id) AS offer,
  (SELECT o.byte_size::int FROM stored_files o WHERE o.sent_of = i.id) AS "sentBytes",
  coalesce(s.variants ? 'a320', false) AS "hasAvif", ${twinsOf} AS twins`;

const imageTables = Prisma.sql`images i LEFT JOIN stored_files s ON s.image_id = i.id`;

/** Which images, as the page names them; `text` is compared as `normalize_search` compares. */
export type ImageSelection = {
  show: 'all' | 'hidden' | 'public' | 'loose' | 'wordless' | 'twins' | 'trash';
  tag: string;
  q: string;
  /** Microseconds since 1970 and the id of the last one seen. */
  after: string | null;
};

const wheres: Readonly<Record<Exclude<ImageSelection['show'], 'twins'>, Prisma.Sql>> = {
  all: Prisma.sql`i.deleted_at IS NULL`,
  hidden: Prisma.sql`i.deleted_at IS NULL AND NOT i.is_public`,
  public: Prisma.sql`i.deleted_at IS NULL AND i.is_public`,
  loose: Prisma.sql`i.deleted_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM album_images m WHERE m.vendor_id = i.vendor_id AND m.image_id = i.id)`,
  wordless: Prisma.sql`i.deleted_at IS NULL AND i.alt_text IS NULL`,
  trash: Prisma.sql`i.deleted_at IS NOT NULL`,
};

const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&');

/** A page of a vendor's images, newest first; in the trash, last thrown away first. */
export async function listGalleryRows(
  vendorId: string,
  { show, tag, q, after }: ImageSelection,
  limit: number,
): Promise<(OwnImageRow & { cursor: string })[]> {
  const moment = show === 'trash' ? Prisma.sql`i.deleted_at` : Prisma.sql`i.created_at`;
  const [micros, lastId] = after?.split('.') ?? [];
  const from =
    micros === undefined || lastId === undefined
      ? Prisma.empty
      : Prisma.sql`AND (${moment}, i.id) < ('epoch'::timestamptz + ${micros}::bigint * interval '1 microsecond', ${lastId}::uuid)`;
  const tagged = tag === '' ? Prisma.empty : Prisma.sql`AND i.tags @> ARRAY[normalize_search(${tag})]`;
  const pattern = Prisma.sql`'%' || normalize_search(${literal(q)}) || '%'`;
  // A tag is found joined, parted and with a half-space.
  const named =
    q === ''
      ? Prisma.empty
      : Prisma.sql`AND (i.title_search LIKE ${pattern} OR i.file_search LIKE ${pattern}
          OR replace(array_to_string(i.tags, ','), ' ', '') LIKE replace(${pattern}, ' ', ''))`;
  const shown =
    show === 'twins'
      ? Prisma.sql`i.deleted_at IS NULL AND i.id = ANY(${doubled(vendorId)})
          AND EXISTS (SELECT 1 FROM stored_files s WHERE s.image_id = i.id AND ${twinsOf} > 0)`
      : wheres[show];
  return db().$queryRaw<(OwnImageRow & { cursor: string })[]>`
    SELECT ${imageColumns},
      (extract(epoch FROM ${moment}) * 1000000)::bigint::text || '.' || i.id::text AS cursor
    -- Files are looked up for the page alone.
    FROM (
      SELECT i.* FROM images i
      WHERE i.vendor_id = ${vendorId}::uuid AND i.type = 'vendor' AND ${shown} ${from} ${tagged} ${named}
      ORDER BY ${moment} DESC, i.id DESC LIMIT ${limit}
    ) i LEFT JOIN stored_files s ON s.image_id = i.id
    ORDER BY ${moment} DESC, i.id DESC`;
}

/** One of a vendor's images, wherever it lies. */
export async function findGalleryRow(vendorId: string, imageId: string): Promise<OwnImageRow | null> {
  const rows = await db().$queryRaw<OwnImageRow[]>`
    SELECT ${imageColumns} FROM ${imageTables}
    WHERE i.vendor_id = ${vendorId}::uuid AND i.id = ${imageId}::uuid AND i.type = 'vendor'`;
  return rows[0] ?? null;
}

/** How the images of an album stand for everybody; a tie is always broken the same way. */
function albumOrder(order: ImageOrder): Prisma.Sql {
  switch (order) {
    case 'newest':
      return Prisma.sql`i.created_at DESC, i.id DESC`;
    case 'oldest':
      return Prisma.sql`i.created_at, i.id`;
    case 'title':
      return Prisma.sql`lower(coalesce(i.title, '')), i.id`;
    default:
      return Prisma.sql`m.position, m.image_id`;
  }
}

/** Images of one album as its visitors would find them in order, from `skip` on. */
export async function listAlbumImageRows(
  vendorId: string,
  albumId: string,
  order: ImageOrder,
  { skip, limit }: { skip: number; limit: number },
): Promise<OwnImageRow[]> {
  const by = albumOrder(order);
  // By an index that holds all they are ordered by: a thousand are not looked up to show a part of them.
  const ordered =
    order === 'manual'
      ? Prisma.empty
      : Prisma.sql`JOIN images i ON i.vendor_id = ${vendorId}::uuid AND i.id = m.image_id`;
  return db().$queryRaw<OwnImageRow[]>`
    SELECT ${imageColumns}
    -- The facts of an image are read for those of the page alone.
    FROM (
      SELECT m.image_id, m.position FROM album_images m ${ordered}
      -- All of an album are its vendor's. Were each asked, the server would take them for few.
      WHERE m.album_id = ${albumId}::uuid
        AND EXISTS (SELECT 1 FROM albums a WHERE a.id = ${albumId}::uuid AND a.vendor_id = ${vendorId}::uuid)
      ORDER BY ${by} OFFSET ${skip} LIMIT ${limit}
    ) m JOIN ${imageTables} ON i.id = m.image_id
    ORDER BY ${by}`;
}

export async function readFigures(vendorId: string): Promise<GalleryFigures> {
  const rows = await db().$queryRaw<GalleryFigures[]>`
    SELECT count(*) FILTER (WHERE i.deleted_at IS NULL)::int AS images,
      count(*) FILTER (WHERE i.deleted_at IS NULL AND NOT i.is_public)::int AS hidden,
      count(*) FILTER (WHERE i.deleted_at IS NULL AND placed.image_id IS NULL)::int AS loose,
      -- Apart: no index holds the texts, and without them one holds all the rest.
      (SELECT count(*)::int FROM images
        WHERE vendor_id = ${vendorId}::uuid AND type = 'vendor' AND alt_text IS NULL AND deleted_at IS NULL) AS wordless,
      count(*) FILTER (WHERE i.deleted_at IS NULL AND i.moderation = 'waiting')::int AS waiting,
      count(*) FILTER (WHERE i.deleted_at IS NULL AND i.moderation = 'refused')::int AS refused,
      count(*) FILTER (WHERE i.deleted_at IS NOT NULL)::int AS trash,
      count(*) FILTER (WHERE i.deleted_at IS NOT NULL AND i.quota_pool = 'free')::int AS "trashFree",
      count(*) FILTER (WHERE i.deleted_at IS NULL AND i.quota_pool = 'free')::int AS free,
      (SELECT coalesce(sum(n), 0)::int FROM (
        SELECT count(*) AS n FROM stored_files t JOIN images o ON o.id = t.image_id
        WHERE t.image_id = ANY(${doubled(vendorId)}) AND o.deleted_at IS NULL
        GROUP BY t.sha256 HAVING count(*) > 1
      ) same) AS twins
    FROM images i
      LEFT JOIN (SELECT DISTINCT image_id FROM album_images WHERE vendor_id = ${vendorId}::uuid) placed
        ON placed.image_id = i.id
    WHERE i.vendor_id = ${vendorId}::uuid AND i.type = 'vendor'`;
  const row = rows[0];
  if (!row) throw new Error('an aggregate answered no row');
  return row;
}

/** False when the image is not the vendor's, or in the trash. */
export async function updateImageWords(
  tx: Tx,
  vendorId: string,
  imageId: string,
  { title, altText, tags }: { title: string | null; altText: string | null; tags: string[] },
): Promise<boolean> {
  const { count } = await tx.image.updateMany({
    where: { id: imageId, vendorId, type: 'vendor', deletedAt: null },
    data: { title, altText, shownTags: tags },
  });
  return count === 1;
}

/** Writes what images show; how many of them were the vendor's. An empty text is none. */
export async function updateAltTexts(
  tx: Tx,
  vendorId: string,
  images: readonly { readonly id: string; readonly altText: string }[],
): Promise<number> {
  return tx.$executeRaw`
    UPDATE images i SET alt_text = nullif(given.text, '')
      FROM unnest(${images.map(({ id }) => id)}::uuid[], ${images.map(({ altText }) => altText)}::text[]) AS given (id, text)
     WHERE i.id = given.id AND i.vendor_id = ${vendorId}::uuid AND i.type = 'vendor' AND i.deleted_at IS NULL`;
}

/** Says what trying images on does; how many were the vendor's. Settings that are not given stay; `unsaidOnly` takes those of which nothing was said. */
export async function updateLook(
  tx: Tx,
  vendorId: string,
  {
    ids,
    kind,
    settings,
    unsaidOnly = false,
  }: {
    ids: readonly string[];
    kind: LookKind;
    settings?: LookSettings | undefined;
    unsaidOnly?: boolean | undefined;
  },
): Promise<number> {
  const { count } = await tx.image.updateMany({
    where: {
      id: { in: [...ids] },
      vendorId,
      type: 'vendor',
      deletedAt: null,
      ...(unsaidOnly ? { lookKind: 'light', lookSettings: { equals: {} } } : {}),
    },
    data: { lookKind: kind, ...(settings ? { lookSettings: settings } : {}) },
  });
  return count;
}

export type OwnImageRow = ImageRow & {
  fileName: string;
  title: string | null;
  altText: string | null;
  tags: string[];
  isPublic: boolean;
  moderation: Moderation;
  twins: number;
  quotaPool: string | null;
  createdAt: Date;
  deletedAt: Date | null;
  lookKind: LookKind;
  lookSettings: LookSettings;
  offer: OwnOffer | null;
  sentBytes: number | null;
};

/** What a gallery holds and what its owner may want to do next. */
export type GalleryFigures = {
  readonly images: number;
  readonly hidden: number;
  /** In no album. */
  readonly loose: number;
  /** Of which it is not said what they show. */
  readonly wordless: number;
  /** Images that have the content of another one. */
  readonly twins: number;
  readonly waiting: number;
  readonly refused: number;
  readonly trash: number;
  /** How many free slots come back when the trash is emptied. */
  readonly trashFree: number;
  /** Images that stand on a free slot, outside the trash. */
  readonly free: number;
};
