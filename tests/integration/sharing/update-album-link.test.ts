import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#lib/db/client.ts';
import { peerHeader } from '#lib/rate-limit/peer-address.ts';
import { revokeAlbumLink, updateAlbumLink } from '#lib/sharing/album-link/change-album-link.ts';
import { createAlbumLink } from '#lib/sharing/album-link/create-album-link.ts';
import { findAlbumLink } from '#lib/sharing/album-link/find-album-link.ts';
import { updateAlbumLinkInput } from '#lib/sharing/album-link/input.ts';
import { serveLinkedImage } from '#lib/sharing/album-link/serve-linked-image.ts';
import { listAlbumLinkRows } from '#lib/sharing/album-link/store.ts';
import { toAlbumLinkView } from '#lib/sharing/album-link/view.ts';
import { zipAlbum } from '#lib/sharing/album-link/zip-album.ts';
import { unlockLink } from '#lib/sharing/open-link.ts';
import { sealUnlock, unlockCookieName } from '#lib/sharing/unlock-cookie.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { ownDataDir } from '#tests/support/files.ts';
import { newGallery, plainManners } from '#tests/support/galleries.ts';
import { newAddress } from '#tests/support/identity.ts';

const database = useTestDatabase();
const data = ownDataDir();
afterAll(data.remove);

let gallery: Awaited<ReturnType<typeof newGallery>>;
let imageId: string;
let albumId: string;

beforeAll(async () => {
  gallery = await newGallery();
  imageId = await gallery.addImage({ isPublic: false });
});
beforeEach(async () => {
  albumId = await gallery.addAlbum({ isPublic: false, imageIds: [imageId] });
});

async function makeLink(more: { password?: string; days?: 1 | 30 } = {}) {
  const { password = null, days = 30 } = more;
  const made = await createAlbumLink(gallery.actor, {
    albumId,
    name: 'مینا',
    days,
    password,
    ...plainManners,
  });
  if (!made.ok) throw new Error(made.detail);
  return { id: made.value.id, token: made.value.path.slice('/a/'.length) };
}

/** What the door does with a password that a visitor sends. */
const unlock = async ({ token, password }: { token: string; password: string }, address: string) =>
  unlockLink(await findAlbumLink(token, () => undefined), password, address);

const unchanged = { name: 'مینا', days: 'same', password: '', isOpen: false, mayDownload: false } as const;
const change = (id: string, more: object) =>
  updateAlbumLink(gallery.actor, updateAlbumLinkInput.parse({ ...unchanged, id, ...more }));
const view = async () => {
  const [row] = await listAlbumLinkRows(gallery.vendorId, albumId, 10);
  return row && toAlbumLinkView(row);
};
const ask = (token: string, cookie = '') =>
  new Request(`http://localhost:3000/api/albums/${token}`, {
    headers: { cookie, [peerHeader]: newAddress() },
  });
const picture = async (token: string, cookie?: string) => {
  const answer = await serveLinkedImage(ask(token, cookie), { token, imageId, variant: 'w320' });
  await answer.body?.cancel();
  return answer.status;
};
const zip = async (token: string) => {
  const answer = await zipAlbum(ask(token), token);
  await answer.arrayBuffer();
  return answer.status;
};
const expire = (id: string) =>
  database().query(
    `UPDATE album_links SET created_at = created_at - interval '40 days', expires_at = expires_at - interval '40 days' WHERE id = $1`,
    [id],
  );

describe('a link that is changed', () => {
  test('keeps its address, its end and its password where nothing else is said', async () => {
    const { id, token } = await makeLink({ password: 'rose water' });
    const before = await view();
    expect(await change(id, { name: 'نگار' })).toMatchObject({ ok: true });
    expect(await view()).toEqual({ ...before, name: 'نگار' });
    expect(before).toMatchObject({ path: `/a/${token}`, hasPassword: true });
    expect(await unlock({ token, password: 'rose water' }, newAddress())).toMatchObject({
      ok: true,
    });
    expect(await db().auditLog.count({ where: { resourceId: albumId, action: 'link.update' } })).toBe(1);
  });

  test('allows downloading and forbids it again, at once', async () => {
    const { id, token } = await makeLink();
    expect(await zip(token)).toBe(404);
    await change(id, { mayDownload: true });
    expect(await zip(token)).toBe(200);
    await change(id, { mayDownload: false });
    expect(await zip(token)).toBe(404);
  });

  test('asks everybody for another password, also those who had opened it', async () => {
    const { id, token } = await makeLink({ password: 'rose water' });
    const opened = await unlock({ token, password: 'rose water' }, newAddress());
    if (!opened.ok || !opened.value) throw new Error('it did not open');
    const cookie = `${unlockCookieName({ kind: 'album', id })}=${sealUnlock(opened.value)}`;
    expect(await picture(token, cookie)).toBe(200);
    await change(id, { password: 'orange blossom' });
    expect(await picture(token, cookie)).toBe(404);
    expect(await unlock({ token, password: 'rose water' }, newAddress())).toMatchObject({
      code: 'link.passwordWrong',
    });
    expect(await unlock({ token, password: 'orange blossom' }, newAddress())).toMatchObject({
      ok: true,
    });
  });

  test('is open to all without its password, and closed when it gets one', async () => {
    const { id, token } = await makeLink({ password: 'rose water' });
    await change(id, { isOpen: true, password: 'ignored beside it' });
    expect([await picture(token), (await view())?.hasPassword]).toEqual([200, false]);
    await change(id, { password: 'orange blossom' });
    expect([await picture(token), (await view())?.hasPassword]).toEqual([404, true]);
  });

  test('ends later, earlier or never, and opens again after its end', async () => {
    const { id, token } = await makeLink({ days: 30 });
    const days = async () =>
      Math.round((Date.parse((await view())?.expiresAt ?? '') - Date.now()) / 86_400_000);
    await change(id, { days: 1 });
    expect(await days()).toBe(1);
    await change(id, { days: 90 });
    expect(await days()).toBe(90);
    await change(id, { days: 30 });
    await expire(id);
    expect(await picture(token)).toBe(404);
    await change(id, { name: 'still over' });
    expect(await picture(token)).toBe(404);
    await change(id, { days: 7 });
    expect([await picture(token), (await view())?.state]).toEqual([200, 'alive']);
    await change(id, { days: null });
    expect((await view())?.expiresAt).toBeNull();
  });

  test('does not return as one too many', async () => {
    const over = await makeLink({ days: 1 });
    await expire(over.id);
    for (let made = 0; made < 20; made += 1) await makeLink();
    expect(await change(over.id, { days: 7 })).toMatchObject({ code: 'link.tooMany' });
    expect(await change(over.id, { name: 'a name is no link more' })).toMatchObject({ ok: true });
  });

  test('is not changed by a stranger, nor after it was revoked', async () => {
    const stranger = await newGallery();
    const { id, token } = await makeLink({ password: 'rose water' });
    const wanted = updateAlbumLinkInput.parse({ ...unchanged, id, isOpen: true });
    expect(await updateAlbumLink(stranger.actor, wanted)).toMatchObject({ code: 'notFound' });
    expect(await picture(token)).toBe(404);
    await revokeAlbumLink(gallery.actor, id);
    expect(await updateAlbumLink(gallery.actor, wanted)).toMatchObject({ code: 'notFound' });
    expect((await view())?.state).toBe('revoked');
  });
});
