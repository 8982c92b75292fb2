import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { isDiskFull, isMissing } from '#lib/core/disk-errors.ts';
import { isRandomId } from '#lib/core/random-id.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import type { VariantName } from '../policy.ts';
import type { ByteRange, FileRemover, FileSizes, FileStore, StoredBytes } from './file-store.ts';

/**
 * Pictures on a local disk, or on one that several web processes share. Folders are sharded by the
 * first bytes of the id (`3f/a0/3fa0.../w640`), so that none of them grows without bound.
 */
export function createLocalStore(root: string): FileStore & FileRemover {
  /** The id and the size name are checked here once more: a path is never made from input. */
  function folderOf(id: string): string {
    if (!isRandomId(id)) throw new Error('not a file id');
    return join(root, id.slice(0, 2), id.slice(2, 4), id);
  }

  function pathOf(id: string, variant: VariantName): string {
    if (!/^[a-z0-9]+$/.test(variant)) throw new Error('not a variant');
    return join(folderOf(id), variant);
  }

  /** Runs `write` for a temporary name of every size, then gives all of them their own names at once. */
  async function place(
    id: string,
    sizes: readonly VariantName[],
    write: (variant: VariantName, temporary: string) => Promise<void>,
  ): Promise<Result<void>> {
    const mark = randomBytes(6).toString('hex');
    const paths = sizes.map((variant) => ({ variant, path: pathOf(id, variant) }));
    const temporary = (path: string) => `${path}.${mark}.tmp`;
    try {
      await mkdir(folderOf(id), { recursive: true, mode: 0o700 });
      // Side by side: the disk is asked to be sure once for all of them, not one after the other.
      await everyOne(paths, ({ variant, path }) => write(variant, temporary(path)));
      await everyOne(paths, ({ path }) => rename(temporary(path), path));
      await syncFolder(folderOf(id));
      return succeed(undefined);
    } catch (error) {
      for (const { path } of paths) await rm(temporary(path), { force: true }).catch(() => undefined);
      if (isDiskFull(error)) return fail('file.storageFull', error.message);
      throw error;
    }
  }

  async function put(id: string, sizes: FileSizes): Promise<Result<void>> {
    const names = Object.keys(sizes) as VariantName[];
    return place(id, names, (variant, path) => writeThrough(path, sizes[variant] as Buffer));
  }

  /** The same bytes under a second name: nothing is written twice. */
  async function copy(fromId: string, toId: string, sizes: readonly VariantName[]): Promise<Result<void>> {
    try {
      return await place(toId, sizes, (variant, path) => link(pathOf(fromId, variant), path));
    } catch (error) {
      // The file went while it was read: the request may have been overtaken by a change of the same picture.
      if (isMissing(error)) return fail('notFound', `${fromId} is not there whole`);
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

  return { put, copy, open: openFile, read, remove };
}

/** Waits for all of them, also after one has failed: nobody may still be writing when the rest is cleaned up. */
async function everyOne<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (const done of await Promise.allSettled(items.map(work))) {
    if (done.status === 'rejected') throw done.reason;
  }
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
