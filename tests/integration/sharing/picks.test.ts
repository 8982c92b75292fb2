import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readAccount } from '#lib/account/export-store.ts';
import { eraseAccount } from '#lib/account/store.ts';
import { setColour } from '#lib/gallery/brand/set-colour.ts';
import { findColour } from '#lib/gallery/brand/store.ts';
import { placeOf } from '#lib/notifications/notice/place-of.ts';
import { listNotices } from '#lib/notifications/notice/read-notices.ts';
import { revokeAlbumLink } from '#lib/sharing/album-link/change-album-link.ts';
import { createAlbumLink } from '#lib/sharing/album-link/create-album-link.ts';
import { findAlbumLink } from '#lib/sharing/album-link/find-album-link.ts';
import { serveLinkedImage } from '#lib/sharing/album-link/serve-linked-image.ts';
import { findClosedAlbumLink, listLinkedImages } from '#lib/sharing/album-link/store.ts';
import { toLinkedImage } from '#lib/sharing/album-link/view.ts';
import { hashLinkToken } from '#lib/sharing/link-token.ts';
import { exportPicks } from '#lib/sharing/pick/export-picks.ts';
import { commentOnImage, pickImage, removeComment, sendPicks } from '#lib/sharing/pick/pick-images.ts';
import { findPicks, listPicked } from '#lib/sharing/pick/store.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { ownDataDir } from '#tests/support/files.ts';
import { must, newGallery, plainManners } from '#tests/support/galleries.ts';

const database = useTestDatabase();
const data = ownDataDir();
afterAll(data.remove);

let gallery: Awaited<ReturnType<typeof newGallery>>;
let images: string[];
let albumId: string;

beforeAll(async () => {
  gallery = await newGallery({ businessName: 'آتلیهٔ <بهار> & پسران' });
  images = [];
  for (const fileName of ['DSC_001.JPG', 'DSC_002.JPG', '=cmd.JPG']) {
    images.push(await gallery.addImage({ fileName, isPublic: false }));
  }
});
beforeEach(async () => {
  albumId = await gallery.addAlbum({ name: 'عروسی', isPublic: false, imageIds: images });
});

async function newLink(more: Partial<Parameters<typeof createAlbumLink>[1]> = {}) {
  const wanted = {
    ...plainManners,
    albumId,
    name: 'مینا',
    days: 30,
    password: null,
    hasPicks: true,
  } as const;
  const { id, path } = must(await createAlbumLink(gallery.actor, { ...wanted, ...more }));
  return { id, token: path.slice('/a/'.length) };
}

const nobody = () => undefined;
const [first, second, third] = [0, 1, 2].map((at) => () => images[at] ?? '') as [
  () => string,
  () => string,
  () => string,
];
const pick = (token: string, imageId: string, isPicked = true) =>
  pickImage({ token, imageId, isPicked }, nobody);
const say = (token: string, imageId: string, words: string, name: string | null = null) =>
  commentOnImage({ token, imageId, words, name }, nobody);

