import { beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { newAlbum, newImage, newUser, newVendor, outcome } from '../rows.ts';

const database = useTestDatabase();

const ids = { vendor: '', other: '', user: '', picture: '', foreign: '', photo: '', album: '' };

beforeAll(async () => {
  const db = database();
  ids.vendor = await newVendor(db);
  ids.other = await newVendor(db, { handle: 'taken-shop' });
  ids.user = await newUser(db);
  ids.picture = await newImage(db, { vendor_id: ids.vendor });
  ids.foreign = await newImage(db, { vendor_id: ids.other });
  ids.photo = await newImage(db, { user_id: ids.user });
  ids.album = await newAlbum(db, ids.vendor);
});

/** Rows that the server itself must refuse: what it is, the constraint, the statement. */
const refused: readonly [string, string, (place: typeof ids) => string][] = [
  [
    'a handle with capitals',
    '23514',
    ({ vendor }) => `UPDATE vendors SET handle = 'Shop' WHERE id = '${vendor}'`,
  ],
  [
    'a handle of two letters',
    '23514',
    ({ vendor }) => `UPDATE vendors SET handle = 'ab' WHERE id = '${vendor}'`,
  ],
  [
    'a reserved handle',
    '23514',
    ({ vendor }) => `UPDATE vendors SET handle = 'admin' WHERE id = '${vendor}'`,
  ],
  [
    'somebody else’s handle',
    '23505',
    ({ vendor }) => `UPDATE vendors SET handle = 'taken-shop' WHERE id = '${vendor}'`,
  ],
  ['an empty title', '23514', ({ picture }) => `UPDATE images SET title = '' WHERE id = '${picture}'`],
  [
    'a title without an end',
    '23514',
    ({ picture }) => `UPDATE images SET title = repeat('x', 121) WHERE id = '${picture}'`,
  ],
  [
    'a public picture in the trash',
    '23514',
    ({ picture }) => `UPDATE images SET is_public = true, deleted_at = now() WHERE id = '${picture}'`,
  ],
  [
    'a person’s photo in the trash',
    '23514',
    ({ photo }) => `UPDATE images SET deleted_at = now() WHERE id = '${photo}'`,
  ],
  [
    'an unknown verdict',
    '23514',
    ({ picture }) => `UPDATE images SET moderation = 'maybe' WHERE id = '${picture}'`,
  ],
  [
    'a public picture that waits for a verdict',
    '23514',
    ({ picture }) => `UPDATE images SET is_public = true, moderation = 'waiting' WHERE id = '${picture}'`,
  ],
  [
    'a public picture that was refused',
    '23514',
    ({ picture }) => `UPDATE images SET is_public = true, moderation = 'refused' WHERE id = '${picture}'`,
  ],
  [
    'an unknown order of an album',
    '23514',
    ({ album }) => `UPDATE albums SET image_order = 'random' WHERE id = '${album}'`,
  ],
  [
    'a link that is not https',
    '23514',
    ({ vendor }) => `UPDATE vendors SET social_links = '{"website": "http://x.ir"}' WHERE id = '${vendor}'`,
  ],
  [
    'another vendor’s picture in an album',
    '23503',
    ({ album, foreign, vendor }) =>
      `INSERT INTO album_images (album_id, image_id, vendor_id) VALUES ('${album}', '${foreign}', '${vendor}')`,
  ],
  [
    'the place of another vendor’s picture',
    '23503',
    ({ album, foreign, vendor }) =>
      `INSERT INTO trashed_places (album_id, image_id, vendor_id, position, added_at) VALUES ('${album}', '${foreign}', '${vendor}', 1, now())`,
  ],
  [
    'another vendor’s picture as a cover',
    '23503',
    ({ album, foreign }) => `UPDATE albums SET cover_image_id = '${foreign}' WHERE id = '${album}'`,
  ],
];

describe('the server itself refuses', () => {
  test.each(refused)('%s', async (_what, state, statement) => {
    expect(await outcome(database().query(statement(ids)))).toContain(state);
  });
});

describe('a handle', () => {
  test('that was given up is never given to anybody else, and leads to its vendor', async () => {
    const db = database();
    const [first, second] = [await newVendor(db, { handle: 'old-name' }), await newVendor(db)];
    await db.query(`UPDATE vendors SET handle = 'new-name' WHERE id = $1`, [first]);
    expect(
      await outcome(db.query(`UPDATE vendors SET handle = 'old-name' WHERE id = $1`, [second])),
    ).toContain('23505');
    expect(await outcome(newVendor(db, { handle: 'old-name' }))).toContain('23505');
    expect(await db.query(`SELECT vendor_id FROM vendor_handles WHERE handle = 'old-name'`)).toEqual([
      { vendor_id: first },
    ]);
    expect(await outcome(db.query(`UPDATE vendors SET handle = 'old-name' WHERE id = $1`, [first]))).toBe(
      'ok',
    );
  });

  test('is there from the beginning, for every vendor another', async () => {
    const db = database();
    const vendors = [await newVendor(db), await newVendor(db)];
    const rows = await db.query<{ handle: string }>('SELECT handle FROM vendors WHERE id = ANY ($1)', [
      vendors,
    ]);
    expect(new Set(rows.map(({ handle }) => handle)).size).toBe(2);
    for (const { handle } of rows) expect(handle).toMatch(/^g[0-9a-f]{12}$/);
  });
});

describe('what visitors see', () => {
  test.each([
    ['hidden', 'UPDATE images SET is_public = false WHERE id = $1'],
    ['in the trash', 'UPDATE images SET is_public = false, deleted_at = now() WHERE id = $1'],
    [
      'of a suspended vendor',
      'UPDATE vendors SET is_active = false FROM images i WHERE i.id = $1 AND vendors.id = i.vendor_id',
    ],
  ])('is no picture that is %s', async (_what, change) => {
    const db = database();
    const vendor = await newVendor(db);
    const picture = await newImage(db, { vendor_id: vendor, is_public: true });
    const seen = () => db.query('SELECT 1 FROM visible_images WHERE id = $1', [picture]);
    expect(await seen()).toHaveLength(1);
    await db.query(change, [picture]);
    expect(await seen()).toHaveLength(0);
  });

  test('is no album that is hidden, or of a suspended vendor', async () => {
    const db = database();
    const vendor = await newVendor(db);
    const album = await newAlbum(db, vendor);
    const seen = () => db.query('SELECT 1 FROM visible_albums WHERE id = $1', [album]);
    expect(await seen()).toHaveLength(0);
    await db.query('UPDATE albums SET is_public = true WHERE id = $1', [album]);
    expect(await seen()).toHaveLength(1);
    await db.query('UPDATE vendors SET is_active = false WHERE id = $1', [vendor]);
    expect(await seen()).toHaveLength(0);
  });
});
