import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import type { Result } from '#lib/core/result.ts';
import { sharp } from '#lib/core/threads/image-runtime.ts';
import { changeAvatar } from '#lib/files/avatar/change-avatar.ts';
import { addLaterVariants } from '#lib/files/image/add-later-variants.ts';
import { serveFile } from '#lib/files/image/serve-file.ts';
import { signFileUrl } from '#lib/files/image/sign-url.ts';
import type { ImageView } from '#lib/files/image/view.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';
import { addGalleryImage, addPhoto } from '#lib/files/upload/add-image.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { asUser, asVendor, newUser, newVendor, ownDataDir } from '#tests/support/files.ts';
import { quarters } from '#tests/support/pictures.ts';

useTestDatabase();
const data = ownDataDir();
let owner: { userId: string };
let vendor: { vendorId: string };
let photo: ImageView;
let look: ImageView;

beforeAll(async () => {
  const source = await quarters(800, 600).jpeg().toBuffer();
  owner = await newUser();
  vendor = await newVendor();
  const [mine, theirs] = [
    await addPhoto({ ...owner, fileName: 'me.jpg', source }),
    await addGalleryImage({ ...vendor, fileName: 'look.jpg', source }),
  ];
  if (!mine.ok || !theirs.ok) throw new Error('not added');
  photo = mine.value;
  look = theirs.value;
});
afterAll(data.remove);

type Who = { user?: { userId: string }; vendor?: { vendorId: string } };

function get(url: string, who: Who = {}, headers: Record<string, string> = {}, method = 'GET') {
  const [, , , id = '', variant = ''] = new URL(url, 'http://localhost:3000').pathname.split('/');
  return serveFile(new Request(new URL(url, 'http://localhost:3000'), { method, headers }), id, variant, {
    store: fileStore(),
    userOf: async () => (who.user ? asUser(who.user.userId) : null),
    vendorOf: async () => (who.vendor ? asVendor(who.vendor.vendorId) : null),
  });
}

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe('a private picture', () => {
  test('is shown to its owner, in every size, and kept by no cache', async () => {
    for (const [variant, width] of [
      ['original', 800],
      ['w1280', 800],
      ['w640', 640],
      ['w320', 320],
    ] as const) {
      const response = await get(photo.url.replace('original', variant), { user: owner });
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('private, no-store');
      const bytes = await bytesOf(response);
      expect(bytes.length).toBe(Number(response.headers.get('content-length')));
      const seen = await sharp(bytes).metadata();
      expect([seen.width, `image/${seen.format}`]).toEqual([width, response.headers.get('content-type')]);
    }
  });

  test('is not found by anybody else, nor is anything that does not exist', async () => {
    const strangers: Who[] = [{}, { user: await newUser() }, { vendor: await newVendor() }, { vendor }];
    for (const who of strangers) {
      const response = await get(photo.url, who);
      expect([response.status, (await bytesOf(response)).length]).toEqual([404, 0]);
    }
    for (const path of [
      `/api/files/${'0'.repeat(32)}/original`,
      photo.url.replace('original', 'w9999'),
      photo.url.replace('original', 'constructor'),
      '/api/files/..%2f..%2fetc/original',
      `/api/files/${photo.id}/original`,
    ]) {
      expect((await get(path, { user: owner })).status).toBe(404);
    }
    expect((await get(look.url, { user: owner })).status).toBe(404);
    expect((await get(look.url, { vendor })).status).toBe(200);
  });

  test('is shown to a signed address for a minute at most, and for that size only', async () => {
    const id = photo.url.split('/')[3] ?? '';
    const url = signFileUrl(id, 'w320');
    const response = await get(url);
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    await response.body?.cancel();
    const longer = signFileUrl(id, 'w320', 3600);
    for (const forged of [
      url.replace('w320', 'original'),
      url.replace(/signature=(.)/, (_, first) => `signature=${first === 'A' ? 'B' : 'A'}`),
      url.replace(/signature=.*/, ''),
      url.replace(/expires=(\d+)/, (_, at) => `expires=${Number(at) + 1000}`),
      url.replace(id, look.url.split('/')[3] ?? ''),
    ]) {
      expect((await get(forged)).status).toBe(404);
    }
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    expect((await get(url)).status).toBe(404);
    expect((await get(longer)).status).toBe(404);
    vi.useRealTimers();
  });

  test('goes with its row', async () => {
    const { userId } = await newUser();
    const added = await addPhoto({ userId, fileName: 'x.jpg', source: await quarters().jpeg().toBuffer() });
    if (!added.ok) throw new Error(added.detail);
    await ownerDb().image.delete({ where: { id: added.value.id } });
    expect((await get(added.value.url, { user: { userId } })).status).toBe(404);
  });
});

describe('a public picture', () => {
  test('may be cached by anybody, until it is public no more', async () => {
    const id = look.url.split('/')[3] ?? '';
    await ownerDb().storedFile.update({ where: { id }, data: { isPublic: true } });
    const response = await get(look.url);
    expect([response.status, response.headers.get('cache-control')]).toEqual([
      200,
      'public, max-age=60, must-revalidate',
    ]);
    const etag = response.headers.get('etag') ?? '';
    // A link shows it under its own address: where it is stored is nobody's to know.
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    expect(etag).not.toContain(id.slice(0, 8));
    await response.body?.cancel();
    expect((await get(look.url, {}, { 'if-none-match': `W/${etag}` })).status).toBe(304);
    await ownerDb().storedFile.update({ where: { id }, data: { isPublic: false } });
    expect((await get(look.url, {}, { 'if-none-match': etag })).status).toBe(404);
  });
});

