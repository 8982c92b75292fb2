import { describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { newAlbum, newImage, newVendor, outcome } from '../rows.ts';

const database = useTestDatabase();

async function inventory(images = 4) {
  const vendor = await newVendor(database());
  const [a, b] = [await newAlbum(database(), vendor), await newAlbum(database(), vendor)].sort() as [
    string,
    string,
  ];
  const pictures: string[] = [];
  for (let n = 0; n < images; n += 1) pictures.push(await newImage(database(), { vendor_id: vendor }));
  return { vendor, a, b, pictures };
}

const put = (album: string, vendor: string, images: readonly string[]) =>
  database().query(
    'INSERT INTO album_images (album_id, vendor_id, image_id) SELECT $1, $2, unnest($3::uuid[])',
    [album, vendor, images],
  );

async function countOf(album: string): Promise<number> {
  const rows = await database().query<{ n: number }>('SELECT image_count AS n FROM albums WHERE id = $1', [
    album,
  ]);
  return one(rows).n;
}

describe('image_count of an album', () => {
  test('follows what is put in, taken out and moved, in bulk', async () => {
    const { vendor, a, b, pictures } = await inventory();
    await put(a, vendor, pictures);
    expect([await countOf(a), await countOf(b)]).toEqual([4, 0]);
    await database().query(
      'UPDATE album_images SET album_id = $2 WHERE album_id = $1 AND image_id = ANY ($3)',
      [a, b, pictures.slice(0, 3)],
    );
    expect([await countOf(a), await countOf(b)]).toEqual([1, 3]);
    await database().query('UPDATE album_images SET position = position + 1');
    await database().query('DELETE FROM album_images WHERE album_id = $1', [b]);
    expect([await countOf(a), await countOf(b)]).toEqual([1, 0]);
  });

  test('follows images that are purged, in many albums at once', async () => {
    const { vendor, a, b, pictures } = await inventory();
    await put(a, vendor, pictures);
    await put(b, vendor, pictures.slice(0, 2));
    await database().query('DELETE FROM images WHERE id = ANY ($1)', [pictures.slice(0, 3)]);
    expect([await countOf(a), await countOf(b)]).toEqual([1, 0]);
  });

  test('begins at none, whatever the INSERT says', async () => {
    const vendor = await newVendor(database());
    const rows = await database().query(
      `INSERT INTO albums (vendor_id, name, image_count) VALUES ($1, 'x', 7) RETURNING image_count`,
      [vendor],
    );
    expect(rows).toEqual([{ image_count: 0 }]);
  });

  test('survives two bulk moves in opposite directions at once, without a deadlock', async () => {
    const { vendor, a, b, pictures } = await inventory(20);
    await put(a, vendor, pictures.slice(0, 10));
    await put(b, vendor, pictures.slice(10));
    const move = async (from: string, to: string, images: readonly string[]) => {
      const client = await database().connect();
      for (let round = 0; round < 10; round += 1) {
        const [source, target] = round % 2 === 0 ? [from, to] : [to, from];
        await client.query(
          'UPDATE album_images SET album_id = $2 WHERE album_id = $1 AND image_id = ANY ($3)',
          [source, target, images],
        );
      }
    };
    const said = await outcome(
      Promise.all([move(a, b, pictures.slice(0, 10)), move(b, a, pictures.slice(10))]),
    );
    expect(said).toBe('ok');
    expect([await countOf(a), await countOf(b)]).toEqual([10, 10]);
  });
});

test('the cover of an album goes with its image, the album stays', async () => {
  const { vendor, a, pictures } = await inventory(1);
  await database().query('UPDATE albums SET cover_image_id = $2 WHERE id = $1', [a, pictures[0]]);
  await database().query('DELETE FROM images WHERE id = $1', [pictures[0]]);
  expect(await database().query('SELECT vendor_id, cover_image_id FROM albums WHERE id = $1', [a])).toEqual([
    { vendor_id: vendor, cover_image_id: null },
  ]);
});
