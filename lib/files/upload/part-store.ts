import { mkdir, open, readdir, readFile, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '#lib/core/disk-errors.ts';
import { env } from '#lib/core/env/env.ts';
import { isRandomId } from '#lib/core/random-id.ts';
import { uploadLimits } from '../policy.ts';

/** What has arrived of unfinished uploads, one file each, under the upload's random id. */
export type UploadParts = {
  sizeOf(uploadId: string): Promise<number>;
  read(uploadId: string): Promise<Buffer | null>;
  /** A writer that starts at this offset; what was there from it on is overwritten. */
  writeFrom(uploadId: string, start: number): Promise<PartWriter>;
  remove(uploadId: string): Promise<void>;
  /**
   * Whether so many bytes more fit into what unfinished uploads may take, and onto the disk. What lies still goes first, the
   * oldest before the others.
   */
  makeRoom(bytes: number): Promise<boolean>;
  /** Uploads whose last byte came before this moment. */
  listOlderThan(moment: Date): Promise<string[]>;
};

export type PartWriter = {
  write(chunk: Uint8Array): Promise<void>;
  /** Offset behind the last byte written. */
  readonly end: number;
  close(): Promise<void>;
};

/** What all parts together may take. */
export type PartsBounds = {
  readonly maxBytes: number;
  /** Bytes that parts may still take where they lie: what must stay free is taken off. */
  readonly freeBytes: () => Promise<number>;
};

/** A small disk keeps a twentieth of itself free. */
async function freeAt(folder: string): Promise<number> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return bavail * bsize - Math.min(uploadLimits.freeBytes, (blocks * bsize) / 20);
}

export function createUploadParts(root: string, given: Partial<PartsBounds> = {}): UploadParts {
  const bounds: PartsBounds = {
    maxBytes: uploadLimits.partsBytes,
    freeBytes: () => freeAt(root),
    ...given,
  };

  /** Every part, the one that lies still longest first. */
  async function listParts(): Promise<{ id: string; bytes: number; touchedAt: number }[]> {
    const names = await readdir(root).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    const found: { id: string; bytes: number; touchedAt: number }[] = [];
    for (const name of names) {
      const id = name.slice(0, -'.part'.length);
      if (!name.endsWith('.part') || !isRandomId(id)) continue;
      const part = await stat(pathOf(id)).catch(() => null);
      if (part) found.push({ id, bytes: part.size, touchedAt: part.mtimeMs });
    }
    return found.sort((a, b) => a.touchedAt - b.touchedAt);
  }

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
    async makeRoom(bytes) {
      await mkdir(root, { recursive: true, mode: 0o700 });
      const parts = await listParts();
      let left = bounds.maxBytes - parts.reduce((sum, part) => sum + part.bytes, bytes);
      let free = (await bounds.freeBytes()) - bytes;
      const stillSince = Date.now() - uploadLimits.idleSeconds * 1000;
      for (const part of parts) {
        if ((left >= 0 && free >= 0) || part.touchedAt > stillSince) break;
        await rm(pathOf(part.id), { force: true });
        left += part.bytes;
        free += part.bytes;
      }
      return left >= 0 && free >= 0;
    },
    async listOlderThan(moment) {
      return (await listParts()).filter(({ touchedAt }) => touchedAt < moment.getTime()).map(({ id }) => id);
    },
  };
}

let parts: UploadParts | undefined;

/** The partial bytes of unfinished uploads, beside the store and never in it. */
export function uploadParts(): UploadParts {
  parts ??= createUploadParts(join(env().dataDir, 'uploads'));
  return parts;
}
