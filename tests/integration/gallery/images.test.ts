import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { VendorActor } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { publishImage, trashImage } from '#lib/files/image/publish-image.ts';
import { serveFile } from '#lib/files/image/serve-file.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';
import { addGalleryImage } from '#lib/files/upload/add-image.ts';
import { createAlbum } from '#lib/gallery/album/change-album.ts';
import { fillAlbum } from '#lib/gallery/album/place-images.ts';
import { eachImage } from '#lib/gallery/library/each-image.ts';
import { describeImages, editImage, tagImages } from '#lib/gallery/library/edit-images.ts';
import { describeImagesInput, libraryQuery } from '#lib/gallery/library/input.ts';
import { placeUpload } from '#lib/gallery/library/place-upload.ts';
import { findGalleryRow, listGalleryRows, readFigures } from '#lib/gallery/library/store.ts';
import { cleanTag, cleanTags } from '#lib/gallery/library/tags.ts';
import { listTagRows } from '#lib/gallery/library/tags-store.ts';
import { emptyTrash, purgeImages, restoreImages, sweepTrash } from '#lib/gallery/library/trash-images.ts';
import { findVisibleImage } from '#lib/gallery/public/store.ts';
import { listLinkedImages } from '#lib/sharing/album-link/store.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { filesUnder, ownDataDir } from '#tests/support/files.ts';
import { bring, must, pictureOf, vendorActor } from '#tests/support/galleries.ts';

const database = useTestDatabase();
const data = ownDataDir();
afterAll(data.remove);

let actor: VendorActor;
let stranger: VendorActor;

beforeEach(async () => {
  [actor, stranger] = [await vendorActor(), await vendorActor()];
});

const imageRow = (id: string) => db().image.findUniqueOrThrow({ where: { id } });
const own = async (id: string) => {
  const row = await findGalleryRow(actor.vendorId, id);
  if (!row) throw new Error(`no image ${id}`);
  return row;
};
const freeLeft = async () =>
  (await db().vendor.findUniqueOrThrow({ where: { id: actor.vendorId } })).freeGalleryRemaining;
const ask = (query: Record<string, string> = {}, limit = 60) =>
  listGalleryRows(actor.vendorId, libraryQuery.parse(query), limit);
const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
/** An image as somebody without a session gets it. */
async function asStranger(url: string): Promise<number> {
  const [, , , id = '', variant = ''] = url.split('/');
  const nobody = { store: fileStore(), userOf: async () => null, vendorOf: async () => null };
  const response = await serveFile(new Request(`http://localhost:3000${url}`), id, variant, nobody);
  await response.body?.cancel();
  return response.status;
}

