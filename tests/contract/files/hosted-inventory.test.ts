import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { newRandomId } from '#lib/core/random-id.ts';
import { db } from '#lib/db/client.ts';
import { serveFile } from '#lib/files/image/serve-file.ts';
import { createHostedStore, type HostedStore } from '#lib/files/storage/hosted-store.ts';
import { createHostedInventory } from '#lib/files/sweep/hosted-inventory.ts';
import { lookAtFiles } from '#lib/files/sweep/settle-lost-files.ts';
import { sweepFiles } from '#lib/files/sweep/sweep-files.ts';
import { addGalleryImage } from '#lib/files/upload/add-image.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { newVendor, ownDataDir } from '#tests/support/files.ts';
import { quarters } from '#tests/support/pictures.ts';
import { startHostedService } from '#tests/support/servers/hosted-service.ts';

useTestDatabase();
const data = ownDataDir();
const current = vi.hoisted(() => ({ store: null as unknown }));
// Which store an installation has is read from its environment once; the store itself is the real one.
vi.mock('#lib/files/storage/open-store.ts', async (original) => ({
  ...(await original<object>()),
  fileStore: () => current.store,
}));

let service: Awaited<ReturnType<typeof startHostedService>>;
let store: HostedStore;
const dayMs = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs);

beforeAll(async () => {
  service = await startHostedService();
  store = createHostedStore(service.uploads);
  current.store = store;
});
beforeEach(async () => {
  await ownerDb().image.deleteMany();
  await ownerDb().fileStoreMark.deleteMany();
  await ownerDb().fileOrphan.deleteMany();
  service.files.clear();
});
afterAll(async () => {
  await service.stop();
  await data.remove();
});

/** Lets everything at the service be older than it is. */
function age(days: number, only: (name: string) => boolean = () => true) {
  for (const file of service.files.values()) {
    if (only(file.customId ?? file.key)) file.uploadedAt -= days * dayMs;
  }
}

async function stored(days: number) {
  const { vendorId } = await newVendor();
  const source = await quarters(80, 60).jpeg().toBuffer();
  const added = await addGalleryImage({ vendorId, fileName: 'a.jpg', source });
  if (!added.ok) throw new Error(added.detail);
  const fileId = added.value.url.split('/')[3] ?? '';
  await ownerDb().storedFile.update({ where: { id: fileId }, data: { createdAt: daysAgo(days) } });
  age(days, (name) => name.startsWith(fileId));
  return { id: added.value.id, fileId };
}

async function orphan(days: number): Promise<string> {
  const id = newRandomId();
  const bytes = Buffer.from('bytes');
  await store.put(id, { original: bytes, w320: bytes }, 'private');
  age(days, (name) => name.startsWith(id));
  return id;
}

const sweep = (repair = true, now = new Date()) =>
  sweepFiles({ inventory: createHostedInventory(service.uploads), repair, now });
const names = () => [...service.files.values()].map(({ customId }) => customId ?? '');

test('files at the service that no row names are watched for a week, then deleted there in every size', async () => {
  const kept = await stored(3);
  const [old, fresh] = [await orphan(2), await orphan(0.5)];
  expect(await sweep(false)).toMatchObject({ ok: true, value: { filesWithoutRow: [old] } });
  expect(names().some((name) => name.startsWith('store-mark-'))).toBe(false);
  expect(await sweep()).toMatchObject({ value: { repaired: { trashed: 1, emptied: 0 } } });
  expect(names()).toContain(`${old}-w320`);
  expect(await sweep(true, new Date(Date.now() + 6 * dayMs))).toMatchObject({
    value: { repaired: { emptied: 0 } },
  });
  await ownerDb().fileOrphan.updateMany({ where: { id: old }, data: { seenAt: daysAgo(8) } });
  expect(await sweep()).toMatchObject({ value: { repaired: { emptied: 1 } } });
  expect(names().some((name) => name.startsWith(old))).toBe(false);
  expect(names()).toContain(`${fresh}-original`);
  expect(names()).toContain(`${kept.fileId}-original`);
});

test('a file that a row names again by then stays', async () => {
  const { fileId } = await stored(3);
  await ownerDb().fileOrphan.create({ data: { id: fileId, seenAt: daysAgo(9) } });
  expect(await sweep()).toMatchObject({ ok: true, value: { repaired: { emptied: 0 } } });
  expect(names()).toContain(`${fileId}-original`);
  expect(await db().fileOrphan.count()).toBe(0);
});

