import { execFileSync, fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharp } from '#lib/core/threads/image-runtime.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';
import { addPhoto } from '#lib/files/upload/add-image.ts';
import { openUploads, type Uploads } from '#lib/files/upload/open-uploads.ts';
import { uploadParts } from '#lib/files/upload/part-store.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { filesUnder, newUser, ownDataDir, stateOfUser } from '#tests/support/files.ts';
import { noise, quarters } from '#tests/support/pictures.ts';
import {
  askToUpload,
  put,
  type SignedAddress,
  signedAddress,
  storedBytes,
} from '#tests/support/upload-client.ts';

const database = useTestDatabase();
const data = ownDataDir();
let photo: Buffer;
let userId: string;
let uploads: Uploads;

beforeAll(async () => {
  photo = await quarters(600, 400).jpeg().toBuffer();
  ({ userId } = await newUser());
  uploads = openUploads({ userOf: async () => ({ userId }), vendorOf: async () => null });
});
afterAll(data.remove);

test('9.5 MB over a line that is cut five times arrive once, byte for byte', async () => {
  // Noise does not compress: as a JPEG of high quality it is about as large as its pixels.
  const pixels = randomBytes(2200 * 1900 * 3);
  const picture = await sharp(pixels, { raw: { width: 2200, height: 1900, channels: 3 } })
    .jpeg({ quality: 88 })
    .toBuffer();
  const large = Buffer.concat([picture, Buffer.alloc(Math.max(0, 9_500_000 - picture.length))]).subarray(
    0,
    10_485_760,
  );
  const { url, customId } = await signedAddress(uploads, large);
  let start = 0;
  for (const share of [0.1, 0.35, 0.36, 0.7, 0.98]) {
    await put(uploads, url, large, { start, cutAfter: Math.floor(large.length * share) - start });
    start = await storedBytes(uploads, url);
    const arrived = await uploadParts().read(customId);
    const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    expect(digest(arrived ?? Buffer.alloc(0))).toBe(digest(large.subarray(0, start)));
  }
  const { body } = await put(uploads, url, large, { start });
  expect(body.fileHash).toBe(createHash('md5').update(large).digest('hex'));
  expect((await stateOfUser(userId)).used).toBe(1);
}, 90_000);

test('of 20 uploads with five places left five get an address, and one is taken when four places go elsewhere', async () => {
  const { userId: crowded } = await newUser();
  const mine = openUploads({ userOf: async () => ({ userId: crowded }), vendorOf: async () => null });
  const asked = await Promise.all(
    Array.from({ length: 20 }, (_, turn) =>
      askToUpload(mine, [{ name: `${turn}.jpg`, size: photo.length, type: 'image/jpeg' }]),
    ),
  );
  const addresses = asked.flatMap(({ status, body }) => (status === 200 ? (body as SignedAddress[]) : []));
  expect(addresses).toHaveLength(5);
  for (let count = 0; count < 4; count += 1) {
    await addPhoto({ userId: crowded, fileName: 'a.jpg', source: photo });
  }
  const before = (await filesUnder(data.path)).length;
  const answers = await Promise.all(addresses.map(({ url }) => put(mine, url, photo)));
  const taken = answers.filter(({ body }) => 'image' in ((body.serverData as object) ?? {}));
  expect(taken.length).toBe(1);
  const refused = answers.filter((answer) => !taken.includes(answer)).map(({ body }) => body.serverData);
  expect(new Set(refused.map((answer) => JSON.stringify(answer)))).toEqual(
    new Set([JSON.stringify({ error: 'quota.imagesExceeded' })]),
  );
  expect((await stateOfUser(crowded)).left).toBe(0);
  expect((await filesUnder(data.path)).length).toBe(before + 4);
  expect((await askToUpload(mine, [{ name: 'a.jpg', size: 9, type: 'image/jpeg' }])).status).toBe(403);
}, 60_000);

