import { Prisma } from '#prisma/generated/client.ts';

/** Parts that the queries of the public side share. What visitors see comes from the views alone. */

/** Of `visible_images i`: everything that a page shows of an image. */
export const imageColumns = Prisma.sql`
  i.id::text, i.title, i.alt_text AS "altText", i.shown_tags AS tags, i.look_kind AS "lookKind", i.original_url AS "originalUrl", i.thumbnail_url AS "thumbnailUrl", i.width, i.height,
  i.thumbhash, i.handle, i.business_name AS "businessName", i.is_verified AS "isVerified", i.created_at::text AS at,
  lower(coalesce(i.title, '')) AS "titleKey",
  coalesce((SELECT f.variants ? 'a320' FROM stored_files f WHERE f.image_id = i.id), false) AS "hasAvif",
  (SELECT o.offer FROM shown_offers o WHERE o.image_id = i.id) AS offer`;

/** Of `visible_albums a`: its cover is the one its vendor chose, if it may be seen, else its first image. */
export const albumColumns = Prisma.sql`
  a.id::text, a.name, a.handle, a.business_name AS "businessName", a.is_verified AS "isVerified", a.position,
  a.created_at::text AS at,
  (SELECT jsonb_build_object('id', c.id, 'originalUrl', c.original_url, 'thumbnailUrl', c.thumbnail_url,
            'width', c.width, 'height', c.height, 'thumbhash', c.thumbhash,
            'hasAvif', coalesce((SELECT f.variants ? 'a320' FROM stored_files f WHERE f.image_id = c.id), false))
     FROM visible_images c WHERE c.id = coalesce(
       (SELECT v.id FROM visible_images v WHERE v.id = a.cover_image_id),
       (SELECT v.id FROM album_images p JOIN visible_images v ON v.id = p.image_id
         WHERE p.album_id = a.id ORDER BY p.position, p.image_id LIMIT 1))) AS cover`;

/** Whether an album has anything to show. */
export const albumHasImages = Prisma.sql`
  EXISTS (SELECT 1 FROM album_images p JOIN visible_images v ON v.id = p.image_id WHERE p.album_id = a.id)`;
