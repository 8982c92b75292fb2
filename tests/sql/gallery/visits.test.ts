import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { newAlbum, newImage, newUser, newVendor, outcome } from '../rows.ts';

const database = useTestDatabase();
const query = <Row extends Record<string, unknown>>(text: string, values?: unknown[]) =>
  database().query<Row>(text, values);

let vendorId: string;
let imageId: string;
let albumId: string;

beforeEach(async () => {
  vendorId = await newVendor(database());
  imageId = await newImage(database(), { vendor_id: vendorId, is_public: true, quota_pool: 'free' });
  albumId = await newAlbum(database(), vendorId);
  await query('UPDATE albums SET is_public = true WHERE id = $1', [albumId]);
  await query('INSERT INTO album_images (album_id, image_id, vendor_id) VALUES ($1, $2, $3)', [
    albumId,
    imageId,
    vendorId,
  ]);
});

const visit = (
  kind: string,
  subjectId: string,
  visitor: Buffer = randomBytes(16),
  more: { day?: string; by?: string } = {},
) =>
  query(
    `INSERT INTO gallery_visits (day, kind, subject_id, visitor, by_vendor_id)
     VALUES (coalesce($1::date, visit_day()), $2, $3, $4, $5)`,
    [more.day ?? null, kind, subjectId, visitor, more.by ?? null],
  );
const rollUp = async () =>
  one(await query<{ taken: number }>('SELECT roll_up_gallery_visits() AS taken')).taken;
const countsOf = (subjectId: string) =>
  query<{ views: number; tries: number; results: number }>(
    'SELECT views, tries, results FROM gallery_days WHERE subject_id = $1 ORDER BY day',
    [subjectId],
  );

/** A conversion in the style of an image, brought to its end. */
async function tryLook(userId: string, done = true): Promise<void> {
  const { id } = one(
    await query<{ id: string }>(`SELECT record_conversion($1, NULL, '/photo', 'reference', NULL, $2) AS id`, [
      userId,
      imageId,
    ]),
  );
  if (!done) return;
  await query(
    `UPDATE user_conversions SET status = 'processing', attempts = 1, first_claimed_at = now(), claimed_at = now() WHERE id = $1`,
    [id],
  );
  await query(
    `UPDATE user_conversions SET status = 'completed', output_file_url = '/b', completed_at = now() WHERE id = $1`,
    [id],
  );
}

