import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#lib/db/client.ts';
import { peerHeader } from '#lib/rate-limit/peer-address.ts';
import { revokeAlbumLink } from '#lib/sharing/album-link/change-album-link.ts';
import { createAlbumLink } from '#lib/sharing/album-link/create-album-link.ts';
import { countAlbumView, findAlbumLink } from '#lib/sharing/album-link/find-album-link.ts';
import { serveLinkedImage } from '#lib/sharing/album-link/serve-linked-image.ts';
import { findClosedAlbumLink, listAlbumLinkRows, listLinkedImages } from '#lib/sharing/album-link/store.ts';
import { toAlbumLinkView, toLinkedImage } from '#lib/sharing/album-link/view.ts';
import { entryName, zipAlbum } from '#lib/sharing/album-link/zip-album.ts';
import { hashLinkToken } from '#lib/sharing/link-token.ts';
import { unlockLink } from '#lib/sharing/open-link.ts';
import { sealUnlock, unlockCookieName } from '#lib/sharing/unlock-cookie.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { ownDataDir } from '#tests/support/files.ts';
import { readZip } from '#tests/support/formats/read-zip.ts';
import { newGallery, plainManners } from '#tests/support/galleries.ts';
import { newAddress } from '#tests/support/identity.ts';

const database = useTestDatabase();
const data = ownDataDir();
// Guesses are counted as in production.
process.env.RATE_LIMIT_SCALE = '1';
afterAll(data.remove);

let gallery: Awaited<ReturnType<typeof newGallery>>;
let images: string[];
let albumId: string;

beforeAll(async () => {
  gallery = await newGallery({ businessName: 'آتلیهٔ بهار' });
  images = [
    await gallery.addImage({ title: 'فرش ترنج', isPublic: false }),
    await gallery.addImage({ title: '../../etc/passwd', isPublic: false }),
    await gallery.addImage({ fileName: 'DSC_001.JPG' }),
  ];
});
beforeEach(async () => {
  albumId = await gallery.addAlbum({ name: 'عروسی مینا', isPublic: false, imageIds: images });
});

async function makeLink(more: { password?: string; mayDownload?: boolean; days?: 1 | 30 | null } = {}) {
  const { password = null, mayDownload = false, days = 30 } = more;
  const made = await createAlbumLink(gallery.actor, {
    ...plainManners,
    albumId,
    name: null,
    days,
    password,
    mayDownload,
  });
  if (!made.ok) throw new Error(made.detail);
  return { id: made.value.id, token: made.value.path.slice('/a/'.length) };
}

const nobody = () => undefined;
/** What the door does with a password that a visitor sends. */
const unlock = async ({ token, password }: { token: string; password: string }, address: string) =>
  unlockLink(await findAlbumLink(token, () => undefined), password, address);
const opens = async (token: string) => (await findAlbumLink(token, nobody)) !== null;
const ask = (path: string, cookie = '', address = newAddress()) =>
  new Request(`http://localhost:3000${path}`, { headers: { cookie, [peerHeader]: address } });

/** An image of the album as a browser with this cookie gets it. */
async function image(
  token: string,
  imageId = images[0] ?? '',
  more: { query?: string; cookie?: string } = {},
) {
  const path = `/api/albums/${token}/${imageId}/w320${more.query ?? ''}`;
  const answer = await serveLinkedImage(ask(path, more.cookie), { token, imageId, variant: 'w320' });
  await answer.body?.cancel();
  return answer;
}
const zip = (token: string, cookie = '') => zipAlbum(ask(`/api/albums/${token}/zip`, cookie), token);

describe('a link without download', () => {
  test('shows pictures in the sizes of pages, and gives the original to nobody', async () => {
    for (const mayDownload of [false, true]) {
      const { token } = await makeLink({ mayDownload });
      const statusOf = async (variant: string) => {
        const imageId = images[0] ?? '';
        const path = `/api/albums/${token}/${imageId}/${variant}`;
        const answer = await serveLinkedImage(ask(path), { token, imageId, variant });
        await answer.body?.cancel();
        return answer.status;
      };
      expect(await statusOf('w1280')).toBe(200);
      expect(await statusOf('original')).toBe(mayDownload ? 200 : 404);
      const found = await findAlbumLink(token, nobody);
      const [row] = await listLinkedImages({ albumId, imageOrder: 'manual' }, { after: null, limit: 1 });
      if (!found || !row) throw new Error('the link opens');
      const { url } = toLinkedImage(token, row, found.link);
      expect(url.endsWith(mayDownload ? '/original' : '/w1280')).toBe(true);
    }
  });
});

