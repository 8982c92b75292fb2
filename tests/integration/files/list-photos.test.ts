import { expect, test } from 'vitest';
import { listPhotos } from '#lib/files/photo/list-photos.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { asUser, newUser } from '#tests/support/files.ts';

useTestDatabase();

/** Photos of the same moment, two by two: only their ids tell them apart. */
async function withPhotos(count: number): Promise<string> {
  const { userId } = await newUser();
  await ownerDb().$executeRaw`
    INSERT INTO images (user_id, type, file_name, original_url, file_size, mime_type, created_at)
    SELECT ${userId}::uuid, 'user', 'p' || n, '/api/files/x/original', 1, 'image/jpeg', now() - (n / 2) * interval '1 minute'
      FROM generate_series(1, ${count}::int) n`;
  return userId;
}

test('every photo of a person comes once, newest first, also when others come and go meanwhile', async () => {
  const userId = await withPhotos(60);
  await withPhotos(3);
  const seen: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 5; page += 1) {
    const { photos, next } = await listPhotos(asUser(userId), cursor);
    seen.push(...photos.map(({ fileName }) => fileName));
    if (page === 0) {
      await ownerDb().$executeRaw`
        INSERT INTO images (user_id, type, file_name, original_url, file_size, mime_type)
        VALUES (${userId}::uuid, 'user', 'newer', '/a', 1, 'image/jpeg')`;
      await ownerDb().image.deleteMany({ where: { userId, fileName: 'p2' } });
    }
    if (!next) break;
    cursor = next;
  }
  expect(seen).toHaveLength(60);
  expect(new Set(seen).size).toBe(60);
  const minutes = seen.map((name) => Math.floor(Number(name.slice(1)) / 2));
  expect(minutes).toEqual(minutes.toSorted((a, b) => a - b));
});

test('a page that nobody was given is the first one, and no photo of somebody else', async () => {
  const userId = await withPhotos(1);
  for (const nonsense of ['', 'x', '%', 'a'.repeat(500), Buffer.from('2026-01-01_x').toString('base64url')]) {
    const { photos, next } = await listPhotos(asUser(userId), nonsense);
    expect([photos.length, next]).toEqual([1, null]);
  }
});
