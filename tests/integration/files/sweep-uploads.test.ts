import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { newRandomId } from '#lib/core/random-id.ts';
import { db } from '#lib/db/client.ts';
import { sweepUploads } from '#lib/files/upload/sweep-uploads.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { filesUnder, newUser, ownDataDir } from '#tests/support/files.ts';

useTestDatabase();
const data = ownDataDir();
afterAll(data.remove);

async function partialUpload(options: { hasRow: boolean; expiresInHours: number; ageHours: number }) {
  const id = newRandomId();
  const hours = (count: number) => new Date(Date.now() + count * 3_600_000);
  if (options.hasRow) {
    await ownerDb().upload.create({
      data: {
        id,
        key: `key${id}`,
        slug: 'photo',
        ...(await newUser()),
        fileName: 'a.jpg',
        fileSize: 10,
        mimeType: 'image/jpeg',
        expiresAt: hours(options.expiresInHours),
      },
    });
  }
  const path = join(data.path, 'uploads', `${id}.part`);
  await mkdir(join(data.path, 'uploads'), { recursive: true });
  await writeFile(path, 'bytes');
  await utimes(path, hours(-options.ageHours), hours(-options.ageHours));
  return id;
}

test('only uploads that have run out, and parts that nobody knows for a day, are swept', async () => {
  const expired = await partialUpload({ hasRow: true, expiresInHours: -1, ageHours: 1 });
  const open = await partialUpload({ hasRow: true, expiresInHours: 1, ageHours: 30 });
  await partialUpload({ hasRow: false, expiresInHours: 0, ageHours: 25 });
  const fresh = await partialUpload({ hasRow: false, expiresInHours: 0, ageHours: 1 });
  expect(await sweepUploads()).toBe(2);
  expect((await filesUnder(data.path)).sort()).toEqual(
    [open, fresh].map((id) => join('uploads', `${id}.part`)).sort(),
  );
  expect(await db().upload.findUnique({ where: { id: expired } })).toBeNull();
  expect(await db().upload.count()).toBe(1);
  expect(await sweepUploads()).toBe(0);
});
