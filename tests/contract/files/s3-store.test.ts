import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readEnv } from '#lib/core/env/env.ts';
import type { S3Settings } from '#lib/core/env/storage-env.ts';
import { patientFetch } from '#lib/core/http/patient-fetch.ts';
import { S3Error } from '#lib/core/http/s3-answer.ts';
import { createS3Client, type S3Client } from '#lib/core/http/s3-client.ts';
import { newRandomId } from '#lib/core/random-id.ts';
import type { FileRemover, FileStore } from '#lib/files/storage/file-store.ts';
import { createLocalStore } from '#lib/files/storage/local-store.ts';
import { createMovingStore } from '#lib/files/storage/moving-store.ts';
import { createS3Store, s3Key } from '#lib/files/storage/s3-store.ts';
import { createLocalInventory } from '#lib/files/sweep/local-inventory.ts';
import { moveFiles } from '#lib/files/sweep/move-files.ts';
import { createS3Inventory } from '#lib/files/sweep/s3-inventory.ts';
import { sweepFiles } from '#lib/files/sweep/sweep-files.ts';
import { pictureBucket } from '#scripts/backup/picture-folder.ts';
import { checkBucket } from '#scripts/doctor/check-bucket.ts';
import { must } from '#tests/support/conversions.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { newVendor, ownDataDir } from '#tests/support/files.ts';
import { startS3Server } from '#tests/support/servers/s3-server.ts';

useTestDatabase();
const data = ownDataDir();
const dayMs = 86_400_000;
const bytes = Buffer.from('the bytes of a picture, as they were sent');

let server: Awaited<ReturnType<typeof startS3Server>>;
let client: S3Client;
let store: FileStore & FileRemover;

beforeAll(async () => {
  server = await startS3Server();
  client = createS3Client(server.settings);
  store = createS3Store(server.settings);
  // A real engine takes a while to begin.
}, 120_000);
beforeEach(async () => {
  await ownerDb().image.deleteMany();
  await ownerDb().fileStoreMark.deleteMany();
  for (const key of await keys()) await client.remove(key);
});
afterAll(async () => {
  await server.stop();
  await data.remove();
});

async function keys(prefix = ''): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of client.list(prefix)) found.push(key);
  return found;
}

/** A server of any behaviour, and a bucket's settings that lead to it. */
async function scripted(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const front = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => front.once('listening', resolve));
  const { port } = front.address() as AddressInfo;
  const settings: S3Settings = { ...server.settings, endpoint: `http://127.0.0.1:${port}` };
  return { settings, url: settings.endpoint, [Symbol.asyncDispose]: async () => void front.close() };
}

/** A stored file of a vendor's picture, of this age, whose row names these sizes. */
async function row(id: string, sizes: readonly string[], days = 3): Promise<void> {
  const { vendorId } = await newVendor();
  await ownerDb().image.create({
    data: {
      vendorId,
      type: 'vendor',
      originalUrl: `/api/files/${id}`,
      fileName: 'a.jpg',
      fileSize: bytes.length,
      mimeType: 'image/jpeg',
      width: 10,
      height: 10,
      storedFile: {
        create: {
          id,
          vendorId,
          byteSize: bytes.length,
          sha256: 'a'.repeat(64),
          variants: Object.fromEntries(sizes.map((size) => [size, { bytes: 1, width: 1, height: 1 }])),
          createdAt: new Date(Date.now() - days * dayMs),
        },
      },
    },
  });
}

const MiB = 1024 * 1024;
const keyed = (id: string) => s3Key(id, 'original');