describe('behind a link at which one may choose', () => {
  test('pictures are chosen, taken back and spoken of, on every device of who has the link', async () => {
    const { id, token } = await newLink();
    must(await pick(token, first()));
    must(await pick(token, first()));
    must(await pick(token, second()));
    must(await pick(token, second(), false));
    const { id: commentId } = must(await say(token, first(), 'این یکی سیاه و سفید', 'مینا'));
    must(await say(token, third(), 'پاک شود'));
    const { chosen, comments } = await findPicks(id, albumId);
    expect(chosen).toEqual([first()]);
    expect(comments.map(({ words }) => words)).toEqual(['این یکی سیاه و سفید', 'پاک شود']);
    must(await removeComment({ token, id: commentId }, nobody));
    expect((await findPicks(id, albumId)).comments).toHaveLength(1);
    const only = { albumId, imageOrder: 'manual' } as const;
    const shown = await listLinkedImages(only, { after: null, limit: 10, pickedAt: id });
    expect(shown.map((image) => image.id)).toEqual([first()]);
  });

  test('each link has a selection of its own', async () => {
    const [one, other] = [await newLink(), await newLink()];
    must(await pick(one.token, first()));
    expect((await findPicks(other.id, albumId)).chosen).toEqual([]);
    const { id } = must(await say(one.token, first(), 'x'));
    expect(await removeComment({ token: other.token, id }, nobody)).toMatchObject({ code: 'notFound' });
  });

  test('the vendor is told once an hour, and reads and exports what was chosen by the names of the files', async () => {
    const { id, token } = await newLink();
    for (const image of images) must(await pick(token, image));
    must(await say(token, third(), 'چشم‌ها بسته است', 'مینا'));
    expect(must(await sendPicks({ token }, nobody))).toEqual({ count: 3 });
    must(await sendPicks({ token }, nobody));
    const told = (await listNotices({ kind: 'vendor', accountId: gallery.vendorId })).filter(
      (notice) => notice.kind === 'album.pick' && notice.data.link === id,
    );
    expect(told.map((notice) => [notice.data.count, placeOf(notice, 'vendor')])).toEqual([
      ['3', `/vendor/albums/${albumId}/selection/${id}`],
    ]);
    expect((await listPicked(gallery.vendorId, id, 10)).map(({ fileName }) => fileName)).toEqual([
      'DSC_001.JPG',
      'DSC_002.JPG',
      '=cmd.JPG',
    ]);
    const csv = await must(await exportPicks(gallery.actor, id)).text();
    expect(csv.split('\r\n')).toEqual([
      'file_name,title,chosen,comments',
      'DSC_001.JPG,,1,',
      'DSC_002.JPG,,1,',
      // Nothing that a client's file is called is run by a spreadsheet.
      `'=cmd.JPG,,1,"مینا: چشم‌ها بسته است"`,
      '',
    ]);
    const exported = JSON.parse((await readAccount('vendor', gallery.vendorId)) ?? '{}');
    const link = exported.links.find((one: { album_id: string }) => one.album_id === albumId);
    expect([link.picks.length, link.comments[0].words]).toEqual([3, 'چشم‌ها بسته است']);
    // Another shop has neither the page nor the file.
    const other = await newGallery();
    expect(await exportPicks(other.actor, id)).toMatchObject({ code: 'notFound' });
    expect(await listPicked(other.vendorId, id, 10)).toEqual([]);
  });

  test('what leaves the album leaves the selection, and comes back with it', async () => {
    const { id, token } = await newLink();
    must(await pick(token, first()));
    await ownerDb().image.update({ where: { id: first() }, data: { deletedAt: new Date() } });
    expect((await findPicks(id, albumId)).chosen).toEqual([]);
    expect(await listPicked(gallery.vendorId, id, 10)).toEqual([]);
    expect(await pick(token, first())).toMatchObject({ code: 'notFound' });
    await ownerDb().image.update({ where: { id: first() }, data: { deletedAt: null } });
    expect((await findPicks(id, albumId)).chosen).toEqual([first()]);
  });
});

describe('nobody can', () => {
  test('choose or speak where the link does not let them, is locked or has ended, or of another album’s picture', async () => {
    const [plain, locked, ended, open] = [
      await newLink({ hasPicks: false }),
      await newLink({ password: 'باران در آبان' }),
      await newLink(),
      await newLink(),
    ];
    must(await revokeAlbumLink(gallery.actor, ended.id));
    for (const { token } of [plain, locked, ended, { token: 'A'.repeat(22) }]) {
      expect(await pick(token, first())).toMatchObject({ code: 'notFound' });
      expect(await say(token, first(), 'x')).toMatchObject({ code: 'notFound' });
      expect(await sendPicks({ token }, nobody)).toMatchObject({ code: 'notFound' });
    }
    const elsewhere = await gallery.addImage({ isPublic: false });
    expect(await pick(open.token, elsewhere)).toMatchObject({ code: 'notFound' });
    expect(await say(open.token, randomUUID(), 'x')).toMatchObject({ code: 'notFound' });
  });

  test('write without end: thirty about a picture, the same one once', async () => {
    const { id, token } = await newLink();
    const same = randomUUID();
    const said = { token, imageId: first(), words: 'x', name: null };
    must(await commentOnImage(said, nobody, same));
    must(await commentOnImage(said, nobody, same));
    const many = await Promise.all(Array.from({ length: 32 }, () => commentOnImage(said, nobody)));
    expect(many.filter(({ ok }) => ok)).toHaveLength(29);
    expect(many.filter((one) => !one.ok && one.code === 'pick.tooMany')).toHaveLength(3);
    expect((await findPicks(id, albumId)).comments).toHaveLength(30);
  });
});