describe('visits', () => {
  test('by a printed code is counted apart, for what it is of and for the shop, once a day for each visitor', async () => {
    const visitor = randomBytes(16);
    for (const by of [visitor, visitor, randomBytes(16)]) await visit('scan', vendorId, by);
    await visit('vendor', vendorId, visitor);
    await visit('scan', imageId);
    await visit('scan', randomUUID());
    await visit('scan', vendorId, randomBytes(16), { by: vendorId });
    await rollUp();
    const counted = await query(
      'SELECT subject, subject_id::text AS id, views, scans FROM gallery_days WHERE vendor_id = $1 ORDER BY subject',
      [vendorId],
    );
    expect(counted).toEqual([
      { subject: 'image', id: imageId, views: 0, scans: 1 },
      { subject: 'vendor', id: vendorId, views: 1, scans: 3 },
    ]);
  });

  test('are counted once for each visitor, thing and day', async () => {
    const [someone, another] = [randomBytes(16), randomBytes(16)];
    for (const visitor of [someone, someone, another]) await visit('image', imageId, visitor);
    expect(await rollUp()).toBe(3);
    await visit('image', imageId, someone);
    await visit('album', albumId, someone);
    await visit('vendor', vendorId, someone);
    await visit('image', imageId, someone, { day: '2020-01-01' });
    expect(await rollUp()).toBe(4);
    expect(await countsOf(imageId)).toEqual([
      { views: 1, tries: 0, results: 0 },
      { views: 2, tries: 0, results: 0 },
    ]);
    expect(await countsOf(albumId)).toEqual([{ views: 1, tries: 0, results: 0 }]);
    expect(await countsOf(vendorId)).toEqual([{ views: 1, tries: 0, results: 0 }]);
    expect(await rollUp()).toBe(0);
  });

  test('of the owner, of nothing, and of what visitors may not see are not counted', async () => {
    const hidden = await newImage(database(), { vendor_id: vendorId, quota_pool: 'free' });
    await visit('image', imageId, undefined, { by: vendorId });
    await visit('image', hidden);
    await visit('album', randomUUID());
    await visit('vendor', imageId);
    expect(await rollUp()).toBe(4);
    expect(await query('SELECT 1 FROM gallery_days WHERE vendor_id = $1', [vendorId])).toEqual([]);
    await visit('image', imageId, undefined, { by: await newVendor(database()) });
    await rollUp();
    expect(await countsOf(imageId)).toMatchObject([{ views: 1 }]);
  });

  test('that two processes count at once are counted once', async () => {
    for (let n = 0; n < 50; n += 1) await visit('image', imageId);
    const [a, b] = [await database().connect(), await database().connect()];
    await Promise.all([a, b].map((client) => client.query('SELECT roll_up_gallery_visits(10)')));
    while ((await rollUp()) > 0);
    expect(await countsOf(imageId)).toMatchObject([{ views: 50 }]);
  });

  test('are forgotten by person when the day is over, and kept as numbers', async () => {
    await query(`SELECT visit_salt(visit_day() - 1), visit_salt(visit_day())`);
    for (const ago of [3, 1, 0]) {
      await query(
        `INSERT INTO gallery_visits (day, kind, subject_id, visitor) VALUES (visit_day() - $1::int, 'image', $2, $3)`,
        [ago, imageId, randomBytes(16)],
      );
    }
    await rollUp();
    await query('SELECT forget_gallery_visitors()');
    expect(await query(`SELECT day = visit_day() AS today FROM visit_salts`)).toEqual([{ today: true }]);
    expect(
      await query(
        `SELECT (visit_day() - day)::int AS ago FROM gallery_seen WHERE subject_id = $1 ORDER BY 1`,
        [imageId],
      ),
    ).toEqual([{ ago: 0 }, { ago: 1 }]);
    expect(await countsOf(imageId)).toHaveLength(3);
  });

  test('of one day share one salt, made by the first that asks, and it is another one tomorrow', async () => {
    const [a, b] = [await database().connect(), await database().connect()];
    const saltOf = async (client: typeof a, day: string) =>
      (await client.query<{ salt: Buffer }>('SELECT visit_salt($1) AS salt', [day])).rows[0]?.salt.toString(
        'hex',
      );
    const [one, other] = await Promise.all([saltOf(a, '2031-01-01'), saltOf(b, '2031-01-01')]);
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(other).toBe(one);
    expect(await saltOf(a, '2031-01-02')).not.toBe(one);
  });
});

describe('a look that is tried', () => {
  test('counts once a person and day, for the image, its albums and its vendor, and the result too', async () => {
    const userId = await newUser(database());
    await tryLook(userId);
    await tryLook(userId, false);
    await tryLook(await newUser(database()), false);
    await rollUp();
    for (const id of [imageId, albumId, vendorId]) {
      expect(await countsOf(id)).toEqual([{ views: 0, tries: 2, results: 1 }]);
    }
    expect(await query('SELECT tries, results FROM image_tries WHERE image_id = $1', [imageId])).toEqual([
      { tries: 2, results: 1 },
    ]);
  });

  test('leaves nothing behind that names the person', async () => {
    const userId = await newUser(database());
    await tryLook(userId);
    const [row] = await query<{ all: string }>(
      `SELECT (SELECT string_agg(v::text, ' ') FROM gallery_visits v) || (SELECT coalesce(string_agg(s::text, ' '), '') FROM gallery_seen s) AS all`,
    );
    expect(row?.all).toContain(imageId);
    expect(row?.all).not.toContain(userId);
  });
});

