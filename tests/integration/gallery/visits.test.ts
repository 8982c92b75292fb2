import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#lib/db/client.ts';
import { readDaysOf, readInsight } from '#lib/gallery/insight/read-insight.ts';
import { reportInput } from '#lib/gallery/report/input.ts';
import { reportImage } from '#lib/gallery/report/report-image.ts';
import { countVisits } from '#lib/gallery/visit/count-visits.ts';
import { flushVisits, noteEmbed, noteVisit, visitInput } from '#lib/gallery/visit/note-visit.ts';
import { listTopImages } from '#lib/gallery/visit/store.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { ownDataDir } from '#tests/support/files.ts';
import { newGallery } from '#tests/support/galleries.ts';
import { newAddress } from '#tests/support/identity.ts';

const database = useTestDatabase();
const data = ownDataDir();
afterAll(data.remove);

const browser = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36';
let gallery: Awaited<ReturnType<typeof newGallery>>;
let image: string;
let album: string;

beforeEach(async () => {
  gallery = await newGallery();
  image = await gallery.addImage({ title: 'نقش' });
  album = await gallery.addAlbum({ name: 'آلبوم', imageIds: [image] });
});

/** Somebody looks at the album and opens an image. */
const look = (more: { address?: string; userAgent?: string | null; vendorId?: string } = {}) =>
  noteVisit(
    { vendor: gallery.vendorId, album, images: [image] },
    { address: newAddress(), userAgent: browser, vendorId: null, ...more },
  );
async function counted() {
  await flushVisits();
  await countVisits();
  return readInsight(gallery.actor, 30);
}

describe('a visit', () => {
  test('counts once a day for each visitor, wherever the page is opened again', async () => {
    const address = newAddress();
    for (let n = 0; n < 3; n += 1) await look({ address });
    await look();
    const insight = await counted();
    expect(insight.totals).toEqual({
      views: 2,
      tries: 0,
      results: 0,
      shares: 0,
      clicks: 0,
      sends: 0,
      scans: 0,
      embeds: 0,
    });
    expect(insight.images).toMatchObject([{ id: image, title: 'نقش', views: 2 }]);
    expect(insight.albums).toMatchObject([{ id: album, name: 'آلبوم', views: 2 }]);
    await look({ address });
    expect((await counted()).totals.views).toBe(2);
    // Two browsers behind one address of a carrier are two visitors.
    await look({ address, userAgent: browser.replace('15', '14') });
    expect((await counted()).totals.views).toBe(3);
  });

  test('of the frame on another site counts apart, once a day; a page of ours that shows it, a robot and no frame do not', async () => {
    const address = newAddress();
    const framed = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' };
    const show = (headers: Record<string, string>, userAgent = browser) =>
      noteEmbed(gallery.vendorId, new Headers(headers), { address, userAgent });
    await show(framed);
    await show(framed);
    await show({ ...framed, 'sec-fetch-site': 'same-origin' });
    await show({ ...framed, 'sec-fetch-dest': 'document' });
    await show({});
    await show(framed, 'Googlebot/2.1 (+http://www.google.com/bot.html)');
    const { totals, days } = await counted();
    expect(totals).toMatchObject({ embeds: 1, views: 0, scans: 0 });
    expect(days.at(-1)?.embeds).toBe(1);
  });

  test('of two hundred invented browsers at one address is that of sixteen at most', async () => {
    const address = newAddress();
    for (let n = 0; n < 200; n += 1) await look({ address, userAgent: `${browser} ${n}` });
    const { views } = (await counted()).totals;
    expect(views).toBeGreaterThan(8);
    expect(views).toBeLessThanOrEqual(16);
  });

  test('of the owner, and of programs that say what they are, does not count', async () => {
    await look({ vendorId: gallery.vendorId });
    for (const userAgent of [
      null,
      '',
      'curl/8.0',
      'Mozilla/5.0 (compatible; Googlebot/2.1; +http://google.com)',
    ]) {
      await look({ userAgent });
    }
    await look({ userAgent: browser.replace('Chrome', 'HeadlessChrome') });
    expect((await counted()).totals.views).toBe(0);
    await look({ vendorId: randomUUID() });
    expect((await counted()).totals.views).toBe(1);
  });

  test('leaves no address behind, and nothing that tells one day’s visitor from the next day’s', async () => {
    const address = '203.0.113.77';
    await look({ address });
    await flushVisits();
    const before = await database().query<{ visitor: string }>(
      `SELECT DISTINCT encode(visitor, 'hex') AS visitor FROM gallery_visits`,
    );
    expect((await counted()).totals.views).toBe(1);
    const kept = await database().query(
      `SELECT v::text FROM gallery_seen v UNION ALL SELECT v::text FROM gallery_days v UNION ALL SELECT v::text FROM audit_logs v`,
    );
    expect(JSON.stringify(kept)).not.toContain('203.0.113');
    await database().query(`UPDATE visit_salts SET day = day - 1`);
    await database().query(`UPDATE gallery_seen SET day = day - 2`);
    await countVisits();
    expect(await database().query('SELECT 1 FROM visit_salts')).toEqual([]);
    const left = await database().query(`SELECT 1 FROM gallery_seen WHERE encode(visitor, 'hex') = $1`, [
      before[0]?.visitor,
    ]);
    expect(left).toEqual([]);
  });

  test('that says too much or something else is not read', () => {
    for (const sent of [
      { images: Array.from({ length: 61 }, () => randomUUID()) },
      { vendor: 'x' },
      { user: randomUUID() },
      [],
      null,
    ]) {
      expect(visitInput.safeParse(sent).success).toBe(false);
    }
  });
});