/** A store that knows uploads in parts and nothing else; `trouble` may answer instead. */
async function partsOnly(trouble: (asked: string, response: ServerResponse) => boolean | undefined) {
  const asked: string[] = [];
  const parts = new Map<string, Buffer>();
  let whole: Buffer | undefined;
  const front = await scripted(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    const part = url.searchParams.get('partNumber');
    const what = `${request.method} ${url.searchParams.has('uploads') ? 'begin' : (part ?? (url.search ? 'end' : 'whole'))}`;
    asked.push(what);
    const sent: Buffer[] = [];
    for await (const some of request) sent.push(some);
    if (trouble(what, response)) return;
    if (part) {
      parts.set(part, Buffer.concat(sent));
      return void response.setHeader('etag', `"tag&${part}"`).end();
    }
    if (what === 'POST begin') return void response.end('<R><UploadId>u&amp;1</UploadId></R>');
    if (what === 'POST end') {
      whole = Buffer.concat([...parts].sort(([a], [b]) => Number(a) - Number(b)).map(([, body]) => body));
      const tags = [
        ...Buffer.concat(sent)
          .toString()
          .matchAll(/<ETag>(.*?)<\/ETag>/g),
      ].map(([, tag]) => tag);
      expect(tags).toEqual([...parts.keys()].sort().map((at) => `&quot;tag&amp;${at}&quot;`));
      return void response.end('<CompleteMultipartUploadResult/>');
    }
    if (what === 'HEAD whole') return void response.setHeader('content-length', whole?.length ?? 0).end();
    return void response.writeHead(204).end();
  });
  return { ...front, asked, parts, whole: () => whole, client: createS3Client(front.settings) };
}

describe('what is large', () => {
  test('goes in parts, from memory and from a stream, and is what it was', async () => {
    const big = randomBytes(17 * MiB + 3);
    const id = newRandomId();
    expect(await store.put(id, { original: big }, 'private')).toMatchObject({ ok: true });
    const digest = (some: Uint8Array | null) =>
      createHash('sha256')
        .update(some ?? '')
        .digest('hex');
    expect(digest(await store.read(id, 'original'))).toBe(digest(big));
    const long = big.subarray(0, 9 * MiB);
    async function* pieces() {
      for (let at = 0; at < long.length; at += 1_000_003) yield long.subarray(at, at + 1_000_003);
    }
    const other = newRandomId();
    await client.putStream(keyed(other), pieces(), 'image/jpeg');
    expect(digest(await store.read(other, 'original'))).toBe(digest(long));
    for await (const left of client.unfinished()) throw new Error(`left behind: ${left.key}`);
  });

  test('is given up whole when one part is refused, and tried again when one is only late', async () => {
    await using refusing = await partsOnly((asked, response) => {
      if (asked === 'PUT 2') response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
      return asked === 'PUT 2';
    });
    await expect(refusing.client.put('a', randomBytes(17 * MiB), 'text/plain')).rejects.toThrow(
      'AccessDenied',
    );
    expect([refusing.whole(), refusing.asked.at(-1)]).toEqual([undefined, 'DELETE end']);
    let isLate = true;
    await using late = await partsOnly((asked, response) => {
      if (asked !== 'PUT 2' || !isLate) return false;
      isLate = false;
      response.writeHead(503).end();
      return true;
    });
    const bytes = randomBytes(17 * MiB);
    await late.client.put('a', bytes, 'text/plain');
    expect(late.whole()?.equals(bytes)).toBe(true);
  });

  test('is there when only the last answer was lost', async () => {
    let isFirst = true;
    await using losing = await partsOnly((asked, response) => {
      if (asked !== 'POST end' || isFirst) return false;
      response.writeHead(404).end('<Error><Code>NoSuchUpload</Code></Error>');
      return true;
    });
    // The first end is done, and its line breaks.
    const bytes = randomBytes(17 * MiB);
    const broken = await scripted((request, response) => {
      const isEnd = request.method === 'POST' && !request.url?.includes('uploads');
      const forward = fetch(`${losing.url}${request.url}`, {
        method: request.method ?? 'GET',
        ...(request.method !== 'HEAD' && { body: request, duplex: 'half' }),
      } as unknown as RequestInit);
      void forward.then(async (answer) => {
        if (isEnd && isFirst) {
          isFirst = false;
          return response.destroy();
        }
        const body = Buffer.from(await answer.arrayBuffer());
        const length = request.method === 'HEAD' ? answer.headers.get('content-length') : body.length;
        response.writeHead(answer.status, {
          etag: answer.headers.get('etag') ?? '',
          'content-length': `${length}`,
        });
        return response.end(body);
      });
    });
    await using _closing = broken;
    await createS3Client(broken.settings).put('a', bytes, 'text/plain');
    expect(losing.whole()?.equals(bytes)).toBe(true);
  });

  test('left unfinished is given up by the sweep after its day, if it is ours', async () => {
    const signer = new AwsClient({ ...server.settings, service: 's3', retries: 0 });
    const { endpoint, bucket } = server.settings;
    const ours = keyed(newRandomId());
    for (const key of [ours, 'somebody/elses'])
      await signer.fetch(`${endpoint}/${bucket}/${key}?uploads=`, { method: 'POST' });
    const drop = (at: number) => createS3Inventory(server.settings).dropUnfinished?.(new Date(at));
    expect(await drop(Date.now() - dayMs)).toBe(0);
    // The server from npm has no list of them, which is no error.
    expect(await drop(Date.now() + dayMs)).toBe(process.env.TEST_S3_ENGINE ? 1 : 0);
    const gone: string[] = [];
    const entry = (key: string, days: number) =>
      `<Upload><Key>${key}</Key><UploadId>u${days}</UploadId><Initiated>${new Date(Date.now() - days * dayMs).toISOString()}</Initiated></Upload>`;
    await using pages = await scripted((request, response) => {
      const query = new URL(request.url ?? '', 'http://x').searchParams;
      if (request.method === 'DELETE') gone.push(query.get('uploadId') ?? '');
      if (request.method === 'DELETE') return void response.writeHead(204).end();
      const isFirst = !query.has('key-marker');
      response.end(
        isFirst
          ? `<R>${entry(ours, 3)}${entry('some/thing', 4)}<IsTruncated>true</IsTruncated><NextKeyMarker>some%2Fthing</NextKeyMarker><NextUploadIdMarker>u4</NextUploadIdMarker></R>`
          : `<R>${query.get('key-marker') === 'some/thing' ? entry(ours, 5) : ''}${entry(ours, 0)}<IsTruncated>false</IsTruncated></R>`,
      );
    });
    const inventory = createS3Inventory(pages.settings);
    expect(await inventory.dropUnfinished?.(new Date(Date.now() - dayMs))).toBe(2);
    expect(gone).toEqual(['u3', 'u5']);
  });
});

