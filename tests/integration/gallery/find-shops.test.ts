import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stopListening } from '#lib/db/changes/listen.ts';
import { db } from '#lib/db/client.ts';
import { exploreGallery, toExploreQuery } from '#lib/gallery/explore/explore-gallery.ts';
import { nextExplorePath } from '#lib/gallery/explore/more-items.ts';
import { reportVendor } from '#lib/gallery/report/report-vendor.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { ownDataDir } from '#tests/support/files.ts';
import { newGallery } from '#tests/support/galleries.ts';
import { newAddress } from '#tests/support/identity.ts';

const database = useTestDatabase();
const data = ownDataDir();
afterAll(data.remove);
afterAll(stopListening);

const explore = (given: Record<string, string>) => exploreGallery(toExploreQuery(given));
const shopsOf = async (given: Record<string, string>) =>
  (await explore(given)).vendors.items.map(({ handle }) => handle).sort();

let picture: string;
let tagged: string;

beforeAll(async () => {
  const salon = await newGallery({ businessName: 'سالن رها', handle: 'raha-salon' });
  const boutique = await newGallery({ businessName: 'بوتیک نیلا', handle: 'nila-boutique' });
  const far = await newGallery({ businessName: 'بوتیک سپهر', handle: 'sepehr-boutique' });
  const profiles: [string, object][] = [
    [salon.vendorId, { kind: 'salon', city: 'شیراز' }],
    [boutique.vendorId, { kind: 'boutique', city: 'شيراز ' }],
    [far.vendorId, { kind: 'boutique', city: 'تبریز' }],
  ];
  for (const [id, profileInfo] of profiles)
    await db().vendor.update({ where: { id }, data: { profileInfo } });
  await db().vendor.update({
    where: { id: boutique.vendorId },
    data: { bio: 'پیراهن‌های دست‌دوز', contactInfo: { address: 'خیابان عفیف‌آباد، پلاک ۱۲' } },
  });
  picture = await boutique.addImage({ title: 'پیراهن گل‌دار تابستانی' });
  tagged = await far.addImage({ title: 'بی‌نام', tags: ['گل دار'] });
  await salon.addImage({ title: 'موی بلند' });
});

describe('a shop is found', () => {
  test.each([
    ['its city', 'شیراز', ['nila-boutique', 'raha-salon']],
    ['what it says of itself', 'دست‌دوز', ['nila-boutique']],
    ['its address, in other digits', 'عفیف آباد 12', ['nila-boutique']],
    ['its name', 'سپهر', ['sepehr-boutique']],
  ])('by %s', async (_, q, handles) => {
    expect(await shopsOf({ q })).toEqual(handles);
  });

  test('by its city and its kind, with some of its pictures, however the city is spelt', async () => {
    expect(await shopsOf({ city: 'شیراز' })).toEqual(['nila-boutique', 'raha-salon']);
    const found = await explore({ city: 'شیراز', kind: 'boutique' });
    expect(found.vendors.items.map(({ handle }) => handle)).toEqual(['nila-boutique']);
    expect(found.images.items.map(({ id }) => id)).toEqual([picture]);
    expect(await shopsOf({ kind: 'boutique' })).toEqual(['nila-boutique', 'sepehr-boutique']);
    expect(await shopsOf({ city: 'یزد' })).toEqual([]);
    // One city, whoever spelt it.
    expect(found.cities.filter((city) => /ش.راز/.test(city))).toHaveLength(1);
  });

  test('words are looked for within a kind and a city', async () => {
    expect((await explore({ q: 'پیراهن', city: 'شیراز' })).images.items.map(({ id }) => id)).toEqual([
      picture,
    ]);
    expect((await explore({ q: 'پیراهن', city: 'تبریز' })).images.items).toEqual([]);
    expect(await shopsOf({ q: 'بوتیک', city: 'تبریز' })).toEqual(['sepehr-boutique']);
  });

  test('and the list goes on within them', () => {
    const query = toExploreQuery({ city: 'شیراز', kind: 'salon' });
    const next = new URLSearchParams(nextExplorePath(query, 'vendors', 'c')?.split('?')[1]);
    expect(Object.fromEntries(next)).toEqual({ kind: 'salon', city: 'شیراز', show: 'vendors', cursor: 'c' });
  });

  test.each(['گلدار', 'گل‌دار', 'گل دار'])('pictures are found joined and parted: %s', async (q) => {
    const ids = (await explore({ q })).images.items.map(({ id }) => id);
    expect(ids.sort()).toEqual([picture, tagged].sort());
  });
});

describe('a report about a shop', () => {
  const from = () => ({
    address: newAddress(),
    userAgent: 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36',
  });

  test('is kept once a day for each visitor, about the shop as a whole', async () => {
    const { vendorId } = await newGallery();
    const report = { vendorId, reason: 'misleading', note: 'دو بار پول گرفت' } as const;
    const somebody = from();
    for (let n = 0; n < 2; n += 1) expect(await reportVendor(report, somebody)).toMatchObject({ ok: true });
    expect(await reportVendor(report, from())).toMatchObject({ ok: true });
    const rows = await database().query(
      'SELECT about, image_id, reason FROM image_reports WHERE vendor_id = $1',
      [vendorId],
    );
    expect(rows).toEqual(Array(2).fill({ about: 'vendor', image_id: null, reason: 'misleading' }));
  });

  test('of a shop that visitors do not see finds nothing', async () => {
    const { vendorId } = await newGallery();
    await database().query('UPDATE vendors SET is_active = false WHERE id = $1', [vendorId]);
    for (const id of [vendorId, randomUUID()]) {
      const report = { vendorId: id, reason: 'other', note: null } as const;
      expect(await reportVendor(report, from())).toMatchObject({ code: 'notFound' });
    }
  });

  test('does not stand in the way of deleting pictures that were reported by the same visitor', async () => {
    const gallery = await newGallery();
    const images = [await gallery.addImage(), await gallery.addImage()];
    for (const image of images) {
      await database().query(
        `INSERT INTO image_reports (vendor_id, image_id, reason, reporter) VALUES ($1, $2, 'other', '0123456789abcdef')`,
        [gallery.vendorId, image],
      );
    }
    await database().query('DELETE FROM images WHERE vendor_id = $1', [gallery.vendorId]);
    const [row] = await database().query(
      'SELECT count(*)::int AS left FROM image_reports WHERE vendor_id = $1',
      [gallery.vendorId],
    );
    expect(row).toEqual({ left: 2 });
  });
});
