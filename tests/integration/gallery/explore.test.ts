import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stopListening } from '#lib/db/changes/listen.ts';
import { exploreGallery, listLatestImages, toExploreQuery } from '#lib/gallery/explore/explore-gallery.ts';
import { toSearchTerms } from '#lib/gallery/explore/search-terms.ts';
import { searchImages } from '#lib/gallery/explore/store.ts';
import { findVendorPage } from '#lib/gallery/public/read-gallery.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { ownDataDir } from '#tests/support/files.ts';
import { newGallery } from '#tests/support/galleries.ts';

const database = useTestDatabase();
const data = ownDataDir();
afterAll(data.remove);
afterAll(stopListening);

const explore = (given: Record<string, string>) => exploreGallery(toExploreQuery(given));
const imagesOf = async (given: Record<string, string>) =>
  (await explore(given)).images.items.map(({ id }) => id);
const albumsOf = async (given: Record<string, string>) =>
  (await explore(given)).albums.items.map(({ id }) => id);
const vendorsOf = async (given: Record<string, string>) =>
  (await explore(given)).vendors.items.map(({ handle }) => handle);

/** Lets this process hear of a change, which ends what it keeps of lists. Tries alone are told to nobody. */
async function forgetPages({ vendorId, handle }: { vendorId: string; handle: string }, bio: string) {
  const bioOf = async () => {
    const page = await findVendorPage(handle);
    return page && 'vendor' in page ? page.vendor.bio : null;
  };
  await bioOf();
  await ownerDb().vendor.update({ where: { id: vendorId }, data: { bio } });
  await expect.poll(bioOf, { interval: 10 }).toBe(bio);
}

let carpets: Awaited<ReturnType<typeof newGallery>>;
let tiles: Awaited<ReturnType<typeof newGallery>>;
let red: string;
let blue: string;
let hidden: string;
let album: string;

beforeAll(async () => {
  carpets = await newGallery({ businessName: 'خانهٔ فرش کاشان', handle: 'kashan-carpets' });
  tiles = await newGallery({ businessName: 'Atelier Tile 1405', handle: 'tile-house' });
  red = await carpets.addImage({
    title: 'فرشِ قرمز با ترنج',
    tags: ['فرش', 'کاشان ۱۴۰۵'.replace('۱۴۰۵', '1405')],
  });
  blue = await tiles.addImage({ title: 'Blue tile, 12 stars', tags: ['کاشی', 'blue'] });
  hidden = await carpets.addImage({ title: 'فرش پنهان', isPublic: false });
  album = await carpets.addAlbum({ name: 'مجموعهٔ یلدا', imageIds: [red] });
  await carpets.addAlbum({ name: 'یلدای خالی' });
  await carpets.addAlbum({ name: 'یلدای پنهان', isPublic: false, imageIds: [hidden] });
});

describe('one kind of look', () => {
  test('is shown alone, newest first or most tried first, and nonsense shows everything', async () => {
    await ownerDb().image.update({ where: { id: blue }, data: { lookKind: 'fabric' } });
    await forgetPages(tiles, 'پارچه');
    for (const sort of ['newest', 'tried']) {
      const found = await imagesOf({ look: 'fabric', sort });
      expect(found).toEqual([blue]);
    }
    expect(await imagesOf({ look: 'hair' })).toEqual([]);
    expect(await imagesOf({ look: 'shoes' })).toEqual(await imagesOf({}));
  });

  test('is searched in, and then nothing but images is found', async () => {
    await ownerDb().image.update({ where: { id: blue }, data: { lookKind: 'fabric' } });
    expect(await imagesOf({ q: 'tile', look: 'fabric' })).toEqual([blue]);
    expect(await imagesOf({ q: 'tile', look: 'hair' })).toEqual([]);
    const found = await exploreGallery(toExploreQuery({ q: 'tile', look: 'fabric' }));
    expect([found.vendors.items, found.albums.items]).toEqual([[], []]);
  });
});

