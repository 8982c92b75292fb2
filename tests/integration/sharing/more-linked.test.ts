import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '#lib/db/client.ts';
import { revokeAlbumLink } from '#lib/sharing/album-link/change-album-link.ts';
import { createAlbumLink } from '#lib/sharing/album-link/create-album-link.ts';
import { sealUnlock, unlockCookieName } from '#lib/sharing/unlock-cookie.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { ownDataDir } from '#tests/support/files.ts';
import { newGallery, plainManners } from '#tests/support/galleries.ts';
import { asBrowser } from '#tests/support/request-scope.ts';
import { GET } from '../../../app/api/a/[token]/route.ts';

const database = useTestDatabase();
const data = ownDataDir();
afterAll(data.remove);

/** One more than a page. */
const count = 61;
let gallery: Awaited<ReturnType<typeof newGallery>>;
let albumId: string;

beforeAll(async () => {
  gallery = await newGallery();
  albumId = await gallery.addAlbum({ isPublic: false, imageIds: [await gallery.addImage()] });
  await database().query(
    `WITH made AS (
       INSERT INTO images (vendor_id, type, file_name, original_url, file_size, mime_type)
       SELECT $1, 'vendor', 'look', '/a', 1, 'image/png' FROM generate_series(2, $3::int) RETURNING id
     ), files AS (
       INSERT INTO stored_files (id, image_id, vendor_id, is_public, byte_size, sha256, variants)
       SELECT md5(id::text), id, $1, false, 10, repeat(md5(id::text), 2), '{"original": {"bytes": 10}}' FROM made
     )
     INSERT INTO album_images (album_id, vendor_id, image_id, position)
     SELECT $2, $1, id, 2048 * row_number() OVER () FROM made`,
    [gallery.vendorId, albumId, count],
  );
});

async function makeLink(password: string | null) {
  const wanted = { albumId, name: null, days: null, password, ...plainManners };
  const made = await createAlbumLink(gallery.actor, wanted);
  if (!made.ok) throw new Error(made.detail);
  return { id: made.value.id, token: made.value.path.slice('/a/'.length) };
}

async function ask(address: string) {
  const token = new URL(address, 'http://localhost').pathname.split('/')[2] ?? '';
  const answer = await GET(new Request(`http://localhost:3000/api${address}`), {
    params: Promise.resolve({ token }),
  });
  expect(answer.headers.get('cache-control')).toContain('no-store');
  return { status: answer.status, body: await answer.json() };
}

test('a linked album goes on to its end, each image once, and ends with its link', async () => {
  asBrowser({});
  const { id, token } = await makeLink(null);
  const first = await ask(`/a/${token}`);
  expect(first.body.items).toHaveLength(60);
  const rest = await ask(first.body.next);
  expect(rest.body).toMatchObject({ items: [{ thumbUrl: expect.stringContaining(token) }], next: null });
  const ids = [...first.body.items, ...rest.body.items].map((image: { id: string }) => image.id);
  expect(new Set(ids).size).toBe(count);
  await revokeAlbumLink(gallery.actor, id);
  expect((await ask(first.body.next)).status).toBe(404);
});

test('an album behind a password tells nothing before it is opened in this browser', async () => {
  const { id, token } = await makeLink('rose water');
  asBrowser({});
  expect((await ask(`/a/${token}`)).status).toBe(404);
  const { passwordHash } = await db().albumLink.findUniqueOrThrow({ where: { id } });
  const lock = { kind: 'album', id, passwordHash: passwordHash ?? '' } as const;
  asBrowser({ [unlockCookieName(lock)]: sealUnlock(lock) });
  expect((await ask(`/a/${token}`)).body.items).toHaveLength(60);
});
