import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#lib/db/client.ts';
import { addLaterVariants } from '#lib/files/image/add-later-variants.ts';
import { deleteImage } from '#lib/files/image/delete-image.ts';
import { findImageViews } from '#lib/files/image/find-image-views.ts';
import { publishImage, unpublishImage } from '#lib/files/image/publish-image.ts';
import { serveFile } from '#lib/files/image/serve-file.ts';
import { srcSetOf } from '#lib/files/image/view.ts';
import { endPhotoLives } from '#lib/files/photo/end-photo-lives.ts';
import { setPhotoLife } from '#lib/files/photo/set-photo-life.ts';
import { firstVariants, laterVariants } from '#lib/files/policy.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';
import { addGalleryImage, addPhoto } from '#lib/files/upload/add-image.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { filesUnder, newUser, newVendor, ownDataDir, stateOfUser } from '#tests/support/files.ts';
import { quarters } from '#tests/support/pictures.ts';

useTestDatabase();
const data = ownDataDir();
afterAll(data.remove);
let source: Buffer;
beforeAll(async () => {
  source = await quarters(700, 500).jpeg().toBuffer();
});

/** A picture as somebody without a session gets it. */
async function asStranger(url: string): Promise<number> {
  const [, , , id = '', variant = ''] = url.split('/');
  const response = await serveFile(new Request(`http://localhost:3000${url}`), id, variant, {
    store: fileStore(),
    userOf: async () => null,
    vendorOf: async () => null,
  });
  await response.body?.cancel();
  return response.status;
}

describe('a picture of a gallery', () => {
  let vendorId: string;
  let image: { id: string; url: string };
  const actor = () => ({ kind: 'vendor', vendorId, sessionId: '' }) as const;
  const urlNow = async () => (await findImageViews([image.id])).get(image.id)?.url ?? '';

  beforeEach(async () => {
    ({ vendorId } = await newVendor());
    const added = await addGalleryImage({ vendorId, fileName: 'look.jpg', source });
    if (!added.ok) throw new Error(added.detail);
    image = added.value;
  });

  test('gets its AVIF sizes later, once, and pages name them only then', async () => {
    const before = (await findImageViews([image.id])).get(image.id);
    expect(before?.hasAvif).toBe(false);
    await ownerDb().storedFile.updateMany({ where: { imageId: { not: image.id } }, data: { laterTries: 3 } });
    expect(await addLaterVariants({ olderThanSeconds: 3600 })).toBe(0);
    expect(await addLaterVariants({ olderThanSeconds: -5 })).toBe(1);
    expect(await addLaterVariants({ olderThanSeconds: -5 })).toBe(0);
    const view = (await findImageViews([image.id])).get(image.id);
    expect(view?.hasAvif).toBe(true);
    expect(srcSetOf({ url: image.url, width: 700 }, 'a')).toContain('/a640 640w');
    const id = image.url.split('/')[3] ?? '';
    for (const name of laterVariants) {
      expect((await fileStore().read(id, name))?.toString('latin1', 4, 12)).toBe('ftypavif');
    }
    expect((await filesUnder(data.path)).filter((path) => path.includes(id)).length).toBe(
      firstVariants.length + laterVariants.length,
    );
  });

  test('that is deleted while its AVIF sizes are made leaves none of them', async () => {
    await ownerDb().storedFile.updateMany({ where: { imageId: { not: image.id } }, data: { laterTries: 3 } });
    const making = addLaterVariants({ olderThanSeconds: -5 });
    await deleteImage({ vendorId }, image.id, { actor: actor(), reason: 'owner' });
    await making;
    const id = image.url.split('/')[3] ?? '?';
    expect((await filesUnder(data.path)).filter((path) => path.includes(id))).toEqual([]);
  });

  test('gets a new address when it is published and another when it is not: the old ones lead nowhere', async () => {
    expect(await asStranger(image.url)).toBe(404);
    expect(await publishImage(actor(), image.id)).toMatchObject({ ok: true });
    const shown = await urlNow();
    expect([shown === image.url, await asStranger(shown), await asStranger(image.url)]).toEqual([
      false,
      200,
      404,
    ]);
    expect(await unpublishImage(actor(), image.id)).toMatchObject({ ok: true });
    const hidden = await urlNow();
    expect(new Set([image.url, shown, hidden]).size).toBe(3);
    expect([await asStranger(shown), await asStranger(hidden)]).toEqual([404, 404]);
    expect(
      (await filesUnder(data.path)).filter((path) => path.includes(hidden.split('/')[3] ?? '?')).length,
    ).toBe(4);
    const row = await db().image.findUnique({ where: { id: image.id }, include: { storedFile: true } });
    expect([row?.isPublic, row?.storedFile?.isPublic]).toEqual([false, false]);
    expect(await db().auditLog.count({ where: { resourceId: image.id, action: 'image.unpublish' } })).toBe(1);
  });

  test('is published once when it is asked for twice at the same time, and no file is left over', async () => {
    const before = (await filesUnder(data.path)).length;
    const answers = await Promise.all([1, 2, 3, 4].map(() => publishImage(actor(), image.id)));
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(0);
    expect(await asStranger(await urlNow())).toBe(200);
    expect((await filesUnder(data.path)).length).toBe(before);
  });

  test('is not found by another vendor', async () => {
    const other = { kind: 'vendor', ...(await newVendor()), sessionId: '' } as const;
    expect(await publishImage(other, image.id)).toMatchObject({ code: 'notFound' });
    const by = { actor: other, reason: 'owner' } as const;
    expect(await deleteImage(other, image.id, by)).toMatchObject({ code: 'notFound' });
    expect(await asStranger(image.url)).toBe(404);
    expect(await db().image.count({ where: { id: image.id } })).toBe(1);
  });

  test('gives its free slot back when it is deleted, with every file', async () => {
    const slots = async () =>
      (await db().vendor.findUniqueOrThrow({ where: { id: vendorId } })).freeGalleryRemaining;
    const left = await slots();
    await deleteImage({ vendorId }, image.id, { actor: actor(), reason: 'owner' });
    expect(await slots()).toBe(left + 1);
    expect(
      (await filesUnder(data.path)).filter((path) => path.includes(image.url.split('/')[3] ?? '?')),
    ).toEqual([]);
  });
});