describe('searching', () => {
  test('leaves no gap where the newest are of a vendor who was suspended', async () => {
    const made = await Promise.all(
      [true, false].map(async (isActive) => {
        const { vendorId } = await newGallery();
        await ownerDb().vendor.update({ where: { id: vendorId }, data: { isActive } });
        const rows = await database().query<{ id: string }>(
          `INSERT INTO images (vendor_id, type, file_name, original_url, file_size, mime_type, is_public, title, tags, created_at)
           SELECT $1, 'vendor', 'look', '/a', 1, 'image/png', true, 'qz ' || n, '{qz}',
                  now() - make_interval(days => CASE WHEN $2 THEN 10 ELSE 1 END, secs => n)
             FROM generate_series(1, 5) n RETURNING id::text`,
          [vendorId, isActive],
        );
        return rows.map(({ id }) => id);
      }),
    );
    const terms = toSearchTerms('qz');
    if (!terms) throw new Error('nothing to search for');
    const found = await searchImages(terms, null, 3);
    await database().query(`DELETE FROM images WHERE tags = '{qz}'`);
    expect(found.map(({ id }) => id)).toEqual(made[0]?.slice(0, 3));
  });

  test.each([
    ['a title', 'ترنج', () => [red]],
    ['a part of a word', 'رنج', () => [red]],
    ['two words in any order', 'ترنج فرش', () => [red]],
    ['Arabic letters of a Persian word', 'كاشي', () => [blue]],
    ['Latin in any case', 'BLUE', () => [blue]],
    ['a number in Persian digits', '۱۲', () => [blue]],
    ['the beginning of a word by two letters', 'st', () => [blue]],
    ['a tag of two words', 'کاشان ۱۴۰۵', () => [red]],
    ['two tags', 'کاشی blue', () => [blue]],
    ['nothing that is there', 'zzz', () => []],
    ['a pattern of SQL, literally', '%', () => []],
    ['what would end a statement', "'; DROP TABLE images; --", () => []],
  ])('finds images by %s', async (_what, q, expected) => {
    expect(await imagesOf({ q })).toEqual(expected());
  });

  test('finds nothing within a word by two letters, and asks for more than one', async () => {
    expect(await imagesOf({ q: 'ta' })).toEqual([]);
    expect(await explore({ q: 'ا' })).toMatchObject({ tooShort: true });
    expect(await explore({ q: '   ' })).toMatchObject({ tooShort: false });
  });

  test('finds vendors by name and handle, and albums that show something', async () => {
    expect(await vendorsOf({ q: 'كاشان' })).toEqual(['kashan-carpets']);
    expect(await vendorsOf({ q: 'tile-h' })).toEqual(['tile-house']);
    expect(await vendorsOf({ q: 'tile ۱۴۰۵' })).toEqual(['tile-house']);
    expect(await albumsOf({ q: 'یلدا' })).toEqual([album]);
    expect(await albumsOf({ q: 'یلدا', show: 'albums' })).toEqual([album]);
    expect(await vendorsOf({ q: 'یلدا', show: 'albums' })).toEqual([]);
  });

  test('finds nothing of a vendor who is suspended, and nothing hidden', async () => {
    const closed = await newGallery({ businessName: 'گالری بسته', handle: 'closed-one' });
    await closed.addImage({ title: 'نقش بسته' });
    await closed.addAlbum({ name: 'آلبوم بسته', imageIds: [await closed.addImage()] });
    expect([await vendorsOf({ q: 'بسته' }), (await imagesOf({ q: 'بسته' })).length]).toEqual([
      ['closed-one'],
      1,
    ]);
    await ownerDb().vendor.update({ where: { id: closed.vendorId }, data: { isActive: false } });
    const found = await explore({ q: 'بسته' });
    expect([found.vendors.items, found.albums.items, found.images.items]).toEqual([[], [], []]);
    expect(await imagesOf({ q: 'پنهان' })).toEqual([]);
  });
});