describe('a bucket as a store', () => {
  test('keeps every size, gives ranges of it, copies it and lets it go whole', async () => {
    const [id, other] = [newRandomId(), newRandomId()];
    expect(await store.put(id, { original: bytes, w320: bytes }, 'private')).toMatchObject({ ok: true });
    expect(await keys()).toEqual([s3Key(id, 'original'), s3Key(id, 'w320')]);
    expect(await store.read(id, 'original')).toEqual(bytes);
    const part = await store.open(id, 'w320', { start: 4, end: 8 });
    expect(part?.size).toBe(bytes.length);
    expect(await new Response(part?.stream).text()).toBe('bytes');
    expect(await store.read(id, 'w640')).toBeNull();
    expect(await store.open(newRandomId(), 'original')).toBeNull();
    expect(await store.copy(id, other, ['original', 'w320'], 'public')).toMatchObject({ ok: true });
    await store.remove(id);
    await store.remove(id);
    expect(await keys()).toEqual([s3Key(other, 'original'), s3Key(other, 'w320')]);
    expect(await store.copy(id, newRandomId(), ['original'], 'public')).toMatchObject({
      ok: false,
      code: 'notFound',
    });
  });

  test('takes nothing that did not arrive as it left, and lists every key past many pages', async () => {
    const { endpoint, bucket } = server.settings;
    const signer = new AwsClient({ ...server.settings, service: 's3', retries: 0 });
    const wrong = createHash('sha256').update('other bytes').digest('hex');
    const sent = await signer.fetch(`${endpoint}/${bucket}/broken`, {
      method: 'PUT',
      headers: { 'x-amz-content-sha256': wrong },
      body: new Uint8Array(bytes),
    });
    // The server from npm looks at signatures, not at what came.
    if (process.env.TEST_S3_ENGINE) expect([sent.ok, await client.get('broken')]).toEqual([false, null]);
    // Nor does it spell every key as the protocol wants it in a list.
    const odd = process.env.TEST_S3_ENGINE ? ' +ی' : '';
    const many = Array.from({ length: 23 }, (_, at) => `many/${String(at).padStart(2, '0')}${odd}`);
    await Promise.all(many.map((key) => client.put(key, bytes, 'text/plain')));
    expect(await keys('many/')).toEqual(many);
  });

  test('refuses to make a key from anything but an id of ours', () => {
    expect(() => s3Key('../../etc', 'original')).toThrow();
  });

  test('names what is wrong with a key, a bucket or a signature', async () => {
    const wrong = createS3Client({ ...server.settings, secretAccessKey: 'not it' });
    await expect(wrong.put('a', bytes, 'text/plain')).rejects.toMatchObject({
      name: 'S3Error',
      status: 403,
      code: 'SignatureDoesNotMatch',
    });
    const nowhere = createS3Client({ ...server.settings, bucket: 'nowhere' });
    await expect(nowhere.head('a')).resolves.toBeNull();
    await expect(nowhere.get('a')).rejects.toThrow(S3Error);
    const lost = createS3Store({ ...server.settings, secretAccessKey: 'not it' });
    expect(await lost.put(newRandomId(), { original: bytes }, 'private')).toMatchObject({
      ok: false,
      code: 'service.unavailable',
    });
  });

  test('asks again when the store is overwhelmed or the line breaks, and no more than three times', async () => {
    let asked = 0;
    await using busy = await scripted((request, response) => {
      asked += 1;
      if (asked === 1) return void request.socket.destroy();
      response.writeHead(asked === 2 ? 503 : 200).end('done');
    });
    const found = await createS3Client(busy.settings).get('a');
    expect(await found?.text()).toBe('done');
    expect(asked).toBe(3);
    asked = 1;
    await using down = await scripted((_request, response) => {
      asked += 1;
      response.writeHead(500).end('<Error><Code>InternalError</Code></Error>');
    });
    await expect(createS3Client(down.settings).get('a')).rejects.toMatchObject({ code: 'InternalError' });
    expect(asked).toBe(4);
  });

  test('tells a store without room, and a copy that failed after its header was sent', async () => {
    await using full = await scripted((request, response) => {
      if (request.method === 'DELETE') return void response.writeHead(204).end();
      if (request.headers['x-amz-copy-source'])
        return void response.end('<Error><Code>InternalError</Code></Error>');
      response.writeHead(403).end('<Error><Code>QuotaExceeded</Code></Error>');
    });
    const one = createS3Store(full.settings);
    expect(await one.put(newRandomId(), { original: bytes }, 'private')).toMatchObject({
      ok: false,
      code: 'file.storageFull',
    });
    await expect(one.copy(newRandomId(), newRandomId(), ['original'], 'private')).rejects.toThrow(S3Error);
  });

  test('waits for no silent store, and for a slow reader as long as it takes', async () => {
    await using slow = await scripted((request, response) => {
      if (request.url === '/silent') return;
      response.writeHead(200).write('a first part');
      if (request.url === '/whole') response.end();
    });
    await expect(patientFetch(`${slow.url}/silent`, {}, 100)).rejects.toThrow('silent');
    const cut = await patientFetch(`${slow.url}/cut`, {}, 100);
    await expect(cut.text()).rejects.toThrow();
    const whole = await patientFetch(`${slow.url}/whole`, {}, 100);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await whole.text()).toBe('a first part');
  });
});