describe('a link', () => {
  test('shows a hidden album with its hidden pictures, in order, and nobody may keep them', async () => {
    const { token } = await makeLink();
    const found = await findAlbumLink(token, nobody);
    expect(found).toMatchObject({ isOpen: true, link: { albumName: 'عروسی مینا', mayDownload: false } });
    const listed = await listLinkedImages({ albumId, imageOrder: 'manual' }, { after: null, limit: 10 });
    expect(listed.map(({ id }) => id)).toEqual(images);
    for (const id of images) {
      const answer = await image(token, id);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    }
  });

  test('goes on after an image in every order of the album', async () => {
    for (const imageOrder of ['manual', 'newest', 'oldest', 'title'] as const) {
      const all = await listLinkedImages({ albumId, imageOrder }, { after: null, limit: 10 });
      const first = all[0]?.id ?? '';
      const rest = await listLinkedImages({ albumId, imageOrder }, { after: first, limit: 10 });
      expect([first, ...rest.map(({ id }) => id)], imageOrder).toEqual(all.map(({ id }) => id));
    }
  });

  test('shows nothing from the trash, nothing that waits for moderation, and nothing of another album', async () => {
    const { token } = await makeLink();
    const waiting = await gallery.addImage({ isPublic: false });
    const other = await gallery.addImage({ isPublic: false });
    await ownerDb().albumImage.create({ data: { albumId, imageId: waiting, vendorId: gallery.vendorId } });
    expect((await image(token, waiting)).status).toBe(200);
    await ownerDb().image.update({ where: { id: waiting }, data: { moderation: 'waiting' } });
    expect((await image(token, waiting)).status).toBe(404);
    await ownerDb().image.update({
      where: { id: waiting },
      data: { moderation: 'accepted', deletedAt: new Date() },
    });
    expect((await image(token, waiting)).status).toBe(404);
    expect((await image(token, other)).status).toBe(404);
    expect((await image(token, 'no-uuid')).status).toBe(404);
  });

  test('opens to no guess, nor to a token that is nearly right', async () => {
    const { token } = await makeLink();
    const turned = token.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    for (const guess of [
      '',
      'x',
      turned,
      `${token}A`,
      `${token.slice(0, 21)} `,
      'A'.repeat(22),
      "'; DROP TABLE x",
    ]) {
      expect(await opens(guess)).toBe(false);
      expect((await image(guess)).status).toBe(404);
      expect((await zip(guess)).status).toBe(404);
    }
    const stored = await database().query('SELECT album_links::text AS row FROM album_links');
    expect(JSON.stringify(stored)).not.toContain(token);
  });

  test('ends with its time, by the clock of the database', async () => {
    const { id, token } = await makeLink({ days: 1 });
    expect(await opens(token)).toBe(true);
    await database().query(
      `UPDATE album_links SET created_at = created_at - interval '2 days', expires_at = expires_at - interval '2 days' WHERE id = $1`,
      [id],
    );
    expect([await opens(token), (await image(token)).status]).toEqual([false, 404]);
  });

  test('ends at once when it is revoked, page and pictures; the others of the album stay', async () => {
    const [first, second] = [await makeLink(), await makeLink()];
    expect(await revokeAlbumLink(gallery.actor, first.id)).toMatchObject({ ok: true });
    expect([await opens(first.token), (await image(first.token)).status]).toEqual([false, 404]);
    expect([await opens(second.token), (await image(second.token)).status]).toEqual([true, 200]);
    expect(await revokeAlbumLink(gallery.actor, first.id)).toMatchObject({ code: 'notFound' });
    const rows = (await listAlbumLinkRows(gallery.vendorId, albumId, 10)).map(toAlbumLinkView);
    expect(rows.map(({ state }) => state).sort()).toEqual(['alive', 'revoked']);
    expect(await db().auditLog.count({ where: { resourceId: albumId, action: 'link.revoke' } })).toBe(1);
  });

  test('ends with its album and while its vendor is suspended', async () => {
    const { token } = await makeLink();
    await ownerDb().vendor.update({ where: { id: gallery.vendorId }, data: { isActive: false } });
    expect([await opens(token), (await image(token)).status]).toEqual([false, 404]);
    await ownerDb().vendor.update({ where: { id: gallery.vendorId }, data: { isActive: true } });
    expect(await opens(token)).toBe(true);
    await ownerDb().album.delete({ where: { id: albumId } });
    expect([await opens(token), (await image(token)).status]).toEqual([false, 404]);
  });

  test('is made by the owner of the album alone, and not by the hundred', async () => {
    const stranger = await newGallery();
    const request = { albumId, name: null, days: 30, password: null, ...plainManners } as const;
    expect(await createAlbumLink(stranger.actor, request)).toMatchObject({ code: 'notFound' });
    const { id, token } = await makeLink();
    expect(await revokeAlbumLink(stranger.actor, id)).toMatchObject({ code: 'notFound' });
    expect(await listAlbumLinkRows(stranger.vendorId, albumId, 10)).toEqual([]);
    expect(await opens(token)).toBe(true);
    const made = await Promise.all(Array.from({ length: 22 }, () => createAlbumLink(gallery.actor, request)));
    expect(made.filter(({ ok }) => ok)).toHaveLength(19);
    expect(made.filter((one) => !one.ok && one.code === 'link.tooMany')).toHaveLength(3);
  });

  test('says its address again to its owner', async () => {
    const { token } = await makeLink();
    const [view] = (await listAlbumLinkRows(gallery.vendorId, albumId, 10)).map(toAlbumLinkView);
    expect(view).toMatchObject({ path: `/a/${token}`, state: 'alive', views: 0 });
    const inDays = (Date.parse(view?.expiresAt ?? '') - Date.now()) / 86_400_000;
    expect(Math.round(inDays)).toBe(30);
  });
});