describe('browsing', () => {
  test('shows the newest first, with albums that show something, and the common tags', async () => {
    const page = await explore({});
    expect(page.images.items.map(({ id }) => id)).toEqual([blue, red]);
    expect(page.albums.items.map(({ id }) => id)).toEqual([album]);
    expect(page.tags).toContain('فرش');
  });

  test('shows the images of a tag however it is written, and no others', async () => {
    expect(await imagesOf({ tag: 'كاشي' })).toEqual([blue]);
    expect(await imagesOf({ tag: 'هیچ' })).toEqual([]);
    const flowery = await tiles.addImage({ tags: ['گل\u200cدار'] });
    await forgetPages(tiles, 'گل');
    for (const tag of ['گلدار', 'گل دار', 'گل\u200cدار']) expect(await imagesOf({ tag })).toEqual([flowery]);
    const { tags, images } = await exploreGallery(toExploreQuery({}));
    expect(tags).toContain('گل\u200cدار');
    expect(images.items.find(({ id }) => id === flowery)?.tags).toEqual(['گل\u200cدار']);
    await ownerDb().image.delete({ where: { id: flowery } });
    await forgetPages(tiles, 'کاشی');
  });

  test('shows what was tried most first, then the newest of the others, in pages without a gap', async () => {
    const gallery = await newGallery();
    const ids = Array.from({ length: 90 }, (): string => randomUUID());
    await ownerDb().image.createMany({
      data: ids.map((id, index) => ({
        id,
        vendorId: gallery.vendorId,
        type: 'vendor',
        fileName: 'x',
        originalUrl: '/x',
        fileSize: 1,
        mimeType: 'image/png',
        quotaPool: 'free',
        isPublic: true,
        tags: ['many'],
        createdAt: new Date(Date.UTC(2025, 0, 1, 0, 0, index)),
      })),
    });
    const walk = async (given: Record<string, string>) => {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = await explore({ ...given, ...(cursor ? { cursor } : {}) });
        seen.push(...page.images.items.map(({ id }) => id));
        cursor = page.images.next;
      }
      return seen;
    };
    // Exactly one page of tried ones, one more, and some: where the two parts meet.
    for (const tried of [0, 10, 24, 25, 48, 90]) {
      await database().query('DELETE FROM image_tries');
      for (const [index, id] of ids.slice(0, tried).entries()) {
        await database().query('INSERT INTO image_tries (image_id, tries) VALUES ($1, $2)', [
          id,
          1 + (index % 7),
        ]);
      }
      await forgetPages(gallery, `before ${tried}`);
      const seen = await walk({ sort: 'tried', tag: 'many' });
      expect(new Set(seen), `${tried} tried`).toEqual(new Set(ids));
      expect(seen, `${tried} tried`).toHaveLength(90);
      const counts = seen.map((id) => (ids.indexOf(id) < tried ? 1 + (ids.indexOf(id) % 7) : 0));
      expect(counts).toEqual(counts.toSorted((a, b) => b - a));
      expect(seen.slice(tried)).toEqual(ids.slice(tried).reverse());
    }
    expect(await walk({ tag: 'many' })).toEqual(ids.toReversed());
    await ownerDb().image.deleteMany({ where: { vendorId: gallery.vendorId } });
  }, 60_000);

  test('takes an address that says nonsense as one that says nothing', async () => {
    const nonsense: Record<string, string>[] = [
      { sort: 'x' },
      { cursor: 'x' },
      { show: 'x' },
      { cursor: 'W10' },
    ];
    for (const given of nonsense) {
      await expect.poll(() => imagesOf(given)).toEqual([blue, red]);
    }
    expect(toExploreQuery({ q: ['a', 'b'], tag: 'x'.repeat(500) })).toMatchObject({
      q: '',
      tag: 'x'.repeat(80),
    });
  });

  test('points to several vendors, however many images one of them has just brought in', async () => {
    const busy = await newGallery();
    await database().query(
      `INSERT INTO images (vendor_id, type, file_name, original_url, file_size, mime_type, is_public)
       SELECT $1, 'vendor', 'look', '/a', 1, 'image/png', true FROM generate_series(1, 14)`,
      [busy.vendorId],
    );
    await forgetPages(busy, 'brought');
    const latest = await listLatestImages();
    expect(latest).toHaveLength(12);
    expect(latest[0]?.vendor.handle).toBe(busy.handle);
    const others = latest.filter(({ vendor }) => vendor.handle !== busy.handle);
    expect(others.map(({ id }) => id)).toContain(blue);
    expect(latest.slice(0, 2).map(({ vendor }) => vendor.handle)).toContain(others[0]?.vendor.handle);
    await ownerDb().image.deleteMany({ where: { vendorId: busy.vendorId } });
  });
});
