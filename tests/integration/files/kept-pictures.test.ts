import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stopListening } from '#lib/db/changes/listen.ts';
import { db } from '#lib/db/client.ts';
import { KeptPictures } from '#lib/files/image/kept-pictures.ts';
import { unpublishImage } from '#lib/files/image/publish-image.ts';
import { serveFile } from '#lib/files/image/serve-file.ts';
import { signFileUrl } from '#lib/files/image/sign-url.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { ownDataDir } from '#tests/support/files.ts';
import { must, newGallery } from '#tests/support/galleries.ts';

useTestDatabase();
const data = ownDataDir();

let routed = 0;
/** The route as the framework would call it, for nobody in particular. */
async function route(url: string, headers: Record<string, string | string[] | undefined>): Promise<Response> {
  routed += 1;
  const [, , , id = '', variant = ''] = new URL(url, 'http://localhost').pathname.split('/');
  const given = Object.entries(headers).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return serveFile(new Request(new URL(url, 'http://localhost'), { headers: given }), id, variant, {
    store: fileStore(),
    userOf: async () => null,
    vendorOf: async () => null,
  });
}

let pictures: KeptPictures;
const server = createServer((request, response) => {
  const handle = async () => {
    const answer = await route(request.url ?? '', request.headers);
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  };
  if (!pictures.answer(request, response, () => void handle())) void handle();
});
let origin = '';
beforeAll(async () => {
  pictures = new KeptPictures();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  stopListening();
  await data.remove();
});

type Got = { status: number; headers: Record<string, string>; bytes: Buffer; isKept: boolean };

async function get(path: string, headers: Record<string, string> = {}): Promise<Got> {
  const before = routed;
  const answer = await fetch(`${origin}${path}`, { headers });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const { date: _, connection: __, 'keep-alive': ___, ...kept } = Object.fromEntries(answer.headers);
  return { status: answer.status, headers: kept, bytes, isKept: routed === before };
}

async function newPicture() {
  const gallery = await newGallery();
  const imageId = await gallery.addImage();
  const { id } = await db().storedFile.findUniqueOrThrow({ where: { imageId } });
  return { gallery, imageId, id, path: `/api/files/${id}/w320` };
}

test('a public picture is answered from memory as the route answers it', async () => {
  const { path } = await newPicture();
  const first = await get(path);
  expect([first.status, first.isKept]).toEqual([200, false]);
  await get(path);
  const kept = await get(path);
  expect(kept).toEqual({ ...first, isKept: true });
  const known = await get(path, { 'if-none-match': first.headers.etag ?? '' });
  expect([known.status, known.isKept, known.bytes.length]).toEqual([304, true, 0]);
  const part = await get(path, { range: 'bytes=0-9' });
  expect([part.status, part.isKept, part.bytes.length]).toEqual([206, false, 10]);
  expect((await get(`${path}?download=a`)).isKept).toBe(false);
});

test('what is taken back, and whose vendor is gone, is not shown any more', async () => {
  const { gallery, imageId, path } = await newPicture();
  const other = await newPicture();
  for (const one of [path, other.path]) for (const _ of [1, 2]) await get(one);
  expect((await get(path)).isKept).toBe(true);
  must(await unpublishImage(gallery.actor, imageId));
  await expect.poll(async () => (await get(path)).status, { timeout: 5000 }).toBe(404);
  expect((await get(other.path)).isKept).toBe(true);
  await ownerDb().vendor.update({ where: { id: other.gallery.vendorId }, data: { isActive: false } });
  await expect.poll(async () => (await get(other.path)).status, { timeout: 5000 }).toBe(404);
});

test('a private picture is never kept, for no reader', async () => {
  const gallery = await newGallery();
  const imageId = await gallery.addImage({ isPublic: false });
  const { id } = await db().storedFile.findUniqueOrThrow({ where: { imageId } });
  for (const _ of [1, 2, 3]) {
    const signed = await get(signFileUrl(id, 'w320'));
    expect([signed.status, signed.isKept]).toEqual([200, false]);
    expect((await get(`/api/files/${id}/w320`)).status).toBe(404);
  }
});