describe('every process', () => {
  let heard: string[] = [];
  beforeAll(async () => {
    const listener = await database().connect();
    await listener.query('LISTEN gallery_changed');
    listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
  });
  beforeEach(() => {
    heard = [];
  });
  const settled = async () => {
    await query(`SELECT pg_notify('gallery_changed', 'end')`);
    await expect.poll(() => heard.at(-1)).toBe('end');
    return heard.slice(0, -1).filter((id) => id === vendorId).length;
  };

  test.each([
    ['an image is renamed', () => query(`UPDATE images SET title = 'x' WHERE id = $1`, [imageId])],
    ['an image is taken back', () => query('UPDATE images SET is_public = false WHERE id = $1', [imageId])],
    ['an image goes', () => query('DELETE FROM images WHERE id = $1', [imageId])],
    ['an album is hidden', () => query('UPDATE albums SET is_public = false WHERE id = $1', [albumId])],
    ['an album goes', () => query('DELETE FROM albums WHERE id = $1', [albumId])],
    ['an image moves', () => query('UPDATE album_images SET position = 9 WHERE image_id = $1', [imageId])],
    [
      'the vendor is suspended',
      () => query('UPDATE vendors SET is_active = false WHERE id = $1', [vendorId]),
    ],
    [
      'the handle changes',
      () => query(`UPDATE vendors SET handle = 'h' || substr($1::text, 1, 8) WHERE id = $1`, [vendorId]),
    ],
  ])('hears when %s', async (_what, change) => {
    await settled();
    heard = [];
    await change();
    expect(await settled()).toBeGreaterThan(0);
  });

  test('hears nothing of what visitors do not see', async () => {
    await settled();
    heard = [];
    const hidden = await newImage(database(), { vendor_id: vendorId, quota_pool: 'free' });
    await query(`UPDATE images SET title = 'x' WHERE id = $1`, [hidden]);
    await query('DELETE FROM images WHERE id = $1', [hidden]);
    await newAlbum(database(), vendorId);
    await query('UPDATE vendors SET last_login_at = now() WHERE id = $1', [vendorId]);
    expect(await settled()).toBe(0);
  });
});

