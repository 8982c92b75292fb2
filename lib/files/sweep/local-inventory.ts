import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '#lib/core/disk-errors.ts';
import { isRandomId } from '#lib/core/random-id.ts';
import type { FileInventory } from './file-inventory.ts';

const markFile = '.store-mark';
const trashFolder = '.trash';

export function createLocalInventory(root: string): FileInventory {
  const trash = join(root, trashFolder);
  const folderOf = (id: string) => {
    if (!isRandomId(id)) throw new Error('not a file id');
    return join(root, id.slice(0, 2), id.slice(2, 4), id);
  };

  async function* list(): AsyncGenerator<{ id: string; changedAt: Date }> {
    for (const first of await shards(root)) {
      for (const second of await shards(join(root, first))) {
        for (const id of await namesIn(join(root, first, second))) {
          if (!isRandomId(id) || !id.startsWith(first + second)) continue;
          const found = await stat(folderOf(id)).catch(() => null);
          if (found) yield { id, changedAt: found.mtime };
        }
      }
    }
  }

  return {
    perLook: 200,
    list,
    async readMark() {
      try {
        return (await readFile(join(root, markFile), 'utf8')).trim();
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async writeMark(mark) {
      await mkdir(root, { recursive: true, mode: 0o700 });
      await writeFile(join(root, markFile), `${mark}\n`, { flag: 'wx', mode: 0o600 });
    },
    has: async (id) => (await stat(join(folderOf(id), 'original')).catch(() => null)) !== null,
    async toTrash(id) {
      await mkdir(trash, { recursive: true, mode: 0o700 });
      try {
        await rename(folderOf(id), join(trash, id));
      } catch (error) {
        // Another sweep was quicker.
        if (isMissing(error)) return;
        throw error;
      }
      // The time in the trash counts from now.
      await utimes(join(trash, id), new Date(), new Date());
    },
    async emptyTrash(before) {
      let deleted = 0;
      for (const id of await namesIn(trash)) {
        const found = await stat(join(trash, id)).catch(() => null);
        if (!found || found.mtime >= before) continue;
        await rm(join(trash, id), { recursive: true, force: true });
        deleted += 1;
      }
      return deleted;
    },
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function shards(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name));
}
