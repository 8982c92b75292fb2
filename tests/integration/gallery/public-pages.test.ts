import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stopListening } from '#lib/db/changes/listen.ts';
import { unpublishImage } from '#lib/files/image/publish-image.ts';
import { serveFile } from '#lib/files/image/serve-file.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';
import { moreAlbumImages, moreVendorImages } from '#lib/gallery/explore/more-items.ts';
import { findAlbumPage, findVendorPage } from '#lib/gallery/public/read-gallery.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { ownDataDir } from '#tests/support/files.ts';
import { newGallery } from '#tests/support/galleries.ts';

const database = useTestDatabase();
const data = ownDataDir();
afterAll(data.remove);
afterAll(stopListening);

/** What a visitor sees at a handle. */
async function profile(handle: string, query = {}) {
  const page = await findVendorPage(handle, query);
  if (!page || 'moved' in page) return page;
  const { vendor, albums, images } = page;
  return {
    name: vendor.name,
    albums: albums.items.map(({ id }) => id),
    images: images.items.map(({ id }) => id),
    covers: albums.items.map(({ cover }) => cover?.id ?? null),
    next: images.next,
  };
}

async function album(handle: string, id: string, query = {}) {
  const page = await findAlbumPage(handle, id, query);
  return page && 'images' in page ? page.images.items.map((image) => image.id) : page;
}

async function bytesStatus(url: string): Promise<number> {
  const [, , , id = '', variant = ''] = url.split('/');
  const answer = await serveFile(new Request(`http://localhost:3000${url}`), id, variant, {
    store: fileStore(),
    userOf: async () => null,
    vendorOf: async () => null,
  });
  await answer.body?.cancel();
  return answer.status;
}