describe('a picture of an account that is suspended', () => {
  const jpeg = () => quarters(60, 50).jpeg().toBuffer();
  const urlOf = async (added: Promise<Result<{ url: string }>>) => {
    const result = await added;
    if (!result.ok) throw new Error(result.detail);
    return result.value.url;
  };
  const signed = async (url: string) => signFileUrl(url.split('/')[3] ?? '', 'w320');

  it.each([
    [
      'a vendor’s public picture',
      'vendors',
      async (id: string) => {
        const url = await urlOf(addGalleryImage({ vendorId: id, fileName: 'x.jpg', source: await jpeg() }));
        await ownerDb().storedFile.update({
          where: { id: url.split('/')[3] ?? '' },
          data: { isPublic: true },
        });
        return url;
      },
    ],
    ['a vendor’s avatar', 'vendors', async (id: string) => urlOf(changeAvatar(asVendor(id), await jpeg()))],
    [
      'a vendor’s private picture at a signed address',
      'vendors',
      async (id: string) =>
        signed(await urlOf(addGalleryImage({ vendorId: id, fileName: 'x.jpg', source: await jpeg() }))),
    ],
    ['a user’s avatar', 'users', async (id: string) => urlOf(changeAvatar(asUser(id), await jpeg()))],
    [
      'a user’s photo at a signed address',
      'users',
      async (id: string) =>
        signed(await urlOf(addPhoto({ userId: id, fileName: 'x.jpg', source: await jpeg() }))),
    ],
  ] as const)(
    'is found by nobody and kept by no cache, until the account is restored: %s',
    async (_, kind, make) => {
      const id = kind === 'users' ? (await newUser()).userId : (await newVendor()).vendorId;
      const url = await make(id);
      const first = await get(url);
      const etag = first.headers.get('etag') ?? '';
      expect(first.status).toBe(200);
      await first.body?.cancel();
      const set = (isActive: boolean) =>
        kind === 'users'
          ? ownerDb().user.update({ where: { id }, data: { isActive } })
          : ownerDb().vendor.update({ where: { id }, data: { isActive } });
      await set(false);
      const owner = kind === 'users' ? { user: { userId: id } } : { vendor: { vendorId: id } };
      for (const answer of [
        await get(url),
        await get(url, {}, {}, 'HEAD'),
        await get(url, {}, { 'if-none-match': etag }),
        await get(url, {}, { range: 'bytes=0-10' }),
        await get(url, owner),
      ]) {
        expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store']);
      }
      await set(true);
      expect((await get(url)).status).toBe(200);
    },
  );

  it('keeps its bytes: smaller files that were being made do not end them', async () => {
    const { vendorId } = await newVendor();
    const url = await urlOf(addGalleryImage({ vendorId, fileName: 'x.jpg', source: await jpeg() }));
    await ownerDb().vendor.update({ where: { id: vendorId }, data: { isActive: false } });
    await addLaterVariants({ olderThanSeconds: 0 });
    await ownerDb().vendor.update({ where: { id: vendorId }, data: { isActive: true } });
    expect((await get(url, { vendor: { vendorId } })).status).toBe(200);
  });
});

describe('every answer', () => {
  test('forbids the browser to make anything else of the bytes', async () => {
    const response = await get(photo.url, { user: owner }, {}, 'HEAD');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect((await bytesOf(response)).length).toBe(0);
  });

  test('offers a file to save under a name that is safe and tells the truth about its kind', async () => {
    const saved = async (name: string) =>
      (
        await get(`${photo.url}?download=${encodeURIComponent(name)}`, { user: owner }, {}, 'HEAD')
      ).headers.get('content-disposition');
    expect(await saved('my ink.png')).toBe("attachment; filename*=UTF-8''my%20ink.jpg");
    expect(await saved('../"x"\r\nset-cookie: a=b.exe')).toBe(
      "attachment; filename*=UTF-8''xset-cookie%20a%3Db.jpg",
    );
    expect(await saved('عکس')).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('عکس')}.jpg`);
  });

  test('serves the part that is asked for', async () => {
    const whole = await bytesOf(await get(photo.url, { user: owner }));
    const part = async (range: string, more: Record<string, string> = {}) => {
      const response = await get(photo.url, { user: owner }, { range, ...more });
      return {
        status: response.status,
        range: response.headers.get('content-range'),
        bytes: await bytesOf(response),
      };
    };
    const size = whole.length;
    expect(await part('bytes=0-9')).toEqual({
      status: 206,
      range: `bytes 0-9/${size}`,
      bytes: whole.subarray(0, 10),
    });
    expect((await part('bytes=100-')).bytes.equals(whole.subarray(100))).toBe(true);
    expect((await part('bytes=-7')).bytes.equals(whole.subarray(-7))).toBe(true);
    expect((await part(`bytes=${size}-`)).status).toBe(416);
    expect((await part('bytes=5-2')).status).toBe(416);
    for (const ignored of ['bytes=0-1,4-5', 'lines=1-2', 'bytes=-']) {
      expect((await part(ignored)).bytes.length).toBe(size);
    }
    expect((await part('bytes=0-9', { 'if-range': '"another"' })).status).toBe(200);
  });
});