describe('a photo', () => {
  let userId: string;
  let photo: { id: string; url: string };
  const actor = () => ({ kind: 'user', userId, sessionId: '' }) as const;

  beforeEach(async () => {
    ({ userId } = await newUser());
    const added = await addPhoto({ userId, fileName: 'me.jpg', source });
    if (!added.ok) throw new Error(added.detail);
    photo = added.value;
  });

  test('is deleted by its owner only, with every file; what it was charged stays charged', async () => {
    const { userId: stranger } = await newUser();
    const by = { actor: actor(), reason: 'owner' } as const;
    expect(await deleteImage({ userId: stranger }, photo.id, by)).toMatchObject({ code: 'notFound' });
    expect(await deleteImage({ userId }, photo.id, by)).toMatchObject({ ok: true });
    expect(await deleteImage({ userId }, photo.id, by)).toMatchObject({ code: 'notFound' });
    const { images, used } = await stateOfUser(userId);
    expect([images, used]).toEqual([[], 1]);
    const id = photo.url.split('/')[3] ?? '?';
    expect((await filesUnder(data.path)).filter((path) => path.includes(id))).toEqual([]);
  });

  test('ends when its owner said, and one that is kept does not', async () => {
    const second = await addPhoto({ userId, fileName: 'kept.jpg', source });
    const stranger = { ...actor(), ...(await newUser()) };
    expect(await setPhotoLife(stranger, { id: photo.id, life: 'day' })).toMatchObject({ code: 'notFound' });
    const set = await setPhotoLife(actor(), { id: photo.id, life: 'day' });
    const hours = (Date.parse((set.ok && set.value.expiresAt) || '') - Date.now()) / 3_600_000;
    expect([hours > 23.9, hours < 24.1]).toEqual([true, true]);
    // Choosing the same again does not move the end.
    expect(await setPhotoLife(actor(), { id: photo.id, life: 'day' })).toEqual(set);
    expect(await endPhotoLives()).toBe(0);
    await ownerDb().image.update({
      where: { id: photo.id },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    expect(await endPhotoLives()).toBe(1);
    const left = (await stateOfUser(userId)).images.map(({ id }) => id);
    expect(left).toEqual([second.ok && second.value.id]);
    const audit = await db().auditLog.findFirst({ where: { resourceId: photo.id, action: 'image.delete' } });
    expect(audit).toMatchObject({ actorType: 'system', metadata: { reason: 'life' } });
  });

  test('may be kept for good again', async () => {
    await setPhotoLife(actor(), { id: photo.id, life: 'month' });
    expect(await setPhotoLife(actor(), { id: photo.id, life: 'keep' })).toEqual({
      ok: true,
      value: { expiresAt: null },
    });
  });

  test('gets no AVIF sizes: one person looks at it', async () => {
    await ownerDb().storedFile.updateMany({ where: { imageId: { not: photo.id } }, data: { laterTries: 3 } });
    expect(await addLaterVariants({ olderThanSeconds: -5 })).toBe(0);
    expect((await findImageViews([photo.id])).get(photo.id)?.hasAvif).toBe(false);
  });
});
