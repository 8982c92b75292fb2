import type { TimeCursor } from '#lib/core/cursor.ts';
import { db } from '#lib/db/client.ts';
import { olderThan } from '#lib/db/keyset.ts';
import type { LookKind, LookSettings } from '#lib/gallery/look/kinds.ts';

/** A picture of a gallery as visitors see it at this moment. */
export type ReferenceRow = {
  id: string;
  title: string | null;
  handle: string;
  businessName: string;
  originalUrl: string;
  thumbnailUrl: string | null;
  width: number | null;
  height: number | null;
  thumbhash: string | null;
  lookKind: LookKind;
  lookSettings: LookSettings;
};

/** One picture that may be a reference; null when visitors do not see it. */
export async function findReferenceRow(imageId: string): Promise<ReferenceRow | null> {
  const rows = await db().$queryRaw<ReferenceRow[]>`
    SELECT id::text, title, handle, business_name AS "businessName", original_url AS "originalUrl",
      thumbnail_url AS "thumbnailUrl", width, height, thumbhash,
      look_kind AS "lookKind", look_settings AS "lookSettings"
    FROM visible_images WHERE id = ${imageId}::uuid`;
  return rows[0] ?? null;
}

/** Other looks of the shop that has this handle, as visitors see them: those of this kind first, then the newest. */
export async function listShopLooks(
  handle: string,
  kind: LookKind,
  exceptId: string | null,
  limit: number,
): Promise<ReferenceRow[]> {
  return db().$queryRaw<ReferenceRow[]>`
    SELECT i.id::text, i.title, i.handle, i.business_name AS "businessName", i.original_url AS "originalUrl",
      i.thumbnail_url AS "thumbnailUrl", i.width, i.height, i.thumbhash,
      i.look_kind AS "lookKind", i.look_settings AS "lookSettings"
    FROM visible_images i
    WHERE i.vendor_id = (SELECT v.id FROM vendors v WHERE v.handle = ${handle})
      AND i.id IS DISTINCT FROM ${exceptId}::uuid
    ORDER BY (i.look_kind = ${kind}) DESC, i.created_at DESC, i.id DESC LIMIT ${limit}`;
}

export type KitRow = { id: string; name: string; handle: string; businessName: string; at: string };

/** Albums that are offered as style kits and have something to show, newest first; or one of them. */
export async function listKitRows(
  which: { after: TimeCursor | null } | { albumId: string },
  limit: number,
): Promise<KitRow[]> {
  const albumId = 'albumId' in which ? which.albumId : null;
  const after = 'after' in which ? which.after : null;
  return db().$queryRaw<KitRow[]>`
    SELECT a.id::text, a.name, a.handle, a.business_name AS "businessName", a.created_at::text AS at
    FROM visible_albums a
    WHERE a.is_style_kit AND (${albumId}::uuid IS NULL OR a.id = ${albumId}::uuid)
      ${olderThan('a', after)}
      AND EXISTS (SELECT 1 FROM album_images p JOIN visible_images i ON i.id = p.image_id WHERE p.album_id = a.id)
    ORDER BY a.created_at DESC, a.id DESC LIMIT ${limit}`;
}

/** The first visible pictures of each of these albums, in the album's own order of places. */
export async function listKitImages(
  albumIds: readonly string[],
  mostOfEach: number,
): Promise<(ReferenceRow & { albumId: string })[]> {
  return db().$queryRaw<(ReferenceRow & { albumId: string })[]>`
    SELECT p.album_id::text AS "albumId", i.id::text, i.title, i.handle, i.business_name AS "businessName",
      i.original_url AS "originalUrl", i.thumbnail_url AS "thumbnailUrl", i.width, i.height, i.thumbhash,
      i.look_kind AS "lookKind", i.look_settings AS "lookSettings"
    FROM unnest(${[...albumIds]}::uuid[]) AS kit(id)
    CROSS JOIN LATERAL (
      SELECT p.album_id, p.image_id, p.position FROM album_images p
      WHERE p.album_id = kit.id AND EXISTS (SELECT 1 FROM visible_images v WHERE v.id = p.image_id)
      ORDER BY p.position, p.image_id LIMIT ${mostOfEach}
    ) p JOIN visible_images i ON i.id = p.image_id
    ORDER BY p.album_id, p.position, p.image_id`;
}
