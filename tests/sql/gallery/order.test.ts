import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { newAlbum, newImage, newVendor, outcome } from '../rows.ts';

const database = useTestDatabase();

async function filledAlbum(images: number) {
  const vendor = await newVendor(database());
  const album = await newAlbum(database(), vendor);
  const pictures: string[] = [];
  for (let n = 0; n < images; n += 1) pictures.push(await newImage(database(), { vendor_id: vendor }));
  await put(vendor, album, pictures);
  return { vendor, album, pictures };
}

async function put(vendor: string, album: string, images: readonly string[]): Promise<number> {
  const rows = await database().query<{ n: number }>('SELECT put_in_album($1, $2, $3) AS n', [
    vendor,
    album,
    images,
  ]);
  return one(rows).n;
}

const move = (vendor: string, album: string, images: readonly string[], before: string | null) =>
  database().query('SELECT move_album_images($1, $2, $3, $4)', [vendor, album, images, before]);

async function orderOf(album: string): Promise<string[]> {
  const rows = await database().query<{ id: string }>(
    'SELECT image_id AS id FROM album_images WHERE album_id = $1 ORDER BY position, image_id',
    [album],
  );
  return rows.map(({ id }) => id);
}

const setTrash = (image: string, isIn: boolean) =>
  database().query(`UPDATE images SET deleted_at = ${isIn ? 'clock_timestamp()' : 'NULL'} WHERE id = $1`, [
    image,
  ]);

/** What a move means, said the plain way. */
function moved(order: readonly string[], images: readonly string[], before: string | null): string[] {
  const rest = order.filter((id) => !images.includes(id));
  const at = before === null ? rest.length : rest.indexOf(before);
  return [...rest.slice(0, at), ...images, ...rest.slice(at)];
}

describe('images put into an album', () => {
  test('come at its end in the order they were named, each once, also when they are named again', async () => {
    const { vendor, album, pictures } = await filledAlbum(3);
    const more = [
      await newImage(database(), { vendor_id: vendor }),
      await newImage(database(), { vendor_id: vendor }),
    ];
    expect(await put(vendor, album, [more[1], pictures[0], more[0], more[1]] as string[])).toBe(2);
    expect(await orderOf(album)).toEqual([...pictures, more[1], more[0]]);
  });

  test('are the vendor’s own and not in the trash; others are left out', async () => {
    const { vendor, album, pictures } = await filledAlbum(1);
    const foreign = await newImage(database(), { vendor_id: await newVendor(database()) });
    const trashed = await newImage(database(), { vendor_id: vendor });
    await setTrash(trashed, true);
    expect(await put(vendor, album, [foreign, trashed])).toBe(0);
    expect(await orderOf(album)).toEqual(pictures);
  });

  test('do not enter an album of another vendor', async () => {
    const { album, pictures } = await filledAlbum(1);
    const other = await newVendor(database());
    expect(await outcome(put(other, album, pictures))).toMatch(/ST003/);
  });
});