describe('the shop’s own look', () => {
  test('its name lies over every size that is shown, and not over what may be downloaded', async () => {
    const [marked, plain] = [await newLink({ hasMark: true, mayDownload: true }), await newLink()];
    const get = (token: string, variant: string, query = '') => {
      const path = `http://localhost:3000/api/albums/${token}/${first()}/${variant}${query}`;
      return serveLinkedImage(new Request(path), { token, imageId: first(), variant });
    };
    for (const variant of ['w320', 'w640', 'w1280']) {
      const [seen, bare] = [await get(marked.token, variant), await get(plain.token, variant)];
      expect([seen.status, seen.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
      const pixels = async (answer: Response) =>
        sharp(Buffer.from(await answer.arrayBuffer()))
          .removeAlpha()
          .raw()
          .toBuffer({ resolveWithObject: true });
      const [a, b] = [await pixels(seen), await pixels(bare)];
      expect([a.info.width, a.info.height]).toEqual([b.info.width, b.info.height]);
      const far = a.data.filter((value, at) => Math.abs(value - (b.data[at] ?? 0)) > 24).length;
      expect(far / a.data.length).toBeGreaterThan(0.005);
    }
    // The sizes without a mark are not to be had by another name.
    for (const variant of ['a320', 'a640', 'a1280', 'card'])
      expect((await get(marked.token, variant)).status).toBe(404);
    const [row] = await listLinkedImages({ albumId, imageOrder: 'manual' }, { after: null, limit: 1 });
    const found = await findAlbumLink(marked.token, nobody);
    if (!row || !found) throw new Error('the link opens');
    expect(toLinkedImage(marked.token, { ...row, hasAvif: true }, found.link).hasAvif).toBe(false);
    const whole = await get(marked.token, 'original', '?download=1');
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    await whole.body?.cancel();
  });

  test('closing words stand at the link, and where it was when it is closed', async () => {
    const { id, token } = await newLink({ closingWords: 'سپاس از همراهی‌تان' });
    expect((await findAlbumLink(token, nobody))?.link.closingWords).toBe('سپاس از همراهی‌تان');
    must(await revokeAlbumLink(gallery.actor, id));
    expect(await findClosedAlbumLink(hashLinkToken(token))).toMatchObject({
      closingWords: 'سپاس از همراهی‌تان',
    });
  });

  test('its colour is its own, can be taken back, and goes with it', async () => {
    const shop = await newGallery();
    must(await setColour(shop.actor, { colour: '#ffee00' }));
    expect(await findColour(shop.vendorId)).toBe('#ffee00');
    must(await setColour(shop.actor, { colour: null }));
    expect(await findColour(shop.vendorId)).toBeNull();
    must(await setColour(shop.actor, { colour: '#123456' }));
    await database().query("INSERT INTO vendor_embeds (vendor_id, hosts) VALUES ($1, '{shop.example.ir}')", [
      shop.vendorId,
    ]);
    await ownerDb().$transaction((tx) => eraseAccount(tx, 'vendor', shop.vendorId, randomUUID()));
    const left = await database().query(
      'SELECT vendor_id FROM vendor_brands WHERE vendor_id = $1 UNION SELECT vendor_id FROM vendor_embeds WHERE vendor_id = $1',
      [shop.vendorId],
    );
    expect(left).toEqual([]);
  });
});