describe('the database refuses', () => {
  const token = () => randomBytes(32).toString('hex');
  test.each([
    ['a visit of an unknown kind', () => visit('page', imageId), '23514 chk_visit_kind'],
    ['a visitor who is no hash', () => visit('image', imageId, randomBytes(4)), '23514 chk_visit_visitor'],
    [
      'a salt that is too short',
      () => query(`INSERT INTO visit_salts VALUES ('2030-01-01', '\\x00')`),
      '23514 chk_visit_salt',
    ],
    [
      'a count below none',
      () => query(`INSERT INTO gallery_days VALUES ($1, 'vendor', '2030-01-01', $1, -1)`, [vendorId]),
      '23514 chk_gallery_day_counts',
    ],
    [
      'a day of an unknown kind',
      () => query(`INSERT INTO gallery_days VALUES ($1, 'page', '2030-01-01', $1)`, [vendorId]),
      '23514 chk_gallery_day_subject',
    ],
    [
      "a vendor's day under another name",
      () => query(`INSERT INTO gallery_days VALUES ($1, 'vendor', '2030-01-01', $2)`, [vendorId, albumId]),
      '23514 chk_gallery_day_vendor',
    ],
    [
      'tries below none',
      () => query('INSERT INTO image_tries VALUES ($1, -1)', [imageId]),
      '23514 chk_image_tries',
    ],
    ['a report without a known reason', () => report({ reason: 'taste' }), '23514 chk_image_report_reason'],
    ['an endless note', () => report({ note: 'x'.repeat(501) }), '23514 chk_image_report_note'],
    [
      'a reporter who is no hash',
      () => report({ reporter: randomBytes(3) }),
      '23514 chk_image_report_reporter',
    ],
    [
      'a report in an unknown state',
      () => report({ state: 'lost', decided_at: new Date() }),
      '23514 chk_image_report_state',
    ],
    ['a decision without its moment', () => report({ state: 'kept' }), '23514 chk_image_report_decided'],
    ['a link whose token is kept in clear', () => link({ token_hash: 'abc' }), '23514 chk_album_link_token'],
    ['a password kept in clear', () => link({ password_hash: 'secret' }), '23514 chk_album_link_password'],
    ['a link without a name but with an empty one', () => link({ name: '' }), '23514 chk_album_link_name'],
    [
      'a link that ends before it begins',
      () => link({ expires_at: '2020-01-01' }),
      '23514 chk_album_link_expiry',
    ],
    [
      "a link to another vendor's album",
      async () => link({ vendor_id: await newVendor(database()) }),
      '23503 album_links_album_fkey',
    ],
    [
      'a count of a link below none',
      async () => {
        const [row] = await link({});
        await query(`INSERT INTO album_link_days (link_id, day, views) VALUES ($1, '2030-01-01', -1)`, [
          row?.id,
        ]);
      },
      '23514 chk_album_link_day',
    ],
  ])('%s', async (_what, work, expected) => {
    expect(await outcome(work())).toBe(expected);
  });

  const insert = (table: string, row: Record<string, unknown>) =>
    query<{ id: string }>(
      `INSERT INTO ${table} (${Object.keys(row).join(', ')})
       VALUES (${Object.keys(row)
         .map((_, index) => `$${index + 1}`)
         .join(', ')}) RETURNING id`,
      Object.values(row),
    );
  const report = (more: Record<string, unknown>) =>
    insert('image_reports', {
      vendor_id: vendorId,
      image_id: imageId,
      reason: 'other',
      reporter: randomBytes(16),
      ...more,
    });
  const link = (more: Record<string, unknown>) =>
    insert('album_links', { vendor_id: vendorId, album_id: albumId, token_hash: token(), ...more });

  test('a second report of one visitor on one day, and keeps the reports of an image that goes', async () => {
    const reporter = randomBytes(16);
    await report({ reporter });
    expect(await outcome(report({ reporter }))).toBe('23505 uq_image_report');
    await query('DELETE FROM images WHERE id = $1', [imageId]);
    expect(await query('SELECT image_id FROM image_reports WHERE vendor_id = $1', [vendorId])).toEqual([
      { image_id: null },
    ]);
  });

  test('nothing of a live link, and closes it with its end, its album and its vendor', async () => {
    const alive = async (id: string) =>
      (await query('SELECT 1 FROM live_album_links WHERE id = $1', [id])).length === 1;
    const { id } = one(await link({ expires_at: new Date(Date.now() + 86_400_000) }));
    const { id: endless } = one(await link({}));
    expect([await alive(id), await alive(endless)]).toEqual([true, true]);
    await query(
      `UPDATE album_links SET created_at = now() - interval '2 days', expires_at = now() - interval '1 second' WHERE id = $1`,
      [id],
    );
    expect([await alive(id), await alive(endless)]).toEqual([false, true]);
    await query('UPDATE vendors SET is_active = false WHERE id = $1', [vendorId]);
    expect(await alive(endless)).toBe(false);
    await query('UPDATE vendors SET is_active = true WHERE id = $1', [vendorId]);
    await query('UPDATE album_links SET revoked_at = now() WHERE id = $1', [endless]);
    expect(await alive(endless)).toBe(false);
    await query('DELETE FROM albums WHERE id = $1', [albumId]);
    expect(await query('SELECT 1 FROM album_links WHERE vendor_id = $1', [vendorId])).toEqual([]);
  });
});
