import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { exportAccount } from '#lib/account/export-account.ts';
import { findAvatarFile } from '#lib/account/export-store.ts';
import { newRandomId } from '#lib/core/random-id.ts';
import { db } from '#lib/db/client.ts';
import { publishImage, trashImage } from '#lib/files/image/publish-image.ts';
import { serveFile } from '#lib/files/image/serve-file.ts';
import { serveOwnSent } from '#lib/files/sent/serve-own-sent.ts';
import { findSentSpace } from '#lib/files/sent/store.ts';
import { fileRemover, fileStore } from '#lib/files/storage/open-store.ts';
import { openInventory } from '#lib/files/sweep/open-inventory.ts';
import { listSizesAfter } from '#lib/files/sweep/store.ts';
import { sweepFiles } from '#lib/files/sweep/sweep-files.ts';
import { addGalleryImage } from '#lib/files/upload/add-image.ts';
import { reserveFiles } from '#lib/files/upload/reserve-files.ts';
import { updateAlbum } from '#lib/gallery/album/change-album.ts';
import { dropSentFiles } from '#lib/gallery/album/drop-sent-files.ts';
import { keepsSent, placeUpload } from '#lib/gallery/library/place-upload.ts';
import { purgeImages } from '#lib/gallery/library/trash-images.ts';
import { listNotices } from '#lib/notifications/notice/read-notices.ts';
import { createAlbumLink } from '#lib/sharing/album-link/create-album-link.ts';
import { createAlbumLinkInput } from '#lib/sharing/album-link/input.ts';
import { serveLinkedImage } from '#lib/sharing/album-link/serve-linked-image.ts';
import { zipAlbum } from '#lib/sharing/album-link/zip-album.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { filesUnder, newVendor, ownDataDir } from '#tests/support/files.ts';
import { must, newGallery, plainManners } from '#tests/support/galleries.ts';
import { quarters } from '#tests/support/pictures.ts';

useTestDatabase();
const data = ownDataDir();
afterAll(data.remove);

/** As a camera writes it: turned by its metadata, with a place in it. */
let camera: Buffer;
let gallery: Awaited<ReturnType<typeof newGallery>>;
let albumId: string;