describe('the words of an image', () => {
  test('say what it shows, of one or of several, and everybody who cannot see it gets them', async () => {
    const [a, b, c] = (await bring(actor, 3)) as [string, string, string];
    const [foreign] = (await bring(stranger, 1)) as [string];
    must(await editImage(actor, { id: a, title: 'کاشی', altText: 'ستاره‌ای آبی', tags: [] }));
    const images = [
      { id: a, altText: '' },
      { id: b, altText: 'A blue star' },
      { id: foreign, altText: 'not mine' },
    ];
    expect(must(await describeImages(actor, images))).toEqual({ done: 2 });
    expect(await describeImages(actor, [{ id: foreign, altText: 'x' }])).toMatchObject({ code: 'notFound' });
    const texts = await Promise.all([a, b, c, foreign].map(async (id) => (await imageRow(id)).altText));
    expect(texts).toEqual([null, 'A blue star', null, null]);
    expect(idsOf(await ask({ show: 'wordless' })).toSorted()).toEqual([a, c].toSorted());

    must(await publishImage(actor, b));
    const album = must(await createAlbum(actor, { title: 'x' })).id;
    must(await fillAlbum(actor, { id: album, imageIds: [b] }));
    expect(await findVisibleImage(b)).toMatchObject({ title: null, altText: 'A blue star' });
    const linked = { albumId: album, imageOrder: 'manual' } as const;
    expect(await listLinkedImages(linked, { after: null, limit: 1 })).toMatchObject([
      { altText: 'A blue star' },
    ]);
    const long = describeImagesInput.safeParse({ images: [{ id: a, altText: 'x'.repeat(301) }] });
    expect(long.error?.issues[0]?.message).toBe('library.gallery.alt.long');
  });

  test('are its title and tags, written as Persian is written', async () => {
    const [id] = (await bring(actor, 1)) as [string];
    must(await editImage(actor, { id, title: 'کاشی', altText: '', tags: cleanTags(['كاشيِ آبي']) }));
    expect(await imageRow(id)).toMatchObject({ title: 'کاشی', tags: ['کاشی آبی'] });
    expect((await own(id)).tags).toEqual(['کاشیِ آبی']);
    must(await editImage(actor, { id, title: '', altText: '', tags: [] }));
    expect(await imageRow(id)).toMatchObject({ title: null, tags: [] });
    expect(await editImage(stranger, { id, title: 'x', altText: '', tags: [] })).toMatchObject({
      code: 'notFound',
    });
  });

  test('cleaned in the browser are what the database compares', async () => {
    const odd = ['كِتابِ ۱۲۳', ' می‌شود ', 'Éclat  Rosé', 'مَدرسة', 'أإٱ ى', 'x\u200e\u202ey', 'ـــخط', '۰٩'];
    const rows = await database().query<{ n: string }>(
      'SELECT normalize_search(t) AS n FROM unnest($1::text[]) t',
      [odd],
    );
    expect(odd.map(cleanTag)).toEqual(rows.map(({ n }) => n));
  });

  test('are shown as they were typed, half-spaces too, and are one tag however they are spelled', async () => {
    const typed = [
      ' گل\u200cدار ',
      'Slow  Fashion',
      'می \u200c شود',
      'كاشي',
      '\u202eگل دار',
      '#گل\u200c\u200cدار\u200c',
    ];
    expect(cleanTags(typed)).toEqual(['گل\u200cدار', 'Slow Fashion', 'می شود', 'کاشی']);
    const [a, b] = (await bring(actor, 2)) as [string, string];
    must(
      await editImage(actor, { id: a, title: '', altText: '', tags: cleanTags(['گل دار', 'Slow Fashion']) }),
    );
    must(await tagImages(actor, { ids: [a, b], add: ['گل\u200cدار'], remove: ['slow fashion'] }));
    expect((await imageRow(a)).tags).toEqual(['گل دار']);
    expect([(await own(a)).tags, (await own(b)).tags]).toEqual([['گل\u200cدار'], ['گل\u200cدار']]);
    expect((await listTagRows(actor.vendorId, 5)).map(({ tag }) => tag)).toEqual(['گل\u200cدار']);
    for (const q of ['گلدار', 'گل دار', 'گل\u200cدار']) expect(idsOf(await ask({ q }))).toEqual([b, a]);
    // The release before this one knows one form alone; what it writes is what there is.
    await ownerDb().$executeRaw`UPDATE images SET tags = '{"راه راه"}' WHERE id = ${a}::uuid`;
    expect((await own(a)).tags).toEqual(['راه راه']);
  });

  test('are given to many and taken off many; what else they have stays, and no tag is there twice', async () => {
    const [a, b] = (await bring(actor, 2)) as [string, string];
    must(await editImage(actor, { id: a, title: '', altText: '', tags: ['قالی', 'سرخ'] }));
    expect(must(await tagImages(actor, { ids: [a, b], add: ['قالی', 'دست بافت'], remove: ['سرخ'] }))).toEqual(
      {
        done: 2,
      },
    );
    expect((await imageRow(a)).tags).toEqual(['قالی', 'دست بافت']);
    expect((await imageRow(b)).tags).toEqual(['قالی', 'دست بافت']);
    expect((await listTagRows(actor.vendorId, 5)).map(({ tag }) => tag)).toEqual(['دست بافت', 'قالی']);
    expect(await tagImages(stranger, { ids: [a], add: ['x'], remove: [] })).toMatchObject({
      code: 'notFound',
    });
    must(
      await tagImages(actor, { ids: [b], add: Array.from({ length: 20 }, (_, n) => `t${n}`), remove: [] }),
    );
    expect((await imageRow(b)).tags).toHaveLength(12);
  });
});

