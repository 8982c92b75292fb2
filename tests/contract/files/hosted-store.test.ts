import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { newRandomId } from '#lib/core/random-id.ts';
import { db } from '#lib/db/client.ts';
import { publishImage } from '#lib/files/image/publish-image.ts';
import { readOriginal } from '#lib/files/image/read-image.ts';
import { serveFile } from '#lib/files/image/serve-file.ts';
import { createHostedStore, type HostedStore } from '#lib/files/storage/hosted-store.ts';
import { createHostedHandler } from '#lib/files/upload/hosted-handler.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { asUser, newUser, newVendor, ownDataDir, stateOfUser } from '#tests/support/files.ts';
import { quarters } from '#tests/support/pictures.ts';
import { startHostedService } from '#tests/support/servers/hosted-service.ts';
import { askToUpload, type SignedAddress } from '#tests/support/upload-client.ts';

useTestDatabase();
const data = ownDataDir();
const current = vi.hoisted(() => ({ store: null as unknown }));
// Which store an installation has is read from its environment once; the store itself is the real one.
vi.mock('#lib/files/storage/open-store.ts', async (original) => ({
  ...(await original<object>()),
  fileStore: () => current.store,
  fileRemover: () => current.store,
}));

let service: Awaited<ReturnType<typeof startHostedService>>;
let store: HostedStore;
let photo: Buffer;
let userId: string;
let vendorId: string;
let route: (request: Request) => Promise<Response>;

beforeAll(async () => {
  service = await startHostedService();
  store = createHostedStore(service.uploads);
  current.store = store;
  photo = await quarters(600, 400)
    .withExif({ IFD0: { Make: 'SpyCamera' } })
    .jpeg()
    .toBuffer();
});
beforeEach(async () => {
  ({ userId } = await newUser());
  ({ vendorId } = await newVendor());
  service.files.clear();
  route = createHostedHandler(
    { userOf: async () => ({ userId }), vendorOf: async () => ({ vendorId }) },
    service.uploads,
    store,
  );
  service.onReport(route);
});
afterAll(async () => {
  await service.stop();
  await data.remove();
});

/** Sends bytes to the service as a browser would, and gives its answer. */
async function send(slug = 'photo', bytes = photo) {
  const { status, body } = await askToUpload(
    { route, ingest: route },
    [{ name: 'me.jpg', size: bytes.length, type: 'image/jpeg' }],
    { slug },
  );
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  const [address] = body as [SignedAddress];
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]));
  const response = await fetch(address.url, { method: 'PUT', body: form });
  const answer = (await response.json()) as { serverData: { image?: { id: string; url: string } } };
  return { address, image: answer.serverData.image, serverData: answer.serverData };
}

describe('the store at the hosted service, through the real UTApi', () => {
  test('keeps private what is private, gives back what was put, whole and in part', async () => {
    const id = newRandomId();
    const bytes = Buffer.from('0123456789');
    expect(await store.put(id, { w320: bytes, w640: photo }, 'private')).toEqual({
      ok: true,
      value: undefined,
    });
    expect(service.find(`${id}-w320`)).toMatchObject({ acl: 'private', type: 'image/webp' });
    expect(await store.read(id, 'w320')).toEqual(bytes);
    const part = await store.open(id, 'w320', { start: 2, end: 4 });
    expect(await new Response(part?.stream).text()).toBe('234');
    const key = service.find(`${id}-w320`)?.key;
    expect((await fetch(`${service.origin}/a/hostedtest/${key}`)).status).toBe(403);
    expect(await store.read(newRandomId(), 'w320')).toBeNull();
  });

  test('copies under another id with other rules, and removes every size', async () => {
    const [from, to] = [newRandomId(), newRandomId()];
    await store.put(from, { original: photo, w320: photo }, 'private');
    expect((await store.copy(from, to, ['original', 'w320'], 'public')).ok).toBe(true);
    expect(service.find(`${to}-original`)).toMatchObject({ acl: 'public-read' });
    await store.remove(from);
    await store.remove(from);
    expect([await store.read(from, 'original'), await store.read(to, 'w320')]).toEqual([null, photo]);
  });

  test('reads no address that is not made here: a key with a path in it is refused', async () => {
    const before = service.seen.length;
    for (const key of ['../../etc/passwd', 'http://169.254.169.254/latest', 'a'.repeat(65), '']) {
      expect(await store.readSent(key)).toMatchObject({ ok: false, code: 'file.linkInvalid' });
    }
    expect(service.seen.length).toBe(before);
  });
});