beforeAll(async () => {
  camera = await quarters(300, 200)
    .jpeg({ quality: 97 })
    .withExif({ IFD0: { Make: 'Camera' }, IFD3: { GPSLatitude: '35/1 41/1 0/1', GPSLatitudeRef: 'N' } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
});

beforeEach(async () => {
  gallery = await newGallery();
  albumId = await gallery.addAlbum({ isPublic: false });
  await ownerDb().album.update({ where: { id: albumId }, data: { keepsSent: true } });
});

/** Sends a file to the album, as the ingest hands it on. */
async function send(fileName = 'DSC_0001.JPG', source = camera) {
  const { vendorId } = gallery;
  return addGalleryImage({
    vendorId,
    fileName,
    source,
    keepsSent: await keepsSent({ vendorId, albumId }),
    place: (tx, imageId) => placeUpload(tx, { vendorId, albumId, imageId }),
  });
}

async function newLink(more: Partial<Parameters<typeof createAlbumLink>[1]> = {}): Promise<string> {
  const wanted = {
    ...plainManners,
    albumId,
    name: null,
    days: 30,
    password: null,
    mayDownload: true,
  } as const;
  const { path } = must(await createAlbumLink(gallery.actor, { ...wanted, givesSent: true, ...more }));
  return path.slice('/a/'.length);
}

const asked = (headers: HeadersInit = {}) => new Request('http://localhost/x?download=1', { headers });
const sentRows = () =>
  db().storedFile.findMany({ where: { sentOf: { not: null }, vendorId: gallery.vendorId } });
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

async function fillUp(left: number): Promise<void> {
  const { space } = await findSentSpace(gallery.vendorId);
  const { id } = must(await send('filler.jpg'));
  await ownerDb()
    .$executeRaw`UPDATE stored_files SET byte_size = ${space - left}::bigint WHERE sent_of = ${id}::uuid`;
}

test('a visitor whose link allows it gets the very bytes that were sent, under their own name, also in parts', async () => {
  const { id } = must(await send());
  const token = await newLink();
  const address = { token, imageId: id, variant: 'sent' };
  const answer = await serveLinkedImage(asked(), address);
  expect(answer.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''DSC_0001.JPG");
  expect(answer.headers.get('content-type')).toBe('image/jpeg');
  expect(answer.headers.get('cache-control')).toContain('no-store');
  const got = await bytesOf(answer);
  expect(got.equals(camera)).toBe(true);
  expect((await sharp(got).metadata()).exif).toBeDefined();
  const part = await serveLinkedImage(asked({ range: 'bytes=10-19' }), address);
  expect([part.status, (await bytesOf(part)).equals(camera.subarray(10, 20))]).toEqual([206, true]);
  // What is shown is another file: turned upright, without a word of the camera's.
  const shown = await bytesOf(await serveLinkedImage(asked(), { ...address, variant: 'original' }));
  expect(await sharp(shown).metadata()).toMatchObject({ width: 200, height: 300 });
  expect((await sharp(shown).metadata()).exif).toBeUndefined();
});

test('a link that does not give originals, or nothing to download, gives none', async () => {
  const { id } = must(await send());
  for (const more of [{ givesSent: false }, { givesSent: false, mayDownload: false }]) {
    const answer = await serveLinkedImage(asked(), {
      token: await newLink(more),
      imageId: id,
      variant: 'sent',
    });
    expect(answer.status).toBe(404);
  }
  const input = {
    ...plainManners,
    closingWords: '',
    albumId,
    name: '',
    days: 7,
    password: '',
    givesSent: true,
  };
  expect(createAlbumLinkInput.parse(input).givesSent).toBe(false);
});

test('the whole album comes as a ZIP of what was sent; two files of one name are told apart', async () => {
  const png = await quarters(90, 90).png().toBuffer();
  must(await send('DSC_0001.JPG'));
  must(await send('dsc_0001.jpg', await quarters(80, 60).jpeg().toBuffer()));
  must(await send('drawing.jpg', png));
  await ownerDb().album.update({ where: { id: albumId }, data: { keepsSent: false } });
  const shown = must(await send('later.jpg'));
  const answer = await zipAlbum(asked({ 'sec-fetch-site': 'same-origin' }), await newLink());
  const zip = await bytesOf(answer);
  expect(zip.length).toBe(Number(answer.headers.get('content-length')));
  const text = zip.toString('latin1');
  for (const name of ['DSC_0001.JPG', 'dsc_0001 (2).jpg', 'drawing.jpg.png', 'later.jpg']) {
    expect(text).toContain(name);
  }
  expect([zip.indexOf(camera) > 0, zip.indexOf(png) > 0]).toEqual([true, true]);
  const kept = await fileStore().read(shown.url.split('/')[3] ?? '', 'original');
  expect(zip.indexOf(kept ?? Buffer.from('nothing'))).toBeGreaterThan(0);
});

test('it is private whatever becomes of its picture, and no address of a file opens it', async () => {
  const { id } = must(await send());
  const [before] = await sentRows();
  must(await publishImage(gallery.actor, id));
  const [after] = await sentRows();
  expect([after?.id, after?.isPublic]).toEqual([before?.id, false]);
  const ports = { store: fileStore(), userOf: async () => null, vendorOf: async () => gallery.actor };
  const own = await serveFile(new Request('http://localhost/'), after?.id ?? '', 'original', ports);
  expect(own.status).toBe(404);
  expect(await findAvatarFile('vendor', gallery.vendorId)).toBeNull();
});

test('its vendor has it, another vendor finds nothing', async () => {
  const { id } = must(await send());
  expect((await bytesOf(must(await serveOwnSent(asked(), gallery.actor, id)))).equals(camera)).toBe(true);
  const other = { ...gallery.actor, vendorId: (await newVendor()).vendorId };
  expect(await serveOwnSent(asked(), other, id)).toMatchObject({ ok: false, code: 'notFound' });
});

test('what does not fit the space is refused before a byte and again at the end, with nothing kept and nothing charged', async () => {
  await fillUp(camera.length + 10);
  const { vendorId } = gallery;
  const left = async () =>
    (await db().vendor.findUniqueOrThrow({ where: { id: vendorId } })).freeGalleryRemaining;
  const before = [await left(), (await filesUnder(data.path)).length];
  const upload = { id: newRandomId(), fileName: 'a.jpg', mimeType: 'image/jpeg' };
  const full = { ok: false, code: 'quota.originalsFull' };
  expect(await reserveFiles({ vendorId }, [{ ...upload, fileSize: camera.length + 11 }], true)).toMatchObject(
    full,
  );
  // Two at once, where one fits.
  const both = await Promise.all([send('one.jpg'), send('two.jpg')]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both.find(({ ok }) => !ok)).toMatchObject(full);
  expect(await left()).toBe((before[0] ?? 0) - 1);
  expect((await filesUnder(data.path)).length).toBe((before[1] ?? 0) + 5);
  // Where nothing is kept as it was sent, pictures come in as ever.
  await ownerDb().album.update({ where: { id: albumId }, data: { keepsSent: false } });
  expect(await send('three.jpg')).toMatchObject({ ok: true });
});

test('files are larger only where they are kept as they are', async () => {
  const { vendorId } = gallery;
  const fileSize = 30 * 1024 * 1024;
  const files = () => [{ id: newRandomId(), fileName: 'a.jpg', fileSize, mimeType: 'image/jpeg' }];
  expect(await reserveFiles({ vendorId }, files())).toMatchObject({ code: 'file.tooLarge' });
  expect(await reserveFiles({ vendorId }, files(), true)).toMatchObject({ ok: true });
});

test('it goes with its picture, and by itself when its vendor wants the space back', async () => {
  const [kept, gone] = [must(await send('a.jpg')), must(await send('b.jpg'))];
  const rows = await sentRows();
  const fileOf = (id: string) => rows.find((row) => row.sentOf === id)?.id ?? '';
  must(await trashImage(gallery.actor, gone.id));
  expect(await fileStore().read(fileOf(gone.id), 'original')).not.toBeNull();
  must(await purgeImages(gallery.actor, [gone.id]));
  expect(await fileStore().read(fileOf(gone.id), 'original')).toBeNull();
  expect(must(await dropSentFiles(gallery.actor, { id: albumId }))).toEqual({ left: 0 });
  expect(await fileStore().read(fileOf(kept.id), 'original')).toBeNull();
  expect([await sentRows(), (await findSentSpace(gallery.vendorId)).used]).toEqual([[], 0]);
  const shown = await serveLinkedImage(asked(), {
    token: await newLink(),
    imageId: kept.id,
    variant: 'original',
  });
  expect(shown.status).toBe(200);
  const stranger = { ...gallery.actor, vendorId: (await newVendor()).vendorId };
  expect(await dropSentFiles(stranger, { id: albumId })).toMatchObject({ code: 'notFound' });
});

test('the switch is the album form’s; a page from before this release leaves it as it is', async () => {
  const form = { id: albumId, title: 'x', description: '', imageOrder: 'manual', isStyleKit: false } as const;
  must(await updateAlbum(gallery.actor, form));
  expect(await keepsSent({ vendorId: gallery.vendorId, albumId })).toBe(true);
  must(await updateAlbum(gallery.actor, { ...form, keepsSent: false }));
  expect(await keepsSent({ vendorId: gallery.vendorId, albumId })).toBe(false);
  expect(await keepsSent({ vendorId: (await newVendor()).vendorId, albumId })).toBe(false);
});

test('a move of files, the sweep and the archive of an account know it', async () => {
  const { id } = must(await send());
  const [row] = await sentRows();
  const fileId = row?.id ?? '';
  expect(row?.sha256).toBe(createHash('sha256').update(camera).digest('hex'));
  const before = (BigInt(`0x${fileId}`) - 1n).toString(16).padStart(32, '0');
  expect(await listSizesAfter(before, 1)).toEqual([{ fileId, isPublic: false, sizes: ['original'] }]);
  const archive = must(await exportAccount(gallery.actor));
  const zip = Buffer.from(await new Response(archive).arrayBuffer());
  expect([zip.includes(`originals/${id}/DSC_0001.JPG`), zip.indexOf(camera) > 0]).toEqual([true, true]);

  const weeks = new Date(Date.now() - 15 * 86_400_000);
  await ownerDb().storedFile.update({ where: { id: fileId }, data: { createdAt: weeks, missingAt: weeks } });
  await fileRemover().remove(fileId);
  must(await sweepFiles({ inventory: openInventory(), repair: true }));
  expect([await sentRows(), await db().image.count({ where: { id } })]).toEqual([[], 1]);
  const notices = await listNotices({ kind: 'vendor', accountId: gallery.vendorId });
  expect(notices).toMatchObject([{ kind: 'picture.lost', data: { what: 'sent' } }]);
});