describe('a password', () => {
  test('opens the link in the browser that gave it, and nowhere else', async () => {
    const { id, token } = await makeLink({ password: 'گل ۱۲۳۴' });
    expect(await findAlbumLink(token, nobody)).toMatchObject({ isOpen: false });
    expect([(await image(token)).status, (await zip(token)).status]).toEqual([404, 404]);
    // The digits of either keyboard are the same.
    const opened = await unlock({ token, password: 'گل 1234' }, newAddress());
    if (!opened.ok || !opened.value) throw new Error('it did not open');
    const cookie = `${unlockCookieName({ kind: 'album', id })}=${sealUnlock(opened.value)}`;
    expect((await image(token, images[0], { cookie })).status).toBe(200);
    expect((await image(token, images[0], { cookie: `${cookie}x` })).status).toBe(404);

    const other = await makeLink({ password: 'گل ۱۲۳۴' });
    const moved = cookie.replace(id, other.id);
    expect((await image(other.token, images[0], { cookie: moved })).status).toBe(404);
    await revokeAlbumLink(gallery.actor, id);
    expect((await image(token, images[0], { cookie })).status).toBe(404);
  });

  test('may be guessed ten times from one address, then not even the right one helps', async () => {
    const { token } = await makeLink({ password: 'the right one' });
    const address = newAddress();
    for (let tries = 0; tries < 10; tries += 1) {
      expect(await unlock({ token, password: `wrong ${tries}` }, address)).toMatchObject({
        code: 'link.passwordWrong',
      });
    }
    expect(await unlock({ token, password: 'the right one' }, address)).toMatchObject({
      code: 'rate.limited',
    });
    expect(await unlock({ token, password: 'the right one' }, newAddress())).toMatchObject({
      ok: true,
    });
    const guess = 'A'.repeat(22);
    expect(await unlock({ token: guess, password: 'x' }, address)).toMatchObject({
      code: 'notFound',
    });
  });
});