test('what browsers sent and nobody took in goes after a week; names that are not ours are never touched', async () => {
  const sent = newRandomId();
  const bytes = Buffer.from('sent');
  const file = {
    name: 'me.jpg',
    type: 'image/jpeg',
    acl: 'private',
    bytes,
    uploadedAt: daysAgo(8).getTime(),
  };
  service.files.set('k1', { ...file, key: 'k1', customId: sent });
  service.files.set('k2', { ...file, key: 'k2', customId: newRandomId(), uploadedAt: daysAgo(2).getTime() });
  service.files.set('k3', { ...file, key: 'k3', customId: 'somebody else’s' });
  service.files.set('k4', { ...file, key: 'k4', customId: null });
  expect(await sweep()).toMatchObject({ ok: true, value: { repaired: { emptied: 1 } } });
  expect([...service.files.keys()].filter((key) => key.startsWith('k'))).toEqual(['k2', 'k3', 'k4']);
});

test('rows whose file is not at the service are watched, and forgotten after a week', async () => {
  const { id, fileId } = await stored(3);
  await stored(3);
  await store.remove(fileId);
  expect(await sweep()).toMatchObject({ value: { rowsWithoutFile: [fileId], repaired: { watched: 1 } } });
  await ownerDb().storedFile.update({ where: { id: fileId }, data: { missingAt: daysAgo(8) } });
  expect(await sweep()).toMatchObject({ value: { repaired: { deletedRows: 1 } } });
  expect(await db().image.findUnique({ where: { id } })).toBeNull();
});

test('a store that belongs to another database is left alone', async () => {
  const old = await orphan(30);
  const bytes = Buffer.from('m');
  service.files.set('m', {
    ...{ key: 'm', name: 'm', type: 'text/plain', acl: 'private', bytes, uploadedAt: 0 },
    customId: `store-mark-${newRandomId()}`,
  });
  expect(await sweep()).toMatchObject({ ok: false, code: 'state.illegal' });
  expect(names()).toContain(`${old}-original`);
});

test('more files than one page of the service’s list are all seen', async () => {
  const { fileId } = await stored(3);
  const known = service.find(`${fileId}-original`);
  if (!known) throw new Error('not stored');
  const ids = Array.from({ length: 650 }, newRandomId);
  for (const id of ids) service.files.set(id, { ...known, key: id, customId: `${id}-original` });
  const seen = await sweep(false);
  expect(seen.ok && seen.value.filesWithoutRow.length).toBe(650);
  expect(await sweep()).toMatchObject({ ok: false, code: 'state.illegal' });
});

test('a look asks the service about a few by their names, never for a list, and settles a result that is gone', async () => {
  const [{ fileId }, other] = [await stored(3), await stored(3)];
  expect(await sweep()).toMatchObject({ ok: true });
  const look = async () => {
    const from = service.seen.length;
    const missing = await lookAtFiles(createHostedInventory(service.uploads));
    const asked = service.seen.slice(from);
    expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
    // The mark, and a file each.
    expect(asked.length).toBeLessThanOrEqual(1 + createHostedInventory(service.uploads).perLook);
    return missing;
  };
  expect(await look()).toBe(0);
  await store.remove(fileId);
  expect(await look()).toBe(1);
  const missing = await db().storedFile.findMany({
    where: { missingAt: { not: null } },
    select: { id: true },
  });
  expect(missing).toEqual([{ id: fileId }]);
  // A token that was taken back, or the store of somebody else: nothing is believed to be lost.
  for (const [key, { customId }] of service.files) {
    if (customId?.startsWith('store-mark-')) service.files.delete(key);
  }
  await store.remove(other.fileId);
  expect(await lookAtFiles(createHostedInventory(service.uploads))).toBe(0);
});

test('a request for a picture whose file is gone notices that', async () => {
  const { fileId } = await stored(3);
  const show = (variant: string) =>
    serveFile(new Request(`http://localhost/api/files/${fileId}/${variant}`), fileId, variant, {
      store,
      userOf: async () => null,
      vendorOf: async () => null,
    });
  await db().storedFile.update({ where: { id: fileId }, data: { isPublic: true } });
  const missingAt = async () =>
    (await db().storedFile.findUnique({ where: { id: fileId }, select: { missingAt: true } }))?.missingAt;
  expect((await show('original')).status).toBe(200);
  expect(await missingAt()).toBeNull();
  await store.remove(fileId);
  expect((await show('original')).status).toBe(404);
  expect(await missingAt()).toBeInstanceOf(Date);
});
