import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { fail } from '#lib/core/result.ts';
import { sharp } from '#lib/core/threads/image-runtime.ts';
import { db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { findImageViews } from '#lib/files/image/find-image-views.ts';
import { readOriginal } from '#lib/files/image/read-image.ts';
import { prepareResult, recordResult, storeResult } from '#lib/files/result/add-result.ts';
import type { FileSizes } from '#lib/files/storage/file-store.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';
import { addGalleryImage, addPhoto } from '#lib/files/upload/add-image.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { filesUnder, newUser, newVendor, ownDataDir, stateOfUser } from '#tests/support/files.ts';
import { quarters, scriptedSvg } from '#tests/support/pictures.ts';

useTestDatabase();
const data = ownDataDir();
let photo: Buffer;

beforeAll(async () => {
  photo = await quarters(600, 400).jpeg().toBuffer();
});
afterAll(data.remove);

async function added(userId: string, fileName = 'photo.jpg') {
  const result = await addPhoto({ userId, fileName, source: photo });
  if (!result.ok) throw new Error(result.detail);
  return result.value;
}

describe('a photo that is taken in', () => {
  test('is recorded, charged once and kept in every size', async () => {
    const { userId } = await newUser();
    const view = await added(userId, 'me.jpg');
    const { used, left, images } = await stateOfUser(userId);
    expect([used, left, images.length]).toEqual([1, 4, 1]);
    const file = images[0]?.storedFile;
    expect(images[0]).toMatchObject({
      id: view.id,
      type: 'user',
      fileName: 'me.jpg',
      mimeType: 'image/jpeg',
      width: 600,
      height: 400,
      isPublic: false,
      originalUrl: view.url,
      thumbnailUrl: view.thumbUrl,
      thumbhash: view.thumbhash,
    });
    expect(view.url).toBe(`/api/files/${file?.id}/original`);
    expect(file).toMatchObject({ userId, vendorId: null, isPublic: false });
    expect(Object.keys(file?.variants as object).sort()).toEqual(['original', 'w1280', 'w320', 'w640']);
    const bytes = await readOriginal(view.id);
    expect(bytes.ok && createHash('sha256').update(bytes.value).digest('hex')).toBe(file?.sha256);
    expect(await findImageViews([view.id])).toEqual(new Map([[view.id, view]]));
  });

  test('may come from a path, as the headless conversion sends it', async () => {
    const { userId } = await newUser();
    const path = join(data.path, 'camera.jpg');
    await writeFile(path, photo);
    expect(await addPhoto({ userId, fileName: 'camera.jpg', source: path })).toMatchObject({ ok: true });
  });

  test('of a vendor comes off the free gallery', async () => {
    const { vendorId } = await newVendor();
    expect(await addGalleryImage({ vendorId, fileName: 'look.jpg', source: photo })).toMatchObject({
      ok: true,
    });
    expect(await db().vendor.findUniqueOrThrow({ where: { id: vendorId } })).toMatchObject({
      freeGalleryRemaining: 9,
    });
  });

  test.each([
    ['../../etc/passwd.jpg', 'passwd.jpg'],
    ['C:\\fakepath\\me.jpg', 'me.jpg'],
    ['invoice\u202Egpj.exe', 'invoicegpj.exe'],
    ['a\u0000b\nc.jpg', 'abc.jpg'],
    ['عکس\u200cهای من.jpg', 'عکس\u200cهای من.jpg'],
    ['...', 'photo'],
    [`${'n'.repeat(5000)}.jpeg`, `${'n'.repeat(115)}.jpeg`],
  ])('called %j is shown as %j', async (given, shown) => {
    const { userId } = await newUser();
    await added(userId, given);
    expect((await stateOfUser(userId)).images[0]?.fileName).toBe(shown);
  });
});

describe('a photo that is refused leaves no row, no file and no charge', () => {
  async function refused(userId: string, source: Buffer | string, code: string) {
    const before = { files: await filesUnder(data.path), state: await stateOfUser(userId) };
    expect(await addPhoto({ userId, fileName: 'x.jpg', source })).toMatchObject({ ok: false, code });
    expect({ files: await filesUnder(data.path), state: await stateOfUser(userId) }).toEqual(before);
  }

  test('because of what it is', async () => {
    const { userId } = await newUser();
    await refused(userId, scriptedSvg, 'file.svg');
    await refused(userId, photo.subarray(0, photo.length / 2), 'file.damaged');
    await refused(userId, '/no/such/photo.jpg', 'file.unreadable');
  });

  test('because the account has no images left', async () => {
    const { userId } = await newUser();
    for (let count = 0; count < 5; count += 1) await added(userId);
    await refused(userId, photo, 'quota.imagesExceeded');
  });

  test('because the account was suspended', async () => {
    const { userId } = await newUser();
    await ownerDb().user.update({ where: { id: userId }, data: { isActive: false } });
    await refused(userId, photo, 'account.inactive');
  });

  test('because the disk is full', async () => {
    const { userId } = await newUser();
    // Here its answer alone, when two of four files are written; a real full disk stands in faults.test.ts.
    const { put } = fileStore();
    const full = vi.spyOn(fileStore(), 'put').mockImplementation(async (id, { w320, w640 }, access) => {
      await put(id, { w320, w640 } as FileSizes, access);
      return fail('file.storageFull', 'ENOSPC');
    });
    await refused(userId, photo, 'file.storageFull');
    full.mockRestore();
  });

  test('because the database broke in the middle', async () => {
    const { userId } = await newUser();
    const before = await filesUnder(data.path);
    await expect(addPhoto({ userId: 'not-a-uuid', fileName: 'x.jpg', source: photo })).rejects.toThrow();
    expect(await filesUnder(data.path)).toEqual(before);
    expect((await stateOfUser(userId)).used).toBe(0);
  });
});

test('of 20 photos sent at once with two images left, exactly two are kept and charged', async () => {
  const { userId } = await newUser();
  for (let count = 0; count < 3; count += 1) await added(userId);
  const before = (await filesUnder(data.path)).length;
  const results = await Promise.all(
    Array.from({ length: 20 }, () => addPhoto({ userId, fileName: 'x.jpg', source: photo })),
  );
  const codes = results.map((result) => (result.ok ? 'ok' : result.code));
  expect(codes.filter((code) => code === 'ok')).toHaveLength(2);
  expect(codes.filter((code) => code === 'quota.imagesExceeded')).toHaveLength(18);
  const { used, left, images } = await stateOfUser(userId);
  expect([used, left, images.length]).toEqual([5, 0, 5]);
  expect((await filesUnder(data.path)).length - before).toBe(2 * 4);
});

test('of 20 gallery pictures sent at once with one slot left, exactly one is kept and none is orphaned', async () => {
  const { vendorId } = await newVendor();
  await ownerDb().vendor.update({ where: { id: vendorId }, data: { freeGalleryRemaining: 1 } });
  const before = (await filesUnder(data.path)).length;
  const results = await Promise.all(
    Array.from({ length: 20 }, () => addGalleryImage({ vendorId, fileName: 'x.jpg', source: photo })),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect(await db().image.count({ where: { vendorId } })).toBe(1);
  expect((await filesUnder(data.path)).length - before).toBe(4);
});

describe('a result', () => {
  const keepResult = async (jpeg: Buffer) => {
    const prepared = await prepareResult(jpeg);
    return prepared.ok ? storeResult(prepared.value) : prepared;
  };

  test('is kept byte for byte, with its sizes, and charges nothing', async () => {
    const { userId } = await newUser();
    const stored = await keepResult(photo);
    if (!stored.ok) throw new Error(stored.detail);
    const recorded = await transact(async (tx) => ({
      ok: true as const,
      value: await recordResult(tx, stored.value, {
        userId,
        fileName: 'ink.jpg',
        verdict: { moderation: 'accepted', reason: null, scores: {} },
      }),
    }));
    if (!recorded.ok) throw new Error(recorded.detail);
    const { used, images } = await stateOfUser(userId);
    expect(used).toBe(0);
    expect(images[0]).toMatchObject({ type: 'result', userId, quotaPool: null });
    const kept = await readOriginal(recorded.value.id);
    expect(kept.ok && kept.value.equals(photo)).toBe(true);
    const small = await fileStore().read(stored.value.fileId, 'w320');
    expect((await sharp(small ?? Buffer.alloc(0)).metadata()).width).toBe(320);
  });
});
