import type { TestDatabase } from '#scripts/rig/database.ts';
import { one } from '#scripts/rig/database.ts';
import type { Place } from './gallery-queries.ts';
import { busyVendor } from './many-rows.ts';

const some = (share: number, rest = 0) => `abs(hashtext(id::text)) % ${share} = ${rest}`;
const statements = [
  `UPDATE images SET title = 'نقش ' || md5(id::text) WHERE type = 'vendor' AND is_public`,
  `UPDATE images SET is_public = false, deleted_at = now() - make_interval(days => abs(hashtext(id::text)) % 40)
    WHERE type = 'vendor' AND ${some(50)}`,
  `DELETE FROM album_images WHERE image_id IN (SELECT id FROM images WHERE deleted_at IS NOT NULL)`,
  `DELETE FROM album_images WHERE abs(hashtext(image_id::text)) % 10 = 1`,
  // One album of the busiest vendor holds a thousand.
  `INSERT INTO album_images (album_id, vendor_id, image_id, position)
   SELECT md5('album7')::uuid, vendor_id, id, row_number() OVER (ORDER BY id) * 1024
     FROM images WHERE vendor_id = ${busyVendor} AND deleted_at IS NULL LIMIT 1000
   ON CONFLICT (album_id, image_id) DO NOTHING`,
  `UPDATE albums a SET is_public = abs(hashtext(id::text)) % 5 > 0, position = abs(hashtext(id::text)) % 300,
     image_count = (SELECT count(*) FROM album_images m WHERE m.album_id = a.id)`,
  `INSERT INTO image_tries (image_id, tries) SELECT id, 1 + abs(hashtext(id::text)) % 1000 FROM images
    WHERE type = 'vendor' AND is_public AND ${some(10)}`,
  // One image in five is for sale.
  `INSERT INTO offers (image_id, vendor_id, price_rials, variants) SELECT id, vendor_id, 1000000, '{S,M,L}' FROM images
    WHERE type = 'vendor' AND ${some(5)}`,
  // One image in fifty has a twin.
  `INSERT INTO stored_files (id, image_id, vendor_id, is_public, byte_size, sha256, variants)
   SELECT md5(id::text), id, vendor_id, is_public, 10, repeat(md5(CASE WHEN ${some(50, 1)}
          THEN vendor_id::text || abs(hashtext(id::text)) / 50 % 20 ELSE id::text END), 2), '{"original": {"bytes": 10}}'
     FROM images WHERE type = 'vendor'`,
  `INSERT INTO album_links (vendor_id, album_id, token_hash)
   SELECT vendor_id, id, md5(id::text) || md5(id::text) FROM albums`,
  `INSERT INTO album_link_days (link_id, day, views) SELECT id, current_date - d, 3 FROM album_links, generate_series(0, 2) d`,
  // Behind each link some pictures are chosen; most shops have a colour.
  `INSERT INTO album_picks (link_id, image_id)
   SELECT l.id, p.image_id FROM album_links l CROSS JOIN LATERAL (
     SELECT image_id FROM album_images WHERE album_id = l.album_id ORDER BY image_id LIMIT 5) p`,
  `INSERT INTO vendor_brands (vendor_id, colour) SELECT id, '#0b7a75' FROM vendors`,
  `INSERT INTO gallery_days (vendor_id, subject, day, subject_id, views, tries)
   SELECT vendor_id, 'image', current_date - d, id, 3, 1 FROM images, generate_series(0, 3) d
    WHERE type = 'vendor' AND is_public`,
  `INSERT INTO gallery_days (vendor_id, subject, day, subject_id, views)
   SELECT vendor_id, 'album', current_date - d, id, 3 FROM albums, generate_series(0, 20) d`,
  `VACUUM ANALYZE`,
];

/**
 * What galleries have beyond the rows that all tests of plans share: titles, a trash, twins, an album of a thousand
 * images, tries, links and a month of visits. Triggers and foreign keys are asleep meanwhile.
 */
export async function fillGalleries(database: Pick<TestDatabase, 'connect'>): Promise<void> {
  const client = await database.connect();
  await client.query('SET session_replication_role = replica');
  for (const statement of statements) await client.query(statement);
  await client.query('SET session_replication_role = origin');
}

/** Where questions are asked of what was filled in. */
export async function findPlace(database: Pick<TestDatabase, 'query'>): Promise<Place> {
  const found = async (query: string) => one(await database.query<Record<string, string>>(query));
  const { vendor = '' } = await found(`SELECT ${busyVendor}::text AS vendor`);
  const {
    album = '',
    owner = '',
    image = '',
  } = await found(
    `SELECT p.album_id::text AS album, p.vendor_id::text AS owner, p.image_id::text AS image FROM album_images p
       JOIN visible_images i ON i.id = p.image_id
      WHERE p.album_id IN (SELECT id FROM visible_albums) AND p.album_id <> md5('album7')::uuid LIMIT 1`,
  );
  const { at = '', id = '' } = await found(
    `SELECT created_at::text AS at, id::text FROM visible_images ORDER BY created_at DESC, id DESC OFFSET 500 LIMIT 1`,
  );
  const { cursor = '' } = await found(
    `SELECT (extract(epoch FROM created_at) * 1000000)::bigint || '.' || id AS cursor FROM images
      WHERE vendor_id = ${busyVendor} ORDER BY created_at DESC, id DESC OFFSET 120 LIMIT 1`,
  );
  const { large = '' } = await found(`SELECT md5('album7')::uuid::text AS large`);
  return {
    vendorId: vendor,
    albumId: album,
    album: { id: album, vendorId: owner },
    imageId: image,
    largeAlbumId: large,
    later: [at, id],
    cursor,
  };
}
