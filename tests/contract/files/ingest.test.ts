import { createHash, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { genUploader } from 'uploadthing/client';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { newRandomId } from '#lib/core/random-id.ts';
import { fail } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { deleteImage } from '#lib/files/image/delete-image.ts';
import { readOriginal } from '#lib/files/image/read-image.ts';
import { findKeptPhoto } from '#lib/files/photo/find-kept-photo.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';
import { openUploads, type Uploads } from '#lib/files/upload/open-uploads.ts';
import type { UploadRouter } from '#lib/files/upload/router.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { filesUnder, newUser, newVendor, ownDataDir, stateOfUser } from '#tests/support/files.ts';
import { noise, quarters, scriptedSvg } from '#tests/support/pictures.ts';
import {
  askToUpload,
  put,
  type SignedAddress,
  signedAddress,
  storedBytes,
} from '#tests/support/upload-client.ts';

useTestDatabase();
const data = ownDataDir();
let photo: Buffer;
let large: Buffer;
let userId: string;
let vendorId: string;
let uploads: Uploads;

beforeAll(async () => {
  photo = await quarters(600, 400).jpeg().toBuffer();
  large = await noise(1000, 1000);
});
beforeEach(async () => {
  ({ userId } = await newUser());
  ({ vendorId } = await newVendor());
  uploads = openUploads({ userOf: async () => ({ userId }), vendorOf: async () => ({ vendorId }) });
});
afterAll(data.remove);

type Done = { image: { id: string; url: string } };

describe('an upload through the real SDK and our ingest', () => {
  test('becomes an image, answered as serverData, charged once', async () => {
    const { url } = await signedAddress(uploads, photo, { name: 'من و تو (1)\u2019s.jpg' });
    expect(url).toMatch(/^\/api\/ut\//);
    const { status, body } = await put(uploads, url, photo);
    expect(status).toBe(200);
    expect(body.fileHash).toBe(createHash('md5').update(photo).digest('hex'));
    const { image } = body.serverData as Done;
    const { used, images } = await stateOfUser(userId);
    expect([used, images.map(({ id }) => id)]).toEqual([1, [image.id]]);
    expect(images[0]?.fileName).toBe('من و تو (1)\u2019s.jpg');
    expect(image.url).not.toContain(url.split('/')[3]?.split('?')[0]);
    expect((await filesUnder(data.path)).filter((path) => path.endsWith('.part'))).toEqual([]);
  });

  test('is known again by its bytes, to its owner alone, until it is deleted', async () => {
    const { url } = await signedAddress(uploads, photo);
    const { image } = (await put(uploads, url, photo)).body.serverData as Done;
    const digest = createHash('sha256').update(photo).digest('hex');
    expect((await findKeptPhoto(userId, digest))?.id).toBe(image.id);
    expect(await findKeptPhoto((await newUser()).userId, digest)).toBeNull();
    const actor = { kind: 'user', userId, sessionId: '' } as const;
    expect(await deleteImage({ userId }, image.id, { actor, reason: 'owner' })).toMatchObject({ ok: true });
    expect(await findKeptPhoto(userId, digest)).toBeNull();
  });

  test('of a vendor goes to the gallery, many at once', async () => {
    const files = Array.from({ length: 3 }, (_, index) => ({
      name: `look-${index}.jpg`,
      size: photo.length,
      type: 'image/jpeg',
    }));
    const { body } = await askToUpload(uploads, files, { slug: 'gallery' });
    const answers = await Promise.all((body as SignedAddress[]).map(({ url }) => put(uploads, url, photo)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await db().image.count({ where: { vendorId, type: 'vendor' } })).toBe(3);
  });

  test('for an album that keeps originals is kept as it came, larger than elsewhere, with every byte of it', async () => {
    const albumId = randomUUID();
    const keepsSent = async (album: { vendorId: string; albumId: string }) =>
      album.vendorId === vendorId && album.albumId === albumId;
    const port = { userOf: async () => null, vendorOf: async () => ({ vendorId }), keepsSent };
    const vendors = openUploads(port);
    // What follows the picture belongs to the file, too.
    const heavy = Buffer.concat([photo, Buffer.alloc(11 * 1024 * 1024, 7)]);
    const files = [{ name: 'DSC_1.JPG', size: heavy.length, type: 'image/jpeg' }];
    const ask = (input?: object) => askToUpload(vendors, files, { slug: 'gallery', ...(input && { input }) });
    expect((await ask()).body).toMatchObject({ message: 'file.tooLarge' });
    const { body } = await ask({ albumId });
    const { serverData } = (await put(vendors, (body as SignedAddress[])[0]?.url ?? '', heavy)).body;
    const sent = await db().storedFile.findFirstOrThrow({ where: { sentOf: (serverData as Done).image.id } });
    expect((await fileStore().read(sent.id, 'original'))?.equals(heavy)).toBe(true);
  });

  test('is refused by its content, and the refusal is the answer', async () => {
    const { url } = await signedAddress(uploads, scriptedSvg);
    const { status, body } = await put(uploads, url, scriptedSvg);
    expect([status, body.serverData]).toEqual([200, { error: 'file.svg' }]);
    expect((await stateOfUser(userId)).used).toBe(0);
    expect((await put(uploads, url, scriptedSvg)).body.serverData).toEqual({ error: 'file.svg' });
  });
});

describe('before an address is signed', () => {
  const one = (over: object = {}) => [{ name: 'a.jpg', size: 1000, type: 'image/jpeg', ...over }];

  test.each([
    ['a file of 10 MiB and one byte', one({ size: 10 * 1024 * 1024 + 1 }), 413, 'file.tooLarge'],
    ['an empty file', one({ size: 0 }), 400, 'file.notPicture'],
    ['a negative size', one({ size: -1 }), 400, 'file.notPicture'],
    ['an SVG', one({ type: 'image/svg+xml' }), 400, 'file.svg'],
    ['a HEIC', one({ type: 'image/heic' }), 400, 'file.heic'],
    ['a film', one({ type: 'video/mp4' }), 400, 'file.notPicture'],
    ['a program', one({ type: 'application/x-msdownload' }), 400, 'file.notPicture'],
  ])('%s is refused', async (_name, files, status, message) => {
    expect(await askToUpload(uploads, files)).toEqual({ status, body: { message } });
  });

  test.each(['image/gif', 'image/avif', 'image/jpg', 'application/octet-stream', ''])(
    'a photo declared as "%s" may be sent: its bytes decide',
    async (type) => {
      expect((await askToUpload(uploads, one({ type }))).status).toBe(200);
    },
  );

  test('exactly 10 MiB are allowed', async () => {
    expect((await askToUpload(uploads, one({ size: 10 * 1024 * 1024 }))).status).toBe(200);
  });

  test('two photos at once are refused', async () => {
    expect((await askToUpload(uploads, [...one(), ...one()])).status).toBe(400);
  });

  test('somebody without a session is refused, whatever the other kind of account is', async () => {
    const nobody = openUploads({ userOf: async () => null, vendorOf: async () => ({ vendorId }) });
    expect(await askToUpload(nobody, one())).toEqual({ status: 403, body: { message: 'auth.required' } });
    const user = openUploads({ userOf: async () => ({ userId }), vendorOf: async () => null });
    expect((await askToUpload(user, one(), { slug: 'gallery' })).status).toBe(403);
  });

  test('an account without images left is refused', async () => {
    for (let count = 0; count < 5; count += 1) {
      await put(uploads, (await signedAddress(uploads, photo)).url, photo);
    }
    expect(await askToUpload(uploads, one())).toEqual({
      status: 403,
      body: { message: 'quota.imagesExceeded' },
    });
  });

  /** UploadThing's own client, whose code for a status it does not know is that the server is broken. */
  const told = async (from: Uploads, file: File, slug: 'photo' | 'gallery' = 'photo') => {
    const { uploadFiles } = genUploader<UploadRouter>({
      url: 'http://localhost:3000/api/uploadthing',
      fetch: (input, init) => from.route(new Request(input as URL, init)),
    });
    const thrown: unknown = await uploadFiles(slug, { files: [file] }).catch((error: unknown) => error);
    const { code, message } = thrown as { code?: string; message?: string };
    return [code, message];
  };

  test('UploadThing’s own client is told whose fault it is, and shows our code', async () => {
    const file = (type: string, size = 1000) => new File([new Uint8Array(size)], 'a.jpg', { type });
    const nobody = openUploads({ userOf: async () => null, vendorOf: async () => null });
    expect(await told(nobody, file('image/jpeg'))).toEqual(['FORBIDDEN', 'auth.required']);
    expect(await told(uploads, file('image/svg+xml'))).toEqual(['BAD_REQUEST', 'file.svg']);
    expect(await told(uploads, file('image/jpeg', 10 * 1024 * 1024 + 1))).toEqual([
      'TOO_LARGE',
      'file.tooLarge',
    ]);
    for (let count = 0; count < 5; count += 1) {
      await put(uploads, (await signedAddress(uploads, photo)).url, photo);
    }
    expect(await told(uploads, file('image/jpeg'))).toEqual(['FORBIDDEN', 'quota.imagesExceeded']);
  });

  test('a question of a hundred thousand bytes is not read to its end', async () => {
    const files = Array.from({ length: 2000 }, () => ({ name: 'a.jpg', size: 1000, type: 'image/jpeg' }));
    expect(await askToUpload(uploads, files)).toEqual({ status: 413, body: { message: 'input.invalid' } });
  });

  test('an unknown route, an unknown input and a forged callback lead nowhere', async () => {
    expect((await askToUpload(uploads, one(), { slug: 'avatar' })).status).toBe(404);
    const forged = await askToUpload(uploads, one(), { headers: { 'uploadthing-hook': 'callback' } });
    expect(forged.status).toBe(404);
    const known = await uploads.route(new Request('http://localhost:3000/api/uploadthing'));
    expect(((await known.json()) as { slug: string }[]).map(({ slug }) => slug)).toEqual([
      'photo',
      'gallery',
    ]);
  });
});

describe('the ingest', () => {
  test('goes on where a cut line left off, several times, and the picture is the one that was sent', async () => {
    const { url } = await signedAddress(uploads, large);
    expect(await storedBytes(uploads, url)).toBe(0);
    let start = 0;
    for (const share of [0.2, 0.5, 0.9]) {
      const cutAfter = Math.floor(large.length * share) - start;
      expect((await put(uploads, url, large, { start, cutAfter })).status).toBe(409);
      const stored = await storedBytes(uploads, url);
      expect(stored).toBeGreaterThan(start);
      start = stored;
    }
    const { status, body } = await put(uploads, url, large, { start });
    expect(status).toBe(200);
    expect(body.fileHash).toBe(createHash('md5').update(large).digest('hex'));
    expect((await stateOfUser(userId)).used).toBe(1);
    expect(await storedBytes(uploads, url)).toBe(large.length);
  });

  test('answers a repeated upload with the first answer and takes nothing twice', async () => {
    const { url } = await signedAddress(uploads, photo);
    const first = await put(uploads, url, photo);
    const again = await put(uploads, url, await quarters(300, 300).jpeg().toBuffer());
    expect(again.body.serverData).toEqual(first.body.serverData);
    const { used, images } = await stateOfUser(userId);
    expect([used, images.length]).toEqual([1, 1]);
  });

  test('gives the same bytes sent four times at once one image', async () => {
    const { url } = await signedAddress(uploads, photo);
    const answers = await Promise.all([1, 2, 3, 4].map(() => put(uploads, url, photo)));
    const images = answers
      .filter(({ status }) => status === 200)
      .map(({ body }) => (body.serverData as Done).image.id);
    expect(images.length).toBeGreaterThan(0);
    expect(new Set(images).size).toBe(1);
    expect((await stateOfUser(userId)).used).toBe(1);
  });

  test('refuses a forged, an expired and an unregistered address', async () => {
    const { url, key } = await signedAddress(uploads, photo);
    const refused = { status: 403, body: { error: 'file.linkInvalid' } };
    expect(await put(uploads, url.replace(`size=${photo.length}`, 'size=1'), photo)).toEqual(refused);
    expect(await put(uploads, url.replace(/(.{4})$/, '0000'), photo)).toEqual(refused);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 16 * 60_000 });
    expect(await put(uploads, url, photo)).toEqual(refused);
    vi.useRealTimers();
    await ownerDb().upload.deleteMany({ where: { key } });
    expect(await put(uploads, url, photo)).toEqual(refused);
    expect((await stateOfUser(userId)).used).toBe(0);
  });

  test('never lets a key that another upload has be taken', async () => {
    const { url, key } = await signedAddress(uploads, photo);
    const stranger = await newUser();
    // Keys have 30 bits of chance: the same one may be drawn for somebody else.
    await ownerDb().upload.update({
      where: { key },
      data: { id: newRandomId(), userId: stranger.userId },
    });
    expect(await put(uploads, url, photo)).toMatchObject({ status: 403 });
    expect((await stateOfUser(stranger.userId)).images).toEqual([]);
  });

  test('stops at the first byte too many and keeps what was allowed', async () => {
    const { url } = await signedAddress(uploads, photo);
    const longer = Buffer.concat([photo, Buffer.alloc(200_000)]);
    expect(await put(uploads, url, longer)).toMatchObject({ status: 413, body: { error: 'file.tooLarge' } });
    expect(await put(uploads, url, Buffer.concat([photo, Buffer.alloc(10)]))).toMatchObject({ status: 413 });
    expect(await storedBytes(uploads, url)).toBeLessThanOrEqual(photo.length);
    expect((await stateOfUser(userId)).used).toBe(0);
  });

  test('does not take a short body for the whole', async () => {
    const { url } = await signedAddress(uploads, photo);
    expect(await put(uploads, url, photo.subarray(0, 1000))).toMatchObject({
      status: 409,
      body: { error: 'file.uploadIncomplete' },
    });
    expect(await put(uploads, url, photo, { start: 2000 })).toMatchObject({ status: 409 });
    expect((await put(uploads, url, photo, { start: 1000 })).status).toBe(200);
  });

  test('tries again when our own disk was full, and charges once', async () => {
    const { url } = await signedAddress(uploads, photo);
    const full = vi.spyOn(fileStore(), 'put').mockResolvedValue(fail('file.storageFull', 'ENOSPC'));
    expect((await put(uploads, url, photo)).body.serverData).toEqual({ error: 'file.storageFull' });
    full.mockRestore();
    expect((await stateOfUser(userId)).used).toBe(0);
    expect((await put(uploads, url, photo)).body.serverData).toHaveProperty('image');
    expect((await stateOfUser(userId)).used).toBe(1);
  });

  test('takes over an upload whose process died while it was accepted', async () => {
    const { url, customId } = await signedAddress(uploads, photo);
    await put(uploads, url, photo.subarray(0, 100));
    await writeFile(join(data.path, 'uploads', `${customId}.part`), photo);
    await ownerDb().$executeRaw`
      UPDATE uploads SET state = 'accepting', claimed_at = now() - interval '2 minutes' WHERE id = ${customId}`;
    expect((await put(uploads, url, photo, { start: photo.length })).body.serverData).toHaveProperty('image');
    expect((await stateOfUser(userId)).used).toBe(1);
  });

  test('keeps what two processes on one disk and one database take for each other', async () => {
    const other = openUploads({ userOf: async () => ({ userId }), vendorOf: async () => null });
    const { url } = await signedAddress(uploads, large);
    await put(uploads, url, large, { cutAfter: 100_000 });
    const start = await storedBytes(other, url);
    expect(start).toBeGreaterThan(0);
    const { body } = await put(other, url, large, { start });
    const original = await readOriginal((body.serverData as Done).image.id);
    expect(original.ok).toBe(true);
    expect((await put(uploads, url, large)).body.serverData).toEqual(body.serverData);
  });
});