/** Root can make a disk of any size; nobody else can. */
function smallDisk(path: string, kilobytes: number): boolean {
  mkdirSync(path, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('a disk that is full', () => {
  const stored = join(data.path, 'files');
  const arriving = join(data.path, 'uploads');
  const mounted: string[] = [];
  afterAll(() => {
    for (const path of mounted) execFileSync('umount', ['-l', path]);
  });

  test('for stored pictures: refused as such, no row, no charge, no file; what is there is still read', async (context) => {
    const { userId: somebody } = await newUser();
    if (!smallDisk(stored, 512)) return context.skip('mounting a small disk needs root');
    mounted.push(stored);
    const first = await addPhoto({ userId: somebody, fileName: 'a.jpg', source: photo });
    if (!first.ok) throw new Error(first.detail);
    const filler = join(stored, 'filler');
    writeFileSync(filler, Buffer.alloc(300 * 1024));
    const noisy = await sharp(randomBytes(700 * 500 * 3), { raw: { width: 700, height: 500, channels: 3 } })
      .jpeg({ quality: 90 })
      .toBuffer();
    const before = await filesUnder(stored);
    const { url } = await signedAddress(
      openUploads({ userOf: async () => ({ userId: somebody }), vendorOf: async () => null }),
      noisy,
    );
    expect((await put(uploads, url, noisy)).body.serverData).toEqual({ error: 'file.storageFull' });
    expect(await filesUnder(stored)).toEqual(before);
    expect((await stateOfUser(somebody)).used).toBe(1);
    const id = first.value.url.split('/')[3] ?? '';
    expect((await fileStore().read(id, 'original'))?.length).toBeGreaterThan(0);
    execFileSync('mount', ['-o', 'remount,size=16m', stored]);
    // The same bytes are there still: nothing has to be sent again.
    expect((await put(uploads, url, noisy, { start: noisy.length })).body.serverData).toHaveProperty('image');
  });

  test('for bytes on their way: answered with 507, and gone on with when there is room', async (context) => {
    if (!smallDisk(arriving, 64)) return context.skip('mounting a small disk needs root');
    mounted.push(arriving);
    const { userId: somebody } = await newUser();
    const mine = openUploads({ userOf: async () => ({ userId: somebody }), vendorOf: async () => null });
    const large = await sharp(randomBytes(300 * 200 * 3), { raw: { width: 300, height: 200, channels: 3 } })
      .png()
      .toBuffer();
    const { url } = await signedAddress(mine, large);
    expect(await put(mine, url, large)).toEqual({ status: 507, body: { error: 'file.storageFull' } });
    expect((await stateOfUser(somebody)).images).toEqual([]);
    execFileSync('mount', ['-o', 'remount,size=2048k', arriving]);
    const start = await storedBytes(mine, url);
    expect((await put(mine, url, large, { start })).body.serverData).toHaveProperty('image');
    expect(await readdir(arriving)).toEqual([]);
  });
});

test('two processes on one disk and one database go on with each other’s uploads and serve them', async () => {
  const { userId: somebody } = await newUser();
  const large = await noise(600, 600);
  const mine = openUploads({ userOf: async () => ({ userId: somebody }), vendorOf: async () => null });
  const { url } = await signedAddress(mine, large);
  await put(mine, url, large, { cutAfter: Math.floor(large.length / 2) });
  const start = await storedBytes(mine, url);
  expect(start).toBeGreaterThan(0);
  const other = fork(new URL('../../support/processes/upload-process.ts', import.meta.url), {
    env: { ...process.env, DATABASE_URL: database().url, TEST_USER_ID: somebody },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  try {
    await new Promise((resolve) => other.once('message', resolve));
    const ask = (question: object) =>
      new Promise<{ status: number; stored: number; image?: { id: string; url: string }; bytes: string }>(
        (resolve) => {
          other.once('message', (answer) => resolve(answer as never));
          other.send(question);
        },
      );
    expect((await ask({ head: url })).stored).toBe(start);
    const done = await ask({ put: url, bytes: large.toString('base64'), start });
    expect(done.status).toBe(200);
    expect((await stateOfUser(somebody)).images.map(({ id }) => id)).toEqual([done.image?.id]);
    const here = await addPhoto({ userId: somebody, fileName: 'b.jpg', source: photo });
    if (!here.ok) throw new Error(here.detail);
    const id = here.value.url.split('/')[3] ?? '';
    const served = await ask({ get: here.value.url });
    expect(served.status).toBe(200);
    expect(served.bytes).toBe((await fileStore().read(id, 'original'))?.toString('base64'));
  } finally {
    other.kill();
  }
}, 60_000);