describe('a move', () => {
  test('does what it says, whatever is moved and wherever to (any sequence)', async () => {
    const { vendor, album, pictures } = await filledAlbum(7);
    const step = fc.record({
      picks: fc.uniqueArray(fc.nat(6), { minLength: 1, maxLength: 4 }),
      before: fc.nat(7),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60, size: 'max' }), async (steps) => {
        let expected = await orderOf(album);
        for (const { picks, before } of steps) {
          const images = picks.map((pick) => pictures[pick] ?? '');
          const target = pictures[before] ?? null;
          if (target !== null && images.includes(target)) continue;
          await move(vendor, album, images, target);
          expected = moved(expected, images, target);
        }
        expect(await orderOf(album)).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });

  test('always into the same gap finds room again when it is used up', async () => {
    const { vendor, album, pictures } = await filledAlbum(4);
    const [a, b, c, d] = pictures as [string, string, string, string];
    let expected = [a, b, c, d];
    for (let n = 0; n < 60; n += 1) {
      const picture = n % 2 === 0 ? c : d;
      await move(vendor, album, [picture], b);
      expected = moved(expected, [picture], b);
    }
    expect(await orderOf(album)).toEqual(expected);
  });

  test('of one image writes that image alone', async () => {
    const { vendor, album, pictures } = await filledAlbum(50);
    const positions = async () =>
      new Map(
        (
          await database().query<{ id: string; position: number }>(
            'SELECT image_id AS id, position FROM album_images WHERE album_id = $1',
            [album],
          )
        ).map(({ id, position }) => [id, position]),
      );
    const before = await positions();
    await move(vendor, album, [pictures[40] ?? ''], pictures[3] ?? '');
    const changed = [...(await positions())].filter(([id, position]) => before.get(id) !== position);
    expect(changed.map(([id]) => id)).toEqual([pictures[40]]);
  });

  test('of more images than a gap has numbers keeps every one of them in order', async () => {
    const vendor = await newVendor(database());
    const album = await newAlbum(database(), vendor);
    const rows = await database().query<{ id: string }>(
      `INSERT INTO images (vendor_id, type, file_name, original_url, file_size, mime_type)
       SELECT $1, 'vendor', 'p.jpg', '/p', 1, 'image/jpeg' FROM generate_series(1, 1500) RETURNING id`,
      [vendor],
    );
    const pictures = rows.map(({ id }) => id);
    await put(vendor, album, pictures);
    const block = pictures.slice(100, 1400);
    await move(vendor, album, block, pictures[1] ?? '');
    expect(await orderOf(album)).toEqual(moved(pictures, block, pictures[1] ?? ''));
  });

  test('to what is not in the album, or of nothing that is, is refused and changes nothing', async () => {
    const { vendor, album, pictures } = await filledAlbum(3);
    const stray = await newImage(database(), { vendor_id: vendor });
    const [first] = pictures as [string];
    expect(await outcome(move(vendor, album, [first], stray))).toMatch(/ST004/);
    expect(await outcome(move(vendor, album, [stray], first))).toMatch(/ST004/);
    expect(await outcome(move(vendor, album, [first], first))).toMatch(/ST004/);
    expect(await outcome(move(await newVendor(database()), album, [first], null))).toMatch(/ST003/);
    expect(await orderOf(album)).toEqual(pictures);
  });

  test('raises the album’s version by one each time', async () => {
    const { vendor, album, pictures } = await filledAlbum(2);
    const version = async () =>
      one(await database().query<{ v: number }>('SELECT version AS v FROM albums WHERE id = $1', [album])).v;
    const before = await version();
    await move(vendor, album, [pictures[0] ?? ''], null);
    await move(vendor, album, [pictures[1] ?? ''], null);
    expect(await version()).toBe(before + 2);
  });
});

// Scenario 30 of the fault list.
test('a thousand random moves by two editors at once, while images go to the trash and come back, lose and double nothing', async () => {
  const { vendor, album, pictures } = await filledAlbum(30);
  const volatile = pictures.slice(0, 3);
  const editor = async (seed: number) => {
    const client = await database().connect();
    let state = seed;
    const next = (below: number) => {
      state = (state * 48271) % 2147483647;
      return state % below;
    };
    for (let n = 0; n < 500; n += 1) {
      const images = [...new Set([pictures[next(30)], pictures[next(30)]])];
      const before = next(10) === 0 ? null : (pictures[next(30)] ?? null);
      const said = await outcome(
        client.query('SELECT move_album_images($1, $2, $3, $4)', [vendor, album, images, before]),
      );
      expect(said).toMatch(/^ok$|ST004/);
    }
  };
  const trash = async () => {
    const client = await database().connect();
    for (let n = 0; n < 60; n += 1) {
      await client.query(
        'UPDATE images SET deleted_at = CASE WHEN deleted_at IS NULL THEN clock_timestamp() END WHERE id = $1',
        [volatile[n % 3]],
      );
    }
  };
  await Promise.all([editor(7), editor(11), trash()]);
  expect([...(await orderOf(album))].sort()).toEqual([...pictures].sort());
  const positions = await database().query(
    'SELECT position FROM album_images WHERE album_id = $1 GROUP BY position HAVING count(*) > 1',
    [album],
  );
  expect(positions).toEqual([]);
  const counted = await database().query('SELECT image_count AS n FROM albums WHERE id = $1', [album]);
  expect(counted).toEqual([{ n: 30 }]);
});

describe('the trash', () => {
  test('takes an image out of its albums and gives it back to its places, cover and all', async () => {
    const { vendor, album, pictures } = await filledAlbum(4);
    const [, second] = pictures as [string, string];
    await database().query('UPDATE albums SET cover_image_id = $2 WHERE id = $1', [album, second]);
    await setTrash(second, true);
    expect(await orderOf(album)).toEqual(pictures.filter((id) => id !== second));
    const cover = () => database().query('SELECT cover_image_id AS id FROM albums WHERE id = $1', [album]);
    expect(await cover()).toEqual([{ id: null }]);
    // The others are numbered anew meanwhile.
    await database().query('SELECT space_album_images($1)', [album]);
    await setTrash(second, false);
    expect(await orderOf(album)).toEqual(pictures);
    expect(await cover()).toEqual([{ id: second }]);
    expect(await database().query('SELECT 1 FROM trashed_places WHERE vendor_id = $1', [vendor])).toEqual([]);
  });

  test('forgets the place in an album that was deleted meanwhile', async () => {
    const { album, pictures } = await filledAlbum(1);
    await setTrash(pictures[0] ?? '', true);
    await database().query('DELETE FROM albums WHERE id = $1', [album]);
    expect(await outcome(setTrash(pictures[0] ?? '', false))).toBe('ok');
  });

  test('lets none of its images into an album, by any writer of the row', async () => {
    const { vendor, album, pictures } = await filledAlbum(1);
    const other = await newImage(database(), { vendor_id: vendor });
    await setTrash(other, true);
    const insert = database().query(
      'INSERT INTO album_images (album_id, image_id, vendor_id) VALUES ($1, $2, $3)',
      [album, other, vendor],
    );
    expect(await outcome(insert)).toMatch(/ST004/);
    expect(await orderOf(album)).toEqual(pictures);
  });
});

test('albums are ordered by hand: one is put before another, or last', async () => {
  const vendor = await newVendor(database());
  const albums: string[] = [];
  for (let n = 0; n < 4; n += 1) albums.unshift(await newAlbum(database(), vendor));
  const order = async () =>
    (
      await database().query<{ id: string }>(
        'SELECT id FROM albums WHERE vendor_id = $1 ORDER BY position, created_at DESC, id DESC',
        [vendor],
      )
    ).map(({ id }) => id);
  const moveAlbum = (album: string | undefined, before: string | null | undefined, owner = vendor) =>
    database().query('SELECT move_album($1, $2, $3)', [owner, album, before]);
  expect(await order()).toEqual(albums);
  await moveAlbum(albums[3], albums[1]);
  expect(await order()).toEqual([albums[0], albums[3], albums[1], albums[2]]);
  await moveAlbum(albums[0], null);
  expect(await order()).toEqual([albums[3], albums[1], albums[2], albums[0]]);
  const stranger = await newVendor(database());
  expect(await outcome(moveAlbum(albums[0], null, stranger))).toMatch(/ST003/);
  const foreign = await newAlbum(database(), stranger);
  expect(await outcome(moveAlbum(albums[0], foreign))).toMatch(/ST003/);
});