describe('the sweep over a bucket', () => {
  const sweep = (now = new Date()) =>
    sweepFiles({ inventory: createS3Inventory(server.settings), repair: true, now });

  test('puts what no row names into the trash for a week, and never touches keys that are not ours', async () => {
    const [kept, orphan] = [newRandomId(), newRandomId()];
    await row(kept, ['original']);
    for (const id of [kept, orphan]) await store.put(id, { original: bytes, w320: bytes }, 'private');
    await client.put('somebody/else.txt', bytes, 'text/plain');
    // A bucket's clock cannot be set back: it is looked at from two days later.
    const later = (days: number) => new Date(Date.now() + days * dayMs);
    expect(await sweep(later(2))).toMatchObject({
      ok: true,
      value: { repaired: { trashed: 1, emptied: 0 } },
    });
    expect(await keys('.trash/')).toEqual(
      [s3Key(orphan, 'original'), s3Key(orphan, 'w320')].map((key) => `.trash/${key}`),
    );
    expect(await store.read(orphan, 'original')).toBeNull();
    expect(await sweep(later(9))).toMatchObject({ ok: true, value: { repaired: { emptied: 1 } } });
    expect((await keys()).sort()).toEqual(
      ['.store-mark', s3Key(kept, 'original'), s3Key(kept, 'w320'), 'somebody/else.txt'].sort(),
    );
  });

  test('goes through every page of the list, whatever its tokens are made of', async () => {
    const ids = [newRandomId(), newRandomId(), newRandomId()].sort() as [string, string, string];
    const entry = (id: string, size: string) =>
      `<Contents><Key>${encodeURIComponent(s3Key(id, size))}</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified><Size>7</Size></Contents>`;
    const asked: URLSearchParams[] = [];
    await using paged = await scripted((request, response) => {
      const query = new URL(request.url ?? '', 'http://x').searchParams;
      asked.push(query);
      const isSecond = query.get('continuation-token') === 'a+b/&=';
      const isThird = query.get('continuation-token') === '3';
      const entries = isThird
        ? [entry(ids[2], 'original')]
        : isSecond
          ? [entry(ids[1], 'w320'), '<Contents><Key>some%2Bbody+else</Key><Size>1</Size></Contents>']
          : [entry(ids[0], 'original'), entry(ids[1], 'original')];
      const next = isThird
        ? ''
        : `<NextContinuationToken>${isSecond ? '3' : 'a+b/&amp;='}</NextContinuationToken>`;
      response.end(
        `<?xml version="1.0"?><ListBucketResult>${next}\n${entries.join('\n')}</ListBucketResult>`,
      );
    });
    const seen: string[] = [];
    for await (const { id, changedAt } of createS3Inventory(paged.settings).list()) {
      expect(changedAt).toEqual(new Date('2026-01-02T03:04:05.000Z'));
      seen.push(id);
    }
    expect(seen).toEqual(ids);
    expect(asked.map((query) => query.get('encoding-type'))).toEqual(['url', 'url', 'url']);
    const found: string[] = [];
    for await (const { key } of createS3Client(paged.settings).list('')) found.push(key);
    expect(found).toContain('some+body else');
  });

  test('leaves a bucket of another database alone', async () => {
    await store.put(newRandomId(), { original: bytes }, 'private');
    await createS3Inventory(server.settings).writeMark(newRandomId());
    expect(await sweep()).toMatchObject({ ok: false, code: 'state.illegal' });
  });
});

