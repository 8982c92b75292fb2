import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { newRandomId } from '#lib/core/random-id.ts';
import { db } from '#lib/db/client.ts';
import { openInventory } from '#lib/files/sweep/open-inventory.ts';
import { sweepFiles } from '#lib/files/sweep/sweep-files.ts';
import { addGalleryImage } from '#lib/files/upload/add-image.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { newVendor, ownDataDir } from '#tests/support/files.ts';
import { quarters } from '#tests/support/pictures.ts';

useTestDatabase();
const data = ownDataDir();
const root = join(data.path, 'files');
const folderOf = (id: string) => join(root, id.slice(0, 2), id.slice(2, 4), id);
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
afterAll(data.remove);
beforeEach(async () => {
  await ownerDb().image.deleteMany();
  await ownerDb().fileStoreMark.deleteMany();
  await rm(root, { recursive: true, force: true });
});

/** A stored picture with its row, as if it had come days ago. */
async function stored(days: number): Promise<{ id: string; fileId: string; vendorId: string }> {
  const { vendorId } = await newVendor();
  const source = await quarters(80, 60).jpeg().toBuffer();
  const added = await addGalleryImage({ vendorId, fileName: 'a.jpg', source });
  if (!added.ok) throw new Error(added.detail);
  const fileId = added.value.url.split('/')[3] ?? '';
  await ownerDb().storedFile.update({ where: { id: fileId }, data: { createdAt: daysAgo(days) } });
  await utimes(folderOf(fileId), daysAgo(days), daysAgo(days));
  return { id: added.value.id, fileId, vendorId };
}

/** Files that no row names. */
async function orphan(days: number): Promise<string> {
  const id = newRandomId();
  await mkdir(folderOf(id), { recursive: true });
  await writeFile(join(folderOf(id), 'original'), 'bytes');
  await utimes(folderOf(id), daysAgo(days), daysAgo(days));
  return id;
}

const sweep = (repair = true, now = new Date()) => sweepFiles({ inventory: openInventory(), repair, now });
const trash = () => readdir(join(root, '.trash')).catch(() => []);

test('files without a row go to the trash after a day, and are gone after a week there', async () => {
  await stored(3);
  const [old, fresh] = [await orphan(2), await orphan(0.5)];
  const seen = await sweep(false);
  expect(seen).toMatchObject({ ok: true, value: { filesWithoutRow: [old], rowsWithoutFile: [] } });
  expect([await trash(), await openInventory().readMark()]).toEqual([[], null]);
  expect(await sweep()).toMatchObject({ value: { repaired: { trashed: 1, emptied: 0 } } });
  expect(await trash()).toEqual([old]);
  expect(await openInventory().has(fresh)).toBe(true);
  await utimes(join(root, '.trash', old), daysAgo(8), daysAgo(8));
  expect(await sweep()).toMatchObject({ value: { filesWithoutRow: [], repaired: { emptied: 1 } } });
  expect(await trash()).toEqual([]);
});

test('a row without its file is watched for a week, forgiven when the file comes back, then deleted', async () => {
  await stored(3);
  const back = await stored(3);
  const lost = await stored(3);
  await rm(folderOf(back.fileId), { recursive: true });
  await rm(folderOf(lost.fileId), { recursive: true });
  expect(await sweep()).toMatchObject({ value: { repaired: { watched: 2, deletedRows: 0 } } });
  await mkdir(folderOf(back.fileId), { recursive: true });
  await writeFile(join(folderOf(back.fileId), 'original'), 'bytes');
  await sweep();
  expect(await db().storedFile.findUnique({ where: { id: back.fileId } })).toMatchObject({ missingAt: null });
  await ownerDb().storedFile.update({ where: { id: lost.fileId }, data: { missingAt: daysAgo(8) } });
  expect(await sweep()).toMatchObject({ value: { repaired: { watched: 0, deletedRows: 1 } } });
  expect(await db().image.count({ where: { id: lost.id } })).toBe(0);
  expect(
    await db().auditLog.findFirst({ where: { resourceId: lost.id, action: 'image.lose' } }),
  ).toMatchObject({ actorType: 'system', metadata: { fileId: lost.fileId } });
});

test('a fresh upload is never touched, whichever half of it is written first', async () => {
  await stored(3);
  await sweep();
  const fresh = await stored(0);
  const id = await orphan(0);
  await rm(folderOf(fresh.fileId), { recursive: true });
  expect(await sweep()).toMatchObject({ value: { filesWithoutRow: [], rowsWithoutFile: [] } });
  expect(await openInventory().has(id)).toBe(true);
});

test('with the address of another database nothing is touched', async () => {
  await stored(3);
  await sweep();
  const id = await orphan(3);
  await ownerDb().fileStoreMark.updateMany({ data: { mark: newRandomId() } });
  expect(await sweep()).toMatchObject({ ok: false, code: 'state.illegal' });
  // A database that is new, too.
  await ownerDb().fileStoreMark.deleteMany();
  expect(await sweep()).toMatchObject({ ok: false, code: 'state.illegal' });
  await rm(join(root, '.store-mark'));
  await ownerDb().image.deleteMany();
  expect(await sweep()).toMatchObject({ ok: false, code: 'state.illegal' });
  expect([await openInventory().has(id), await trash()]).toEqual([true, []]);
});

test('before its disk is mounted nothing is touched', async () => {
  await stored(3);
  await sweep();
  await rm(root, { recursive: true });
  expect(await sweep()).toMatchObject({ ok: false, code: 'state.illegal' });
  expect(await db().storedFile.count({ where: { missingAt: { not: null } } })).toBe(0);
});

test('a store in which most seems lost is left alone', async () => {
  await stored(3);
  await sweep();
  for (let count = 0; count < 21; count += 1) await orphan(3);
  expect(await sweep()).toMatchObject({ ok: false, code: 'state.illegal' });
  expect(await trash()).toEqual([]);
});