describe('a profile', () => {
  test('shows the public albums in the vendor’s order, and the public images, newest first', async () => {
    const gallery = await newGallery({ businessName: 'آتلیهٔ نگار' });
    const first = await gallery.addImage();
    const second = await gallery.addImage();
    await gallery.addImage({ isPublic: false });
    const late = await gallery.addAlbum({ name: 'late', imageIds: [first] });
    const early = await gallery.addAlbum({ name: 'early', imageIds: [second] });
    await gallery.addAlbum({ name: 'hidden', isPublic: false });
    await ownerDb().album.update({ where: { id: late }, data: { position: 2 } });
    await ownerDb().album.update({ where: { id: early }, data: { position: 1 } });
    expect(await profile(gallery.handle)).toEqual({
      name: 'آتلیهٔ نگار',
      albums: [early, late],
      images: [second, first],
      covers: [second, first],
      next: null,
    });
  });

  test('is found in any case of its letters, and is none for anybody else', async () => {
    const gallery = await newGallery({ handle: 'any-case' });
    expect(await profile('ANY-case')).toMatchObject({ name: 'Studio' });
    for (const other of ['any-cas', 'a', '', '../x', "'; --", 'any case', 'x'.repeat(200)]) {
      expect(await profile(other)).toBeNull();
    }
    await ownerDb().vendor.update({ where: { id: gallery.vendorId }, data: { isActive: false } });
    await expect.poll(() => profile('any-case')).toBeNull();
  });

  test('of a former handle leads to the present one, for profile and albums, while the vendor is active', async () => {
    const gallery = await newGallery({ handle: 'once-so' });
    const albumId = await gallery.addAlbum({ imageIds: [await gallery.addImage()] });
    await profile('once-so');
    await ownerDb().vendor.update({ where: { id: gallery.vendorId }, data: { handle: 'now-so' } });
    await expect.poll(() => profile('once-so')).toEqual({ moved: 'now-so' });
    expect(await album('once-so', albumId)).toEqual({ moved: 'now-so' });
    expect(await album('never-so', albumId)).toBeNull();
    expect(await profile('now-so')).toMatchObject({ albums: [albumId] });
    await ownerDb().vendor.update({ where: { id: gallery.vendorId }, data: { isActive: false } });
    await expect.poll(() => profile('once-so')).toBeNull();
  });

  test('shows as a cover the chosen image, or the first that may be seen, or none', async () => {
    const gallery = await newGallery();
    const [a, b] = [await gallery.addImage(), await gallery.addImage()];
    const hidden = await gallery.addImage({ isPublic: false });
    const albumId = await gallery.addAlbum({ imageIds: [hidden, a, b] });
    await gallery.addAlbum();
    const covers = async () => (await profile(gallery.handle)) as { covers: (string | null)[] };
    expect((await covers()).covers.toSorted()).toEqual([a, null].toSorted());
    await ownerDb().album.update({ where: { id: albumId }, data: { coverImageId: b } });
    await expect.poll(async () => (await covers()).covers.includes(b)).toBe(true);
    await ownerDb().album.update({ where: { id: albumId }, data: { coverImageId: hidden } });
    await expect.poll(async () => (await covers()).covers.includes(a)).toBe(true);
  });

  test('goes on after a page without missing or doubling an image, and begins with one that is asked for', async () => {
    const gallery = await newGallery();
    const { vendorId } = gallery;
    const ids = Array.from({ length: 130 }, (): string => randomUUID());
    await ownerDb().image.createMany({
      data: ids.map((id, index) => ({
        id,
        vendorId,
        type: 'vendor',
        fileName: 'x',
        originalUrl: '/x',
        fileSize: 1,
        mimeType: 'image/png',
        quotaPool: 'free',
        isPublic: true,
        // Several of one moment: the id decides.
        createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, Math.floor(index / 7))),
      })),
    });
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = (await profile(gallery.handle, { cursor: cursor ?? undefined })) as {
        images: string[];
        next: string | null;
      };
      seen.push(...page.images);
      cursor = page.next;
    } while (cursor);
    expect(seen).toHaveLength(130);
    expect(new Set(seen)).toEqual(new Set(ids));
    const far = seen[110] ?? '';
    const there = (await profile(gallery.handle, { image: far })) as { images: string[] };
    expect(there.images).toEqual(seen.slice(110));
    expect(await profile(gallery.handle, { cursor: 'nonsense' })).toMatchObject({
      images: seen.slice(0, 24),
    });
    expect(await profile(gallery.handle, { image: randomUUID() })).toMatchObject({
      images: seen.slice(0, 24),
    });
  });
});