describe('insight', () => {
  test('shows every day of the time asked for, and nothing of another vendor', async () => {
    await look();
    const { days } = await counted();
    expect(days).toHaveLength(30);
    expect(days.at(-1)).toMatchObject({ views: 1 });
    expect(days.slice(0, -1).every(({ views }) => views === 0)).toBe(true);
    await database().query(`UPDATE gallery_days SET day = day - 40 WHERE vendor_id = $1`, [gallery.vendorId]);
    expect((await readInsight(gallery.actor, 30)).totals.views).toBe(0);
    expect((await readInsight(gallery.actor, 90)).totals.views).toBe(1);

    const stranger = await newGallery();
    expect((await readInsight(stranger.actor, 90)).totals.views).toBe(0);
    const sum = (rows: { views: number }[]) => rows.reduce((total, { views }) => total + views, 0);
    expect(sum(await readDaysOf(stranger.actor, 'image', image, 90))).toBe(0);
    expect(sum(await readDaysOf(gallery.actor, 'image', image, 90))).toBe(1);
    expect(sum(await readDaysOf(gallery.actor, 'album', album, 90))).toBe(1);
  });

  test('shows as many images as are left, however many of the best were thrown away', async () => {
    const { vendorId } = gallery;
    // The first of a dozen was tried most.
    const made = await database().query<{ id: string }>(
      `WITH made AS (
         INSERT INTO images (vendor_id, type, file_name, original_url, file_size, mime_type, title)
         SELECT $1, 'vendor', 'look', '/a', 1, 'image/png', n::text FROM generate_series(1, 12) n RETURNING id, title
       ), days AS (
         INSERT INTO gallery_days (vendor_id, subject, day, subject_id, views, tries)
         SELECT $1, 'image', visit_day(), id, 1, 100 - title::int FROM made
       ) SELECT id::text FROM made ORDER BY title::int`,
      [vendorId],
    );
    const ids = made.map(({ id }) => id);
    const top = async () => (await listTopImages(vendorId, 30, 2)).map(({ id }) => id);
    expect(await top()).toEqual(ids.slice(0, 2));
    await database().query('UPDATE images SET deleted_at = now() WHERE id = ANY ($1::uuid[])', [
      ids.slice(1, 4),
    ]);
    expect(await top()).toEqual([ids[0], ids[4]]);
    await database().query('DELETE FROM images WHERE id = ANY ($1::uuid[])', [ids.slice(0, 9)]);
    expect(await top()).toEqual(ids.slice(9, 11));
  });
});

describe('a report', () => {
  const from = () => ({ address: newAddress(), userAgent: browser });
  const reports = () => db().imageReport.findMany({ where: { vendorId: gallery.vendorId } });

  test('is kept for the operator, and the image stays', async () => {
    const report = reportInput.parse({
      imageId: image,
      reason: 'stolen',
      note: '  این عکس\u0007 مال من است ',
    });
    expect(await reportImage(report, from())).toMatchObject({ ok: true });
    expect(await reports()).toMatchObject([
      { imageId: image, reason: 'stolen', note: 'این عکس  مال من است', state: 'open' },
    ]);
    expect((await db().image.findUniqueOrThrow({ where: { id: image } })).isPublic).toBe(true);
    const events = await db().auditLog.findMany({ where: { action: 'image.report', resourceId: image } });
    expect(events).toMatchObject([{ actorType: 'system', userId: null, vendorId: null }]);
  });

  test('of the same visitor is heard once a day, and answered alike', async () => {
    const visitor = from();
    const report = { imageId: image, reason: 'other', note: null } as const;
    for (let n = 0; n < 3; n += 1)
      expect(await reportImage(report, visitor)).toEqual({ ok: true, value: null });
    expect(await reports()).toHaveLength(1);
    expect(await reportImage(report, from())).toMatchObject({ ok: true });
    expect(await reports()).toHaveLength(2);
  });

  test('of what visitors do not see finds nothing', async () => {
    const hidden = await gallery.addImage({ isPublic: false });
    for (const imageId of [hidden, randomUUID()]) {
      expect(await reportImage({ imageId, reason: 'other', note: null }, from())).toMatchObject({
        code: 'notFound',
      });
    }
    expect(await reports()).toEqual([]);
  });

  test('says why, in words that are not endless', () => {
    const valid = { imageId: randomUUID(), reason: 'person', note: 'ا'.repeat(500) };
    expect(reportInput.safeParse(valid).success).toBe(true);
    for (const wrong of [
      { reason: 'taste' },
      { reason: undefined },
      { note: 'ا'.repeat(501) },
      { imageId: 'x' },
    ]) {
      expect(reportInput.safeParse({ ...valid, ...wrong }).success).toBe(false);
    }
    expect(reportInput.parse({ ...valid, note: '' }).note).toBeNull();
  });
});
