import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '#lib/core/disk-errors.ts';
import { env } from '#lib/core/env/env.ts';
import { isRandomId } from '#lib/core/random-id.ts';

/** What has arrived of unfinished uploads, one file each, under the upload's random id. */
export type UploadParts = {
  sizeOf(uploadId: string): Promise<number>;
  read(uploadId: string): Promise<Buffer | null>;
  /** A writer that starts at this offset; what was there from it on is overwritten. */
  writeFrom(uploadId: string, start: number): Promise<PartWriter>;
  remove(uploadId: string): Promise<void>;
  /** Uploads whose last byte came before this moment. */
  listOlderThan(moment: Date): Promise<string[]>;
};

export type PartWriter = {
  write(chunk: Uint8Array): Promise<void>;
  /** Offset behind the last byte written. */
  readonly end: number;
  close(): Promise<void>;
};

export function createUploadParts(root: string): UploadParts {
  function pathOf(uploadId: string): string {
    if (!isRandomId(uploadId)) throw new Error('not an upload id');
    return join(root, `${uploadId}.part`);
  }

  return {
    async sizeOf(uploadId) {
      try {
        return (await stat(pathOf(uploadId))).size;
      } catch (error) {
        if (isMissing(error)) return 0;
        throw error;
      }
    },
    async read(uploadId) {
      try {
        return await readFile(pathOf(uploadId));
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async writeFrom(uploadId, start) {
      await mkdir(root, { recursive: true, mode: 0o700 });
      const handle = await open(pathOf(uploadId), 'a', 0o600).then(async (created) => {
        await created.close();
        return open(pathOf(uploadId), 'r+');
      });
      let end = start;
      return {
        get end() {
          return end;
        },
        // Every write names its place: two writers of one upload (a browser that sends again before its
        // first attempt is known to be dead) write the same bytes to the same places.
        async write(chunk) {
          let written = 0;
          while (written < chunk.length) {
            const { bytesWritten } = await handle.write(chunk, written, chunk.length - written, end);
            written += bytesWritten;
            end += bytesWritten;
          }
        },
        close: () => handle.close(),
      };
    },
    async remove(uploadId) {
      await rm(pathOf(uploadId), { force: true });
    },
    async listOlderThan(moment) {
      const names = await readdir(root).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
      const old: string[] = [];
      for (const name of names) {
        const uploadId = name.slice(0, -'.part'.length);
        if (!name.endsWith('.part') || !isRandomId(uploadId)) continue;
        const found = await stat(pathOf(uploadId)).catch(() => null);
        if (found && found.mtime < moment) old.push(uploadId);
      }
      return old;
    },
  };
}

let parts: UploadParts | undefined;

/** The partial bytes of unfinished uploads, beside the store and never in it. */
export function uploadParts(): UploadParts {
  parts ??= createUploadParts(join(env().dataDir, 'uploads'));
  return parts;
}
