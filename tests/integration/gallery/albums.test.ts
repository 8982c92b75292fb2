import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { VendorActor } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { trashImage } from '#lib/files/image/publish-image.ts';
import {
  chooseCover,
  createAlbum,
  deleteAlbum,
  moveAlbum,
  publishAlbum,
  updateAlbum,
} from '#lib/gallery/album/change-album.ts';
import { fillAlbum, orderImages, takeFromAlbum, transferImages } from '#lib/gallery/album/place-images.ts';
import { findAlbumRow, listAlbumRows } from '#lib/gallery/album/store.ts';
import { listAlbumImageRows } from '#lib/gallery/library/store.ts';
import { galleryLimits } from '#lib/gallery/policy.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { ownDataDir } from '#tests/support/files.ts';
import { bring, must, vendorActor } from '#tests/support/galleries.ts';

const database = useTestDatabase();
const data = ownDataDir();
afterAll(data.remove);

let actor: VendorActor;
let stranger: VendorActor;
let album: string;
let pictures: [string, string, string];

beforeEach(async () => {
  [actor, stranger] = [await vendorActor(), await vendorActor()];
  album = must(await createAlbum(actor, { title: 'بهار' })).id;
  pictures = (await bring(actor, 3)) as typeof pictures;
  must(await fillAlbum(actor, { id: album, imageIds: pictures }));
});

const row = async () => {
  const found = await findAlbumRow(actor.vendorId, album);
  if (!found) throw new Error('the album is gone');
  return found;
};
const orderIn = async (id = album, order: 'manual' | 'newest' | 'oldest' | 'title' = 'manual') =>
  (await listAlbumImageRows(actor.vendorId, id, order, { skip: 0, limit: 100 })).map((image) => image.id);
const settings = () =>
  ({ id: album, title: 'تابستان', description: '', imageOrder: 'manual', isStyleKit: false }) as const;
const events = (action: string) =>
  database().query('SELECT 1 FROM audit_logs WHERE action = $1 AND vendor_id = $2', [action, actor.vendorId]);

describe('an album', () => {
  test('is made hidden and first, named, described, shown and hidden, and each of it is written down', async () => {
    const second = must(await createAlbum(actor, { title: 'پاییز' })).id;
    expect((await listAlbumRows(actor.vendorId)).map(({ id }) => id)).toEqual([second, album]);
    expect(await row()).toMatchObject({ isPublic: false, imageCount: 3, hiddenCount: 3 });
    must(
      await updateAlbum(actor, { ...settings(), description: 'گرم', isStyleKit: true, imageOrder: 'title' }),
    );
    must(await publishAlbum(actor, { id: album, isPublic: true }));
    expect(await row()).toMatchObject({
      name: 'تابستان',
      description: 'گرم',
      isStyleKit: true,
      imageOrder: 'title',
      isPublic: true,
    });
    must(await publishAlbum(actor, { id: album, isPublic: false }));
    expect((await row()).isPublic).toBe(false);
    for (const action of ['album.update', 'album.publish', 'album.hide']) {
      expect(await events(action)).toHaveLength(1);
    }
  });

  test('is deleted without its images', async () => {
    must(await deleteAlbum(actor, { id: album }));
    expect(await findAlbumRow(actor.vendorId, album)).toBeNull();
    expect(await db().image.count({ where: { vendorId: actor.vendorId } })).toBe(3);
  });

  test('shows the first image as its cover until one is chosen, and again when that leaves', async () => {
    expect((await row()).shownId).toBe(pictures[0]);
    must(await chooseCover(actor, { id: album, imageId: pictures[2] }));
    expect((await row()).shownId).toBe(pictures[2]);
    must(await takeFromAlbum(actor, { id: album, imageIds: [pictures[2]] }));
    expect(await row()).toMatchObject({ coverImageId: null, shownId: pictures[0] });
    expect(await chooseCover(actor, { id: album, imageId: pictures[2] })).toMatchObject({ code: 'notFound' });
    must(await chooseCover(actor, { id: album, imageId: null }));
  });

  test('is one of a bounded number', async () => {
    await database().query(
      `INSERT INTO albums (vendor_id, name) SELECT $1, 'x' FROM generate_series(1, $2::int)`,
      [actor.vendorId, galleryLimits.maxAlbums - 1],
    );
    expect(await createAlbum(actor, { title: 'x' })).toMatchObject({ ok: false, code: 'album.tooMany' });
  });

  test('moves among the others', async () => {
    const second = must(await createAlbum(actor, { title: 'دوم' })).id;
    must(await moveAlbum(actor, { id: album, before: second }));
    expect((await listAlbumRows(actor.vendorId)).map(({ id }) => id)).toEqual([album, second]);
    must(await moveAlbum(actor, { id: album, before: null }));
    expect((await listAlbumRows(actor.vendorId)).map(({ id }) => id)).toEqual([second, album]);
  });
});

