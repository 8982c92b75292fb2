import { afterAll, beforeAll, expect, test } from 'vitest';
import { stopListening } from '#lib/db/listen.ts';
import {
  type MoreImages,
  moreAlbumImages,
  moreExploredImages,
  moreVendorImages,
} from '#lib/gallery/more-images.ts';
import { useTestDatabase } from '#tests/support/database.ts';
import { ownDataDir } from '#tests/support/files.ts';
import { newGallery } from '#tests/support/galleries.ts';

const database = useTestDatabase();
const data = ownDataDir();
afterAll(data.remove);
afterAll(stopListening);

/** More than two pages of every list. */
const count = 130;
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
});

/** Every image of a list, asked for page by page as its own `next` says. */
async function all(ask: (address: URL) => Promise<MoreImages | null>, from: string): Promise<string[]> {
  const ids: string[] = [];
  for (let next: string | null = from; next; ) {
    const more = await ask(new URL(next, 'http://localhost'));
    if (!more) throw new Error(`nothing at ${next}`);
    ids.push(...more.images.map(({ id }) => id));
    next = more.next;
  }
  return ids;
}

test.each([
  [
    'of a vendor',
    (url: URL) => moreVendorImages('long-rows', url.searchParams.get('cursor')),
    '/g/long-rows',
  ],
  [
    'of an album',
    (url: URL) => moreAlbumImages('long-rows', albumId, url.searchParams.get('cursor')),
    '/g/long-rows/x',
  ],
  ['of everybody', moreExploredImages, '/explore'],
  ['of everybody, most tried', moreExploredImages, '/explore?sort=tried'],
  ['of a tag', moreExploredImages, '/explore?tag=rows'],
  ['of a search', moreExploredImages, '/explore?q=rows'],
] as const)('a list %s goes on to its end, each image once', async (_of, ask, from) => {
  const ids = await all(ask, from);
  expect(ids).toHaveLength(count);
  expect(new Set(ids).size).toBe(count);
});

test('there is no list where there is no page', async () => {
  expect(await moreVendorImages('nobody-there', null)).toBeNull();
  expect(await moreAlbumImages('long-rows', '00000000-0000-4000-8000-000000000000', null)).toBeNull();
  expect(await moreAlbumImages('nobody-there', albumId, null)).toBeNull();
});