describe('an upload at the hosted service', () => {
  test('becomes one private image of ours, and nothing of what was sent stays there', async () => {
    const { address, image } = await send();
    expect(new URL(address.url).origin).toBe(service.origin);
    const { used, images } = await stateOfUser(userId);
    expect([used, images.map(({ id }) => id)]).toEqual([1, [image?.id]]);
    expect([...service.files.values()].map(({ acl }) => acl)).toEqual(Array(4).fill('private'));
    const original = await readOriginal(image?.id ?? '');
    if (!original.ok) throw new Error(original.detail);
    expect(original.value.includes('SpyCamera')).toBe(false);
    const sha256 = createHash('sha256').update(original.value).digest('hex');
    expect(images[0]?.storedFile?.sha256).toBe(sha256);
  });

  test('is served by our own door, to its owner alone', async () => {
    const { image } = await send();
    const [, , , id = ''] = image?.url.split('/') ?? [];
    const ask = (who: string | null, range?: string) =>
      serveFile(
        new Request(`http://localhost:3000${image?.url}`, { headers: range ? { range } : {} }),
        id,
        'original',
        { store, userOf: async () => (who ? asUser(who) : null), vendorOf: async () => null },
      );
    expect((await ask(null)).status).toBe(404);
    expect((await ask((await newUser()).userId)).status).toBe(404);
    const whole = Buffer.from(await (await ask(userId)).arrayBuffer());
    const part = await ask(userId, 'bytes=10-19');
    expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, whole.subarray(10, 20)]);
  });

  test('that is reported twice, or by somebody else, makes one image', async () => {
    const { address, serverData } = await send();
    const metadata = service.registered.get(address.key);
    if (!metadata) throw new Error('not registered');
    const file = {
      key: address.key,
      customId: address.customId,
      name: 'me.jpg',
      type: 'image/jpeg',
      acl: 'private',
      bytes: photo,
      uploadedAt: Date.now(),
    };
    const again = await service.report(file, metadata);
    expect([again.status, await again.answer]).toEqual([200, serverData]);
    expect((await stateOfUser(userId)).used).toBe(1);
    const forged = await route(
      new Request('http://localhost:3000/api/uploadthing?slug=photo', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'uploadthing-hook': 'callback',
          'x-uploadthing-signature': `hmac-sha256=${'0'.repeat(64)}`,
        },
        body: '{}',
      }),
    );
    expect(forged.status).toBe(400);
  });

  test('that is no picture is refused, charged nothing, and removed there', async () => {
    const { serverData } = await send('photo', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'));
    expect(serverData).toEqual({ error: 'file.svg' });
    expect([service.files.size, (await stateOfUser(userId)).used]).toEqual([0, 0]);
  });

  test('of a vendor is private until it is published, then public under another id', async () => {
    const { image } = await send('gallery');
    expect([...service.files.values()].every(({ acl }) => acl === 'private')).toBe(true);
    const actor = { kind: 'vendor', vendorId, sessionId: '' } as const;
    expect((await publishImage(actor, image?.id ?? '')).ok).toBe(true);
    expect([...service.files.values()].map(({ acl }) => acl)).toEqual(Array(4).fill('public-read'));
    const row = await db().image.findUnique({ where: { id: image?.id ?? '' } });
    expect(row?.originalUrl).not.toBe(image?.url);
  });
});
