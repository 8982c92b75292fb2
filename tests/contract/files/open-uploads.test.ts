import { stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { newRandomId } from '#lib/core/random-id.ts';
import { db } from '#lib/db/client.ts';
import { openUploads, type Uploads } from '#lib/files/upload/open-uploads.ts';
import { createUploadParts } from '#lib/files/upload/part-store.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { filesUnder, newUser, newVendor, ownDataDir } from '#tests/support/files.ts';
import { quarters } from '#tests/support/pictures.ts';
import { askToUpload, put, type SignedAddress } from '#tests/support/upload-client.ts';

/** What unfinished uploads may hold of the quota and of the disk. */
const database = useTestDatabase();
const data = ownDataDir();
let userId: string;
let uploads: Uploads;

beforeEach(async () => {
  ({ userId } = await newUser());
  const { vendorId } = await newVendor();
  uploads = openUploads({ userOf: async () => ({ userId }), vendorOf: async () => ({ vendorId }) });
});
afterAll(data.remove);

async function ask(size: number, name = `photo ${newRandomId()}.jpg`, slug = 'photo') {
  const { status, body } = await askToUpload(uploads, [{ name, size, type: 'image/jpeg' }], { slug });
  return { status, message: (body as { message?: string }).message, url: (body as SignedAddress[])[0]?.url };
}

async function bytesOnDisk(): Promise<number> {
  const parts = (await filesUnder(data.path)).filter((path) => path.endsWith('.part'));
  const sizes = await Promise.all(parts.map(async (path) => (await stat(join(data.path, path))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

const letTimePass = (seconds: number) =>
  database().query(
    'UPDATE uploads SET touched_at = touched_at - make_interval(secs => $2) WHERE user_id = $1',
    [userId, seconds],
  );

describe('uploads that are not finished', () => {
  test('count against the quota: of sixty asked for one after the other, five get an address', async () => {
    const answers = [];
    for (let turn = 0; turn < 60; turn += 1) answers.push(await ask(1000));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(answers.at(-1)).toMatchObject({ status: 403, message: 'quota.imagesExceeded' });
  });

  test('count as well when they are asked for at once', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask(1000)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(answers.filter(({ message }) => message === 'quota.imagesExceeded')).toHaveLength(25);
  });

  test('hold no more bytes than an account may have open, sent with one byte missing', async () => {
    const size = 10 * 1024 * 1024;
    const bytes = Buffer.alloc(size, 1);
    await database().query(
      `INSERT INTO subscription_periods (user_id, plan_id, anchor_at, starts_at, ends_at, conversions_limit, images_limit)
       SELECT $1, id, clock_timestamp(), clock_timestamp(), clock_timestamp() + interval '1 month', 50, 50
       FROM payment_plans WHERE name = 'basic'`,
      [userId],
    );
    let sent = 0;
    for (let turn = 0; turn < 10; turn += 1) {
      const { url, message } = await ask(size);
      if (!url) {
        expect(message).toBe('file.uploadsOpen');
        continue;
      }
      expect((await put(uploads, url, bytes.subarray(0, -1))).status).toBe(409);
      sent += 1;
    }
    expect(sent).toBe(6);
    expect(await bytesOnDisk()).toBeLessThanOrEqual(60 * 1024 * 1024);
  }, 30_000);

  test('give way when they lie still, with their bytes, and to another attempt at the same file sooner', async () => {
    const photo = await quarters(600, 400).jpeg().toBuffer();
    for (let turn = 0; turn < 4; turn += 1) await ask(photo.length);
    const first = await ask(photo.length, 'mine.jpg');
    await put(uploads, first.url ?? '', photo.subarray(0, -1));
    const before = await bytesOnDisk();
    expect((await ask(photo.length, 'mine.jpg')).status).toBe(403);
    await letTimePass(11);
    const again = await ask(photo.length, 'mine.jpg');
    expect(again.status).toBe(200);
    expect(await bytesOnDisk()).toBe(before - photo.length + 1);
    expect((await put(uploads, first.url ?? '', photo)).body).toEqual({ error: 'file.linkInvalid' });
    expect((await put(uploads, again.url ?? '', photo)).status).toBe(200);
    expect((await ask(photo.length)).status).toBe(403);
    await letTimePass(121);
    expect((await ask(photo.length)).status).toBe(200);
  });

  test('are forgotten after an hour, what was taken in after a day', async () => {
    const photo = await quarters(600, 400).jpeg().toBuffer();
    await ask(1000);
    const { url } = await ask(photo.length);
    await put(uploads, url ?? '', photo);
    const rows = await database().query<{ state: string; hours: number }>(
      `SELECT state, round(extract(epoch FROM expires_at - now()) / 3600)::int AS hours FROM uploads
       WHERE user_id = $1 ORDER BY hours`,
      [userId],
    );
    expect(rows).toEqual([
      { state: 'open', hours: 1 },
      { state: 'done', hours: 24 },
    ]);
  });

  test('of one account leave another account its own', async () => {
    for (let turn = 0; turn < 12; turn += 1) await ask(1000);
    ({ userId } = await newUser());
    expect((await ask(1000)).status).toBe(200);
    expect(await db().upload.count({ where: { userId } })).toBe(1);
  });
});

describe('the folder of parts', () => {
  const hour = 3_600_000;

  async function part(root: string, bytes: number, ageMs: number): Promise<string> {
    const id = newRandomId();
    const path = join(root, `${id}.part`);
    await writeFile(path, Buffer.alloc(bytes));
    const at = new Date(Date.now() - ageMs);
    await utimes(path, at, at);
    return id;
  }

  test('has a cap: what lies still goes, the oldest first, and never what is being sent', async () => {
    const folder = ownDataDir();
    const parts = createUploadParts(folder.path, { maxBytes: 100, freeBytes: async () => 2 ** 40 });
    expect(await parts.makeRoom(40)).toBe(true);
    const oldest = await part(folder.path, 40, 2 * hour);
    const older = await part(folder.path, 30, hour);
    const active = await part(folder.path, 30, 0);
    expect(await parts.makeRoom(20)).toBe(true);
    expect([await parts.sizeOf(oldest), await parts.sizeOf(older)]).toEqual([0, 30]);
    expect(await parts.makeRoom(80)).toBe(false);
    expect([await parts.sizeOf(older), await parts.sizeOf(active)]).toEqual([0, 30]);
    await folder.remove();
  });

  test('reacts to what is free on its disk', async () => {
    const folder = ownDataDir();
    let free = 1000;
    const parts = createUploadParts(folder.path, { freeBytes: async () => free - 500 });
    expect(await parts.makeRoom(400)).toBe(true);
    free = 510;
    expect(await parts.makeRoom(100)).toBe(false);
    const still = await part(folder.path, 200, hour);
    expect(await parts.makeRoom(100)).toBe(true);
    expect(await parts.sizeOf(still)).toBe(0);
    await folder.remove();
  });
});