describe('an album', () => {
  test('is shown to other sites by the cover that was chosen, as long as visitors see that', async () => {
    const gallery = await newGallery();
    const [first, chosen] = [await gallery.addImage(), await gallery.addImage()];
    const id = await gallery.addAlbum({ imageIds: [first, chosen] });
    const coverOf = async () => {
      const page = await findAlbumPage(gallery.handle, id);
      return page && 'cover' in page ? (page.cover?.id ?? null) : undefined;
    };
    expect(await coverOf()).toBeNull();
    await ownerDb().album.update({ where: { id }, data: { coverImageId: chosen } });
    await expect.poll(coverOf).toBe(chosen);
    await ownerDb().image.update({ where: { id: chosen }, data: { isPublic: false } });
    await expect.poll(coverOf).toBeNull();
  });

  test('keeps the order that its vendor gave it', async () => {
    const gallery = await newGallery();
    const [a, b, c] = [
      await gallery.addImage({ title: 'b' }),
      await gallery.addImage({ title: 'c' }),
      await gallery.addImage({ title: 'a' }),
    ];
    const id = await gallery.addAlbum({ imageIds: [b, c, a] });
    const order = (imageOrder: string) => ownerDb().album.update({ where: { id }, data: { imageOrder } });
    expect(await album(gallery.handle, id)).toEqual([b, c, a]);
    for (const [imageOrder, expected] of [
      ['newest', [c, b, a]],
      ['oldest', [a, b, c]],
      ['title', [c, a, b]],
      ['manual', [b, c, a]],
    ] as const) {
      await order(imageOrder);
      await expect.poll(() => album(gallery.handle, id)).toEqual(expected);
    }
  });

  test('goes on in each order without missing or doubling an image', async () => {
    const gallery = await newGallery();
    const { vendorId } = gallery;
    const ids = Array.from({ length: 125 }, (): string => randomUUID());
    await ownerDb().image.createMany({
      data: ids.map((imageId, index) => ({
        id: imageId,
        vendorId,
        type: 'vendor',
        fileName: 'x',
        title: index % 3 === 0 ? null : `عنوان ${index % 40}`,
        originalUrl: '/x',
        fileSize: 1,
        mimeType: 'image/png',
        quotaPool: 'free',
        isPublic: index !== 5,
        createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, index % 50)),
      })),
    });
    const id = await gallery.addAlbum();
    await ownerDb().albumImage.createMany({
      data: ids.map((imageId, index) => ({ albumId: id, imageId, vendorId, position: index % 20 })),
    });
    for (const imageOrder of ['manual', 'newest', 'oldest', 'title']) {
      await ownerDb().album.update({ where: { id }, data: { imageOrder } });
      const seen: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await findAlbumPage(gallery.handle, id, { cursor: cursor ?? undefined });
        if (!page || !('images' in page)) throw new Error('no album');
        seen.push(...page.images.items.map((image) => image.id));
        cursor = page.images.next;
      } while (cursor);
      expect(new Set(seen).size, imageOrder).toBe(124);
      expect(seen, imageOrder).toHaveLength(124);
      const far = seen[104] ?? '';
      expect(await album(gallery.handle, id, { image: far }), imageOrder).toEqual(seen.slice(104));
    }
  });

  test('is not found when it is hidden, another vendor’s, or of nobody', async () => {
    const [gallery, other] = [await newGallery(), await newGallery()];
    const id = await gallery.addAlbum({ isPublic: false });
    const theirs = await other.addAlbum();
    for (const asked of [id, theirs, randomUUID(), 'x', `${id}'`]) {
      expect(await album(gallery.handle, asked)).toBeNull();
    }
  });
});

describe('what is taken back', () => {
  test('is gone: the bytes at once, the pages as soon as the change is heard of', async () => {
    const gallery = await newGallery();
    const [gone, stays] = [await gallery.addImage(), await gallery.addImage()];
    const id = await gallery.addAlbum({ imageIds: [gone, stays] });
    const page = await findAlbumPage(gallery.handle, id);
    const shown = page && 'images' in page ? page.images.items.find((image) => image.id === gone) : null;
    expect(await bytesStatus(shown?.url ?? '')).toBe(200);
    await profile(gallery.handle);
    expect(await unpublishImage(gallery.actor, gone)).toMatchObject({ ok: true });
    expect(await bytesStatus(shown?.url ?? '')).toBe(404);
    await expect.poll(() => album(gallery.handle, id), { timeout: 2000 }).toEqual([stays]);
    await expect.poll(() => profile(gallery.handle), { timeout: 2000 }).toMatchObject({ images: [stays] });
  });

  test.each([
    ['waits for moderation', { isPublic: false, moderation: 'waiting' }],
    ['was refused', { isPublic: false, moderation: 'refused' }],
    ['lies in the trash', { isPublic: false, deletedAt: new Date() }],
  ])('is shown nowhere while it %s', async (_why, change) => {
    const gallery = await newGallery();
    const image = await gallery.addImage();
    const id = await gallery.addAlbum({ imageIds: [image] });
    expect(await album(gallery.handle, id)).toEqual([image]);
    await ownerDb().image.update({ where: { id: image }, data: change });
    await expect.poll(() => album(gallery.handle, id)).toEqual([]);
    await expect.poll(() => profile(gallery.handle)).toMatchObject({ images: [] });
    expect(await album(gallery.handle, id, { image })).toEqual([]);
  });
});