describe('downloading', () => {
  test('is only where the link allows it', async () => {
    const { token } = await makeLink();
    expect((await zip(token)).status).toBe(404);
    expect((await image(token, images[0], { query: '?download=1' })).status).toBe(404);
    const allowed = await makeLink({ mayDownload: true });
    const one = await image(allowed.token, images[0], { query: '?download=1' });
    expect(one.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('فرش ترنج')}.webp`,
    );
  });

  test('gives a whole ZIP in the order of the album, its length told before, its names safe', async () => {
    const { id, token } = await makeLink({ mayDownload: true });
    const answer = await zip(token);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('عروسی مینا.zip')}`,
    );
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.length).toBe(Number(answer.headers.get('content-length')));
    const entries = readZip(bytes);
    expect(entries.map(({ name }) => name)).toEqual(['01 فرش ترنج.jpg', '02 passwd.jpg', '03 DSC_001.jpg']);
    for (const { isUtf8, method, bytes: picture } of entries) {
      expect([isUtf8, method, (await sharp(picture).metadata()).format]).toEqual([true, 0, 'jpeg']);
    }
    const [row] = await listAlbumLinkRows(gallery.vendorId, albumId, 10);
    expect(row).toMatchObject({ id, downloads: 1, views: 0 });
  });

  test('breaks off where the link ends', async () => {
    const { id, token } = await makeLink({ mayDownload: true });
    const answer = await zip(token);
    const reader = answer.body?.getReader();
    await reader?.read();
    await revokeAlbumLink(gallery.actor, id);
    const rest = async () => {
      for (;;) if ((await reader?.read())?.done !== false) return;
    };
    await expect(rest()).rejects.toThrow();
  });

  test('names an entry by its place and a name that is safe everywhere', () => {
    expect(entryName({ title: null, fileName: 'a/b\\c:"x".png' }, 0, 3)).toBe('01 cx.jpg');
    expect(entryName({ title: '..', fileName: 'x' }, 41, 1234)).toBe('0042 photo.jpg');
    expect(entryName({ title: '\u202Egpj.exe', fileName: 'x' }, 1, 3)).toBe('02 gpj.jpg');
  });
});

describe('the log', () => {
  test('counts openings by day, and the owner’s own not', async () => {
    const { id, token } = await makeLink({ password: 'four' });
    await countAlbumView(token, { cookieOf: nobody, vendorId: null });
    const lock = await unlock({ token, password: 'four' }, newAddress());
    const cookieOf = () => (lock.ok && lock.value ? sealUnlock(lock.value) : undefined);
    for (const vendorId of [null, null, gallery.vendorId])
      await countAlbumView(token, { cookieOf, vendorId });
    await database().query(`UPDATE album_link_days SET day = day - 3 WHERE link_id = $1`, [id]);
    await countAlbumView(token, { cookieOf, vendorId: null });
    const [row] = await listAlbumLinkRows(gallery.vendorId, albumId, 10);
    expect(row).toMatchObject({ views: 3, downloads: 0 });
    expect(row?.days.map(({ views }) => views)).toEqual([1, 2]);
    expect(row?.lastAt).toBeInstanceOf(Date);
  });
});

test('nothing of a password or a token is told to the log of events', async () => {
  const { token } = await makeLink({ password: 'سرّ بزرگ' });
  const events = JSON.stringify(await db().auditLog.findMany({ where: { resourceId: albumId } }));
  expect(events).toContain('link.create');
  expect(events).not.toContain(token);
  expect(events).not.toContain('سرّ');
});

describe('a link that is closed', () => {
  test('says whose album it opened, to whoever has it; not of a shop that is gone', async () => {
    const { id, token } = await makeLink();
    const asked = () => findClosedAlbumLink(hashLinkToken(token));
    expect(await asked()).toBeNull();
    await revokeAlbumLink(gallery.actor, id);
    expect(await asked()).toMatchObject({ name: 'آتلیهٔ بهار', handle: gallery.handle });
    const ended = await makeLink();
    await database().query(
      "UPDATE album_links SET created_at = now() - interval '2 days', expires_at = now() - interval '1 day' WHERE id = $1",
      [ended.id],
    );
    expect(await findClosedAlbumLink(hashLinkToken(ended.token))).toMatchObject({
      name: 'آتلیهٔ بهار',
      handle: gallery.handle,
    });
    expect(await findClosedAlbumLink(hashLinkToken('x'.repeat(22)))).toBeNull();
  });
});