describe('the images of an album', () => {
  test('are ordered by hand; a second editor is told that the order had changed', async () => {
    const [a, b, c] = pictures;
    const { version } = await row();
    const move = { id: album, imageIds: [c], before: a, version };
    expect(must(await orderImages(actor, move))).toEqual({ version: version + 1, isStale: false });
    expect(must(await orderImages(actor, { ...move, imageIds: [b], before: c }))).toEqual({
      version: version + 2,
      isStale: true,
    });
    expect(await orderIn()).toEqual([b, c, a]);
    must(await takeFromAlbum(actor, { id: album, imageIds: [a] }));
    expect(await orderImages(actor, { ...move, imageIds: [b], before: a })).toMatchObject({
      ok: false,
      code: 'state.illegal',
    });
  });

  test('stand by age or title when the album says so, the order by hand kept for later', async () => {
    const [a, b, c] = pictures;
    for (const [id, title] of [
      [a, 'ب'],
      [b, 'ا'],
      [c, 'پ'],
    ] as const) {
      await ownerDb().image.update({ where: { id }, data: { title } });
    }
    must(await orderImages(actor, { id: album, imageIds: [c], before: a, version: 1 }));
    expect(await orderIn(album, 'newest')).toEqual([c, b, a]);
    expect(await orderIn(album, 'oldest')).toEqual([a, b, c]);
    expect(await orderIn(album, 'title')).toEqual([b, a, c]);
    expect(await orderIn(album, 'manual')).toEqual([c, a, b]);
  });

  test('move to another album, at its end, in the order they are named', async () => {
    const to = must(await createAlbum(actor, { title: 'دیگر' })).id;
    const [more] = (await bring(actor, 1)) as [string];
    must(await fillAlbum(actor, { id: to, imageIds: [more] }));
    const moved = await transferImages(actor, { from: album, to, imageIds: [pictures[2], pictures[0]] });
    expect(must(moved)).toEqual({ moved: 2 });
    expect([await orderIn(), await orderIn(to)]).toEqual([[pictures[1]], [more, pictures[2], pictures[0]]]);
    expect(must(await transferImages(actor, { from: album, to: album, imageIds: [pictures[1]] }))).toEqual({
      moved: 0,
    });
    expect(await orderIn()).toEqual([pictures[1]]);
  });

  test('are put in once, however often they are named', async () => {
    expect(must(await fillAlbum(actor, { id: album, imageIds: pictures }))).toEqual({ added: 0 });
    expect((await row()).imageCount).toBe(3);
  });

  test('are not put in from the trash', async () => {
    const [gone] = (await bring(actor, 1)) as [string];
    must(await trashImage(actor, gone));
    expect(await fillAlbum(actor, { id: album, imageIds: [gone] })).toMatchObject({ code: 'notFound' });
  });
});

describe('another vendor', () => {
  test('finds none of it, in whatever way', async () => {
    const theirs = must(await createAlbum(stranger, { title: 'x' })).id;
    const [foreign] = (await bring(stranger, 1)) as [string];
    const tries = [
      updateAlbum(stranger, settings()),
      publishAlbum(stranger, { id: album, isPublic: true }),
      chooseCover(stranger, { id: album, imageId: pictures[0] }),
      chooseCover(stranger, { id: theirs, imageId: pictures[0] }),
      deleteAlbum(stranger, { id: album }),
      moveAlbum(stranger, { id: album, before: null }),
      moveAlbum(stranger, { id: theirs, before: album }),
      fillAlbum(stranger, { id: album, imageIds: [foreign] }),
      fillAlbum(stranger, { id: theirs, imageIds: pictures }),
      takeFromAlbum(stranger, { id: album, imageIds: pictures }),
      transferImages(stranger, { from: album, to: theirs, imageIds: pictures }),
      transferImages(stranger, { from: theirs, to: album, imageIds: [foreign] }),
      orderImages(stranger, { id: album, imageIds: [pictures[0]], before: null, version: 0 }),
    ];
    for (const tried of await Promise.all(tries))
      expect(tried).toMatchObject({ ok: false, code: 'notFound' });
    expect(await orderIn()).toEqual(pictures);
    expect(await row()).toMatchObject({ name: 'بهار', isPublic: false, coverImageId: null });
  });
});