describe('the library', () => {
  test('is paged newest first, without a gap or a double between pages', async () => {
    const ids = (await bring(actor, 5)).reverse();
    const first = await ask({}, 2);
    const second = await ask({ after: first[1]?.cursor ?? '' }, 2);
    const third = await ask({ after: second[1]?.cursor ?? '' }, 2);
    expect(idsOf([...first, ...second, ...third])).toEqual(ids);
  });

  test('shows what is hidden, public, in no album, there twice or in the trash; counted the same', async () => {
    const [a, b, c] = (await bring(actor, 3)) as [string, string, string];
    const source = await pictureOf(333);
    for (const fileName of ['one.jpg', 'two.jpg']) {
      must(await addGalleryImage({ vendorId: actor.vendorId, fileName, source }));
      must(await addGalleryImage({ vendorId: stranger.vendorId, fileName, source }));
    }
    must(await publishImage(actor, a));
    const album = must(await createAlbum(actor, { title: 'x' })).id;
    must(await fillAlbum(actor, { id: album, imageIds: [a, b] }));
    must(await trashImage(actor, c));
    expect(idsOf(await ask({ show: 'public' }))).toEqual([a]);
    expect(idsOf(await ask({ show: 'trash' }))).toEqual([c]);
    expect(await ask({ show: 'hidden' })).toHaveLength(3);
    expect(await ask({ show: 'loose' })).toHaveLength(2);
    expect((await ask({ show: 'twins' })).map(({ twins }) => twins)).toEqual([1, 1]);
    expect(await readFigures(actor.vendorId)).toEqual({
      images: 4,
      hidden: 3,
      loose: 2,
      wordless: 4,
      twins: 2,
      waiting: 0,
      refused: 0,
      trash: 1,
      trashFree: 1,
      free: 4,
    });
  });

  test('is searched by title and tag in any way of writing, a sign of patterns meaning itself', async () => {
    const [a, b] = (await bring(actor, 2)) as [string, string];
    must(await editImage(actor, { id: a, title: 'فرش ۱۰۰٪ ابریشم', altText: '', tags: ['قالی'] }));
    must(await editImage(actor, { id: b, title: 'گبه', altText: '', tags: ['دست بافت'] }));
    expect(idsOf(await ask({ q: 'ابريشم' }))).toEqual([a]);
    expect(idsOf(await ask({ q: 'دست‌بافت' }))).toEqual([b]);
    expect(idsOf(await ask({ q: '%' }))).toEqual([]);
    expect(idsOf(await ask({ tag: 'قالي' }))).toEqual([a]);
    expect(idsOf(await ask({ tag: 'قال' }))).toEqual([]);
  });

  test('reads any query an address may carry', () => {
    expect(libraryQuery.parse({ show: 'nonsense', after: "1' OR 1", q: ['a', 'b'], tag: {} })).toEqual({
      show: 'all',
      tag: '',
      q: 'a',
      after: null,
    });
  });
});

describe('the trash', () => {
  test('ends the public address of an image, takes it out of its albums and charges nothing back', async () => {
    const [id] = (await bring(actor, 1)) as [string];
    const { url } = must(await publishImage(actor, id));
    const album = must(await createAlbum(actor, { title: 'x' })).id;
    must(await fillAlbum(actor, { id: album, imageIds: [id] }));
    expect(await asStranger(url)).toBe(200);
    const left = await freeLeft();
    must(await trashImage(actor, id));
    const trashed = await imageRow(id);
    expect([await asStranger(url), await asStranger(trashed.originalUrl)]).toEqual([404, 404]);
    expect(trashed).toMatchObject({ isPublic: false });
    expect(await db().albumImage.count({ where: { imageId: id } })).toBe(0);
    expect(await freeLeft()).toBe(left);
    expect(await trashImage(actor, id)).toMatchObject({ code: 'notFound' });
    expect(await publishImage(actor, id)).toMatchObject({ code: 'notFound' });
  });

  test('gives an image back to its place, unpublished', async () => {
    const ids = await bring(actor, 3);
    const [, id] = ids as [string, string];
    const album = must(await createAlbum(actor, { title: 'x' })).id;
    must(await fillAlbum(actor, { id: album, imageIds: ids }));
    must(await publishImage(actor, id));
    must(await trashImage(actor, id));
    expect(await restoreImages(stranger, [id])).toMatchObject({ code: 'notFound' });
    expect(must(await restoreImages(actor, [id]))).toEqual({ done: 1, refused: [] });
    expect(await imageRow(id)).toMatchObject({ isPublic: false, deletedAt: null });
    const order = await db().albumImage.findMany({ where: { albumId: album }, orderBy: { position: 'asc' } });
    expect(order.map(({ imageId }) => imageId)).toEqual(ids);
    expect(await restoreImages(actor, [id])).toMatchObject({ code: 'notFound' });
  });

  test('is emptied now: the free slots come back at that moment, and no file stays', async () => {
    const ids = await bring(actor, 10);
    expect(await freeLeft()).toBe(0);
    must(await eachImage(ids.slice(0, 3), (id) => trashImage(actor, id)));
    expect(await freeLeft()).toBe(0);
    const files = (await filesUnder(data.path)).length;
    expect(must(await emptyTrash(actor))).toEqual({ done: 3, refused: [] });
    expect(await freeLeft()).toBe(3);
    expect((await filesUnder(data.path)).length).toBeLessThan(files);
    expect(await db().storedFile.count({ where: { vendorId: actor.vendorId } })).toBe(7);
    expect(must(await emptyTrash(actor))).toEqual({ done: 0, refused: [] });
  });

  test('purges only what lies in it, and only its owner’s', async () => {
    const [kept, thrown] = (await bring(actor, 2)) as [string, string];
    must(await trashImage(actor, thrown));
    expect(await purgeImages(actor, [kept])).toMatchObject({ code: 'notFound' });
    expect(await purgeImages(stranger, [thrown])).toMatchObject({ code: 'notFound' });
    expect(must(await purgeImages(actor, [kept, thrown]))).toEqual({
      done: 1,
      refused: [{ id: kept, code: 'notFound' }],
    });
    expect(await db().image.findUnique({ where: { id: thrown } })).toBeNull();
  });

  test('is swept after thirty days and not a day earlier', async () => {
    const [old, young] = (await bring(actor, 2)) as [string, string];
    must(await eachImage([old, young], (id) => trashImage(actor, id)));
    const age = (id: string, days: number) =>
      database().query('UPDATE images SET deleted_at = now() - make_interval(days => $2) WHERE id = $1', [
        id,
        days,
      ]);
    await age(old, 31);
    await age(young, 29);
    expect(await sweepTrash()).toBe(1);
    expect(idsOf(await ask({ show: 'trash' }))).toEqual([young]);
  });
});

