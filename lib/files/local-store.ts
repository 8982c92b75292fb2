import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { isDiskFull, isMissing } from '#lib/core/disk-errors.ts';
import { isRandomId } from '#lib/core/random-id.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import type { ByteRange, FileStore, StoredBytes } from './file-store.ts';
import type { VariantName } from './policy.ts';

/**
 * Pictures on a local disk, or on one that several web processes share. Folders are sharded by the
 * first bytes of the id (`3f/a0/3fa0.../w640`), so that none of them grows without bound.
 */
export function createLocalStore(root: string): FileStore {
  /** The id and the size name are checked here once more: a path is never made from input. */
  function folderOf(id: string): string {
    if (!isRandomId(id)) throw new Error('not a file id');
    return join(root, id.slice(0, 2), id.slice(2, 4), id);
  }

  function pathOf(id: string, variant: VariantName): string {
    if (!/^[a-z0-9]+$/.test(variant)) throw new Error('not a variant');
    return join(folderOf(id), variant);
  }

  async function put(id: string, variant: VariantName, bytes: Buffer): Promise<Result<void>> {
    const path = pathOf(id, variant);
    const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      await mkdir(folderOf(id), { recursive: true, mode: 0o700 });
      await writeThrough(temporary, bytes);
      await rename(temporary, path);
      await syncFolder(folderOf(id));
      return succeed(undefined);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      if (isDiskFull(error)) return fail('file.storageFull', error.message);
      throw error;
    }
  }

  async function openFile(id: string, variant: VariantName, range?: ByteRange): Promise<StoredBytes | null> {
    try {
      const handle = await open(pathOf(id, variant), 'r');
      const { size } = await handle.stat();
      // The stream closes the handle at its end, on an error and when the reader goes away.
      const stream = Readable.toWeb(handle.createReadStream({ ...range, autoClose: true }));
      return { size, stream: stream as ReadableStream<Uint8Array> };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async function read(id: string, variant: VariantName): Promise<Buffer | null> {
    try {
      return await readFile(pathOf(id, variant));
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async function remove(id: string): Promise<void> {
    await rm(folderOf(id), { recursive: true, force: true });
  }

  return { put, open: openFile, read, remove };
}

async function writeThrough(path: string, bytes: Buffer): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the rename itself survive a power cut. Not every platform can open a folder. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
