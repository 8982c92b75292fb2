import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newRandomId } from '#lib/core/random-id.ts';
import type { VariantName } from '#lib/files/policy.ts';
import type { FileRemover, FileStore } from '#lib/files/storage/file-store.ts';
import { createLocalStore } from '#lib/files/storage/local-store.ts';

let root: string;
let store: FileStore & FileRemover;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'store-'));
  store = createLocalStore(root);
});
afterAll(() => rm(root, { recursive: true }));

const text = async (stream: ReadableStream<Uint8Array> | undefined) => new Response(stream).text();

describe('the store on disk', () => {
  test('gives back what was put, whole or in part, and nothing of what was not', async () => {
    const id = newRandomId();
    expect(await store.put(id, { w320: Buffer.from('0123456789') }, 'private')).toMatchObject({ ok: true });
    expect((await store.read(id, 'w320'))?.toString()).toBe('0123456789');
    expect(await text((await store.open(id, 'w320'))?.stream)).toBe('0123456789');
    const part = await store.open(id, 'w320', { start: 2, end: 4 });
    expect([part?.size, await text(part?.stream)]).toEqual([10, '234']);
    expect(await store.read(id, 'w640')).toBeNull();
    expect(await store.open(newRandomId(), 'w320')).toBeNull();
  });

  test('leaves no half-written file where a reader could find it', async () => {
    const id = newRandomId();
    const writes = Array.from({ length: 20 }, (_, index) =>
      store.put(id, { original: Buffer.alloc(200_000, index) }, 'private'),
    );
    for (let looked = 0; looked < 50; looked += 1) {
      const seen = await store.read(id, 'original');
      if (seen) expect([seen.length, new Set(seen).size]).toEqual([200_000, 1]);
    }
    await Promise.all(writes);
    expect(await readdir(join(root, id.slice(0, 2), id.slice(2, 4), id))).toEqual(['original']);
  });

  test('removes every size, and what is gone already without complaint', async () => {
    const id = newRandomId();
    await store.put(id, { original: Buffer.from('a') }, 'private');
    await store.put(id, { w320: Buffer.from('b') }, 'private');
    await store.remove(id);
    await store.remove(id);
    expect(await store.read(id, 'original')).toBeNull();
  });

  test('never makes a path from what it is given', async () => {
    const bytes = Buffer.from('x');
    for (const id of [
      '../../etc/passwd',
      '',
      '.',
      'A'.repeat(32),
      `${'0'.repeat(31)}/`,
      `${'0'.repeat(32)}\n`,
    ]) {
      await expect(store.put(id, { w320: bytes }, 'private')).rejects.toThrow('not a file id');
      await expect(store.remove(id)).rejects.toThrow('not a file id');
    }
    for (const variant of ['../x', 'a/b', '', 'W320', '.']) {
      await expect(store.read(newRandomId(), variant as VariantName)).rejects.toThrow('not a variant');
    }
  });
});