describe('what an administrator has not accepted', () => {
  test.each([
    ['waiting', 'image.waiting'],
    ['refused', 'image.refused'],
  ])('is not published while it is %s, and the others of one act are', async (moderation, code) => {
    const [held, fine] = (await bring(actor, 2)) as [string, string];
    await database().query('UPDATE images SET moderation = $2 WHERE id = $1', [held, moderation]);
    expect(await publishImage(actor, held)).toMatchObject({ ok: false, code });
    const both = await eachImage([held, fine], (id) => publishImage(actor, id));
    expect(must(both)).toEqual({ done: 1, refused: [{ id: held, code }] });
    expect([(await imageRow(held)).isPublic, (await imageRow(fine)).isPublic]).toEqual([false, true]);
  });
});

describe('images that come in', () => {
  test('stand in the album they were sent to, in the same transaction', async () => {
    const album = must(await createAlbum(actor, { title: 'x' })).id;
    const { vendorId } = actor;
    const add = async (albumId: string) =>
      must(
        await addGalleryImage({
          vendorId,
          fileName: 'look.jpg',
          source: await pictureOf(),
          place: (tx, imageId) => placeUpload(tx, { vendorId, albumId, imageId }),
        }),
      );
    const image = await add(album);
    expect(await db().albumImage.count({ where: { albumId: album, imageId: image.id } })).toBe(1);
    // An album that is another's, or has gone, costs nobody the image.
    const foreign = must(await createAlbum(stranger, { title: 'x' })).id;
    const stray = await add(foreign);
    expect(await db().albumImage.count({ where: { imageId: stray.id } })).toBe(0);
  });

  // Scenario 28 of the fault list.
  test('twenty at once with one slot left: exactly one is taken, and no file of the others stays', async () => {
    await bring(actor, 9);
    const before = (await filesUnder(data.path)).length;
    const one = (await filesUnder(data.path)).length / (await db().storedFile.count());
    const sources = await Promise.all(Array.from({ length: 20 }, () => pictureOf()));
    const results = await Promise.all(
      sources.map((source) => addGalleryImage({ vendorId: actor.vendorId, fileName: 'p.jpg', source })),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const refusals = new Set(results.flatMap((result) => (result.ok ? [] : [result.code])));
    expect([...refusals]).toEqual(['quota.imagesExceeded']);
    expect(await db().image.count({ where: { vendorId: actor.vendorId } })).toBe(10);
    expect(await freeLeft()).toBe(0);
    expect((await filesUnder(data.path)).length).toBe(before + one);
  });
});