test('what is uploaded while everything moves to a bucket and back is in both directions, to the byte', async () => {
  const disk = createLocalStore(join(data.path, 'there-and-back'));
  const random = (length: number) => randomBytes(length);
  const all = new Map<string, Buffer>();
  const upload = async (to: FileStore) => {
    const [id, picture] = [newRandomId(), random(40_000)];
    await row(id, ['original']);
    must(await to.put(id, { original: picture }, 'private'));
    all.set(id, picture);
  };
  for (let at = 0; at < 6; at += 1) await upload(disk);
  const meanwhile = async (to: FileStore, move: () => Promise<unknown>) => {
    const moved = move();
    for (let at = 0; at < 4; at += 1) await upload(to);
    await moved;
  };
  const inventory = createS3Inventory(server.settings);
  const there = () => moveFiles({ from: disk, to: store, inventory, isThorough: true });
  await meanwhile(createMovingStore(store, disk), there);
  expect(await there()).toMatchObject({ copied: 0, missing: [] });
  for (const [id, picture] of all) expect((await store.read(id, 'original'))?.equals(picture)).toBe(true);
  const other = createLocalStore(join(data.path, 'back'));
  const back = () =>
    moveFiles({
      from: store,
      to: other,
      inventory: createLocalInventory(join(data.path, 'back')),
      isThorough: true,
    });
  await meanwhile(createMovingStore(other, store), back);
  expect(await back()).toMatchObject({ copied: 0, missing: [] });
  for (const [id, picture] of all) expect((await other.read(id, 'original'))?.equals(picture)).toBe(true);
});