describe('what is kept in memory', () => {
  beforeAll(async () => {
    // The connection that hears of changes is made by the first page.
    await profile('nobody-here');
  });

  test('is asked for once by many at a time', async () => {
    const gallery = await newGallery();
    await gallery.addImage();
    const pages = await Promise.all(Array.from({ length: 20 }, () => findVendorPage(gallery.handle)));
    expect(new Set(pages).size).toBe(1);
  });

  test('never holds a page that was read while its vendor changed it', async () => {
    const gallery = await newGallery();
    const image = await gallery.addImage();
    for (let n = 0; n < 20; n += 1) {
      const title = `title ${n}`;
      const titleOf = async () => {
        const page = await findVendorPage(gallery.handle);
        return page && 'images' in page ? page.images.items[0]?.title : null;
      };
      const reading = titleOf();
      await ownerDb().image.update({ where: { id: image }, data: { title } });
      await reading;
      await expect.poll(titleOf, { timeout: 2000, interval: 5 }).toBe(title);
    }
  });
});

describe('one kind of look', () => {
  /** Half of sixty hair, the other half places. */
  const addSixty = (vendorId: string) =>
    database().query<{ id: string }>(
      `INSERT INTO images (vendor_id, type, file_name, original_url, file_size, mime_type, is_public, look_kind, title)
       SELECT $1, 'vendor', 'look', '/a', 1, 'image/png', true, CASE WHEN n % 2 = 0 THEN 'hair' ELSE 'place' END, 't' || n
         FROM generate_series(1, 60) n RETURNING id::text`,
      [vendorId],
    );

  test('is shown alone on a vendor’s page, without their albums, page by page', async () => {
    const gallery = await newGallery();
    await addSixty(gallery.vendorId);
    await gallery.addAlbum({ imageIds: [await gallery.addImage()] });
    await gallery.addImage({ isPublic: false });
    const whole = await findVendorPage(gallery.handle);
    const first = await findVendorPage(gallery.handle, { look: 'hair' });
    if (!whole || !first || 'moved' in whole || 'moved' in first) throw new Error('no page');
    // The image of the album has the kind of images of which nothing was said.
    expect([whole.kinds, first.kinds]).toEqual([
      ['hair', 'place', 'light'],
      ['hair', 'place', 'light'],
    ]);
    expect([whole.albums.items.length, first.albums.items.length]).toEqual([1, 0]);
    const second = await moreVendorImages(gallery.handle, first.images.next, 'hair');
    const all = [...first.images.items, ...(second?.items ?? [])];
    expect([all.length, new Set(all.map(({ id }) => id)).size]).toEqual([30, 30]);
    expect(all.every(({ lookKind }) => lookKind === 'hair')).toBe(true);
    expect(second?.next).toBeNull();
    const none = await findVendorPage(gallery.handle, { look: 'makeup' });
    expect(none && 'images' in none && none.images.items).toEqual([]);
  });

  test.each(['manual', 'newest', 'oldest', 'title'] as const)(
    'is shown alone in an album whose order is %s, page by page',
    async (imageOrder) => {
      const gallery = await newGallery();
      const made = await addSixty(gallery.vendorId);
      const albumId = await gallery.addAlbum({ imageIds: made.map(({ id }) => id) });
      await ownerDb().album.update({ where: { id: albumId }, data: { imageOrder } });
      const first = await findAlbumPage(gallery.handle, albumId, { look: 'hair' });
      if (!first || 'moved' in first) throw new Error('no album');
      expect(first.kinds).toEqual(['hair', 'place']);
      const second = await moreAlbumImages(
        gallery.handle,
        albumId,
        new URL(first.images.next ?? '', 'http://x').searchParams.get('cursor') ?? first.images.next,
        'hair',
      );
      const all = [...first.images.items, ...(second?.items ?? [])];
      expect([all.length, new Set(all.map(({ id }) => id)).size]).toEqual([30, 30]);
      expect(all.every(({ lookKind }) => lookKind === 'hair')).toBe(true);
      expect(second?.next).toBeNull();
    },
  );
});
