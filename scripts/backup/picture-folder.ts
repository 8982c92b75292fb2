import { constants, createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { isMissing } from '#lib/core/disk-errors.ts';
import type { Env } from '#lib/core/env/env.ts';
import { createS3Client, type S3Client } from '#lib/core/http/s3-client.ts';
import { type VariantName, variantTypes } from '#lib/files/policy.ts';

/** Where pictures lie, by their paths: a folder of a disk and a bucket have the same ones. */
export type PictureFolder = {
  /** The names in a folder; none when it is gone. */
  list(folder: string): Promise<string[]>;
  /** Null when there is no such file. */
  read(path: string): Promise<Readable | null>;
  /** Puts the file in place whole or not at all. */
  write(path: string, source: string): Promise<void>;
};

/** Where this installation's pictures lie; null when the upload service keeps them. */
export function pictureFolder({ storage, dataDir }: Env): PictureFolder | null {
  if (storage.kind === 'uploadthing') return null;
  return storage.kind === 's3' ? pictureBucket(createS3Client(storage)) : pictureDisk(join(dataDir, 'files'));
}

function goneAsNull(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}

/** A folder of this machine. */
export function pictureDisk(root: string): PictureFolder {
  return {
    list: async (folder) => (await readdir(join(root, folder)).catch(goneAsNull)) ?? [],
    async read(path) {
      const source = await open(join(root, path), 'r').catch(goneAsNull);
      return source?.createReadStream() ?? null;
    },
    async write(path, source) {
      const target = join(root, path);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      const draft = `${target}.restore`;
      await rm(draft, { force: true });
      await copyFile(source, draft, constants.COPYFILE_EXCL);
      await rename(draft, target);
    },
  };
}

const streamedFrom = 8 * 1024 * 1024;

/** A bucket of a store that speaks S3. */
export function pictureBucket(client: S3Client): PictureFolder {
  return {
    async list(folder) {
      const names: string[] = [];
      for await (const { key } of client.list(`${folder}/`)) names.push(key.slice(folder.length + 1));
      return names;
    },
    async read(path) {
      const found = await client.get(path);
      if (!found) return null;
      return found.body ? Readable.from(found.body) : Readable.from([]);
    },
    async write(path, source) {
      const type = variantTypes[path.split('/').at(-1) as VariantName] ?? 'text/plain';
      const { size } = await stat(source);
      // The larger ones, files as they were sent, are never in memory whole.
      if (size > streamedFrom) await client.putStream(path, createReadStream(source), type);
      else await client.put(path, await readFile(source), type);
    },
  };
}
