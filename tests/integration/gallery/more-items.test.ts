import { afterAll, beforeAll, expect, test } from 'vitest';
import { stopListening } from '#lib/db/changes/listen.ts';
import { type ExploreKind, toExploreQuery } from '#lib/gallery/explore/explore-gallery.ts';
import {
  type More,
  moreAlbumImages,
  moreExplored,
  moreVendorAlbums,
  moreVendorImages,
} from '#lib/gallery/explore/more-items.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { ownDataDir } from '#tests/support/files.ts';
import { newGallery } from '#tests/support/galleries.ts';

const database = useTestDatabase();
const data = ownDataDir();
afterAll(data.remove);
afterAll(stopListening);

/** More than two pages of every list. */
const count = 130;
const cards = 50;
let gallery: Awaited<ReturnType<typeof newGallery>>;
let albumId: string;

beforeAll(async () => {
  gallery = await newGallery({ handle: 'long-rows' });
  albumId = await gallery.addAlbum();
  const { vendorId } = gallery;
  await database().query(
    `WITH made AS (
       INSERT INTO images (vendor_id, type, file_name, original_url, file_size, mime_type, is_public, quota_pool, tags)
       SELECT $1, 'vendor', 'look', '/a', 1, 'image/png', true, 'free', '{rows}' FROM generate_series(1, $3)
       RETURNING id
     )
     INSERT INTO album_images (album_id, vendor_id, image_id, position)
     SELECT $2, $1, id, 1024 * row_number() OVER () FROM made`,
    [vendorId, albumId, count],
  );
  // Two albums share a position: there the newer one comes first.
  await database().query(
    `WITH made AS (
       INSERT INTO albums (vendor_id, name, is_public, position)
       SELECT $1, 'rows of pictures', true, n / 2 FROM generate_series(2, $2::int) n RETURNING id
     )
     INSERT INTO album_images (album_id, vendor_id, image_id, position)
     SELECT made.id, $1, (SELECT image_id FROM album_images WHERE album_id = $3 LIMIT 1), 1024 FROM made`,
    [vendorId, cards, albumId],
  );
  await database().query(
    `INSERT INTO vendors (phone, password_hash, business_name, is_phone_verified)
     SELECT '+98935' || lpad(n::text, 7, '0'), 'x', 'Rows ' || n, true FROM generate_series(1, $1) n`,
    [cards],
  );
});

type Ask = (address: URL) => Promise<More<{ id: string }> | null>;

/** Everything of a list, asked for page by page as its own `next` says. */
async function all(ask: Ask, from: string): Promise<string[]> {
  const ids: string[] = [];
  for (let next: string | null = from; next; ) {
    const more = await ask(new URL(next, 'http://localhost'));
    if (!more) throw new Error(`nothing at ${next}`);
    ids.push(...more.items.map(({ id }) => id));
    next = more.next;
  }
  return ids;
}

const explored =
  (kind: ExploreKind): Ask =>
  (url) =>
    moreExplored(toExploreQuery(Object.fromEntries(url.searchParams)), kind);

test.each<[string, Ask, string, number]>([
  [
    'of the images of a vendor',
    (url) => moreVendorImages('long-rows', url.searchParams.get('cursor')),
    '/g/long-rows',
    count,
  ],
  [
    'of the albums of a vendor',
    (url) => moreVendorAlbums('long-rows', url.searchParams.get('albums') ?? ''),
    '/g/long-rows',
    cards,
  ],
  [
    'of the images of an album',
    (url) => moreAlbumImages('long-rows', albumId, url.searchParams.get('cursor')),
    '/g/long-rows/x',
    count,
  ],
  ['of images', explored('images'), '/explore', count],
  ['of images, most tried first', explored('images'), '/explore?sort=tried', count],
  ['of images of a tag', explored('images'), '/explore?tag=rows', count],
  ['of images that were searched for', explored('images'), '/explore?q=rows', count],
  ['of albums', explored('albums'), '/explore?show=albums', cards],
  ['of albums that were searched for', explored('albums'), '/explore?q=rows&show=albums', cards - 1],
  ['of vendors that were searched for', explored('vendors'), '/explore?q=rows&show=vendors', cards + 1],
])('a list %s goes on to its end, each once', async (_of, ask, from, wanted) => {
  const ids = await all(ask, from);
  expect(ids).toHaveLength(wanted);
  expect(new Set(ids).size).toBe(wanted);
});

test('there is no list where there is no page', async () => {
  expect(await moreVendorImages('nobody-there', null)).toBeNull();
  expect(await moreVendorAlbums('nobody-there', '')).toBeNull();
  expect(await moreAlbumImages('long-rows', '00000000-0000-4000-8000-000000000000', null)).toBeNull();
  expect(await moreAlbumImages('nobody-there', albumId, null)).toBeNull();
});