describe('moving to a bucket', () => {
  const local = () => createLocalStore(join(data.path, 'files'));
  const move = (isThorough = false) =>
    moveFiles({ from: local(), to: store, inventory: createS3Inventory(server.settings), isThorough });

  test('copies what is not there yet, goes on where it stood, and mends what is not the same', async () => {
    const ids = [newRandomId(), newRandomId()] as const;
    for (const id of ids) {
      await row(id, ['original', 'w320']);
      await local().put(id, { original: bytes, w320: Buffer.from('small') }, 'private');
    }
    await store.put(ids[0], { original: bytes }, 'private');
    expect(await move()).toEqual({ copied: 3, kept: 1, missing: [], bytes: bytes.length + 10 });
    expect(await move()).toMatchObject({ copied: 0, kept: 4 });
    await client.put(s3Key(ids[1], 'original'), Buffer.from(bytes).fill(0), 'image/jpeg');
    expect(await move()).toMatchObject({ copied: 0 });
    expect(await move(true)).toMatchObject({ copied: 1, kept: 3 });
    expect(await store.read(ids[1], 'original')).toEqual(bytes);
  });

  test('names what is in neither store, and not what came or went meanwhile', async () => {
    const [lost, fresh] = [newRandomId(), newRandomId()];
    await row(lost, ['original']);
    await row(fresh, ['original'], 0);
    await store.put(fresh, { original: bytes }, 'private');
    expect(await move()).toEqual({ copied: 0, kept: 1, missing: [`${lost}/original`], bytes: 0 });
  });

  test('shows every picture while it runs, keeps new ones in the new store and lets what goes go from both', async () => {
    const both = createMovingStore(store, local());
    const [old, copy] = [newRandomId(), newRandomId()];
    await local().put(old, { original: bytes, w320: bytes }, 'private');
    await both.put(old, { a320: bytes }, 'private');
    expect(await both.read(old, 'original')).toEqual(bytes);
    expect(await new Response((await both.open(old, 'w320'))?.stream).text()).toBe(bytes.toString());
    expect(await both.copy(old, copy, ['original', 'a320'], 'public')).toMatchObject({ ok: true });
    expect(await keys(copy.slice(0, 2))).toContain(s3Key(copy, 'a320'));
    await both.remove(old);
    expect(await both.read(old, 'original')).toBeNull();
    expect(await both.read(old, 'a320')).toBeNull();
  });
});

test('a backup reads a bucket and a restore writes one, by the names that a disk has', async () => {
  const id = newRandomId();
  const folder = `${id.slice(0, 2)}/${id.slice(2, 4)}/${id}`;
  const bucket = pictureBucket(client);
  await bucket.write(`${folder}/original`, join(import.meta.dirname, 's3-store.test.ts'));
  expect(await bucket.list(folder)).toEqual(['original']);
  const read = await bucket.read(`${folder}/original`);
  expect((await read?.toArray())?.length).toBeGreaterThan(0);
  expect(await bucket.read(`${folder}/w320`)).toBeNull();
});

test('the doctor tries a bucket with everything that is asked of one, and says what is wrong', async () => {
  const at = (settings: S3Settings) =>
    checkBucket({
      ...readEnv({ NODE_ENV: 'test', DATABASE_URL: 'postgres://x/y' }),
      storage: { kind: 's3', ...settings },
    });
  const found = await at(server.settings);
  expect(found[0]).toMatchObject({ state: 'green' });
  expect(await keys('.doctor/')).toEqual([]);
  expect(await at({ ...server.settings, secretAccessKey: 'no' })).toMatchObject([
    { state: 'red', says: expect.stringContaining('403') },
  ]);
  expect(await at({ ...server.settings, endpoint: 'http://127.0.0.1:1' })).toMatchObject([
    { state: 'red', says: expect.stringContaining('no answer') },
  ]);
});
