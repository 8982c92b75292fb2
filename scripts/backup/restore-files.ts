import { constants } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Notice } from '../steps/progress.ts';
import { readFileIndex } from './read-archive.ts';
import { measureFile } from './streams.ts';

/**
 * Puts a backup's pictures below `filesFolder`. What is there already must be the same; nothing is replaced, so a restore
 * that was interrupted can be repeated.
 */
export async function restoreFiles(
  source: string,
  filesFolder: string,
): Promise<{ put: number; kept: number }> {
  const done = { put: 0, kept: 0 };
  for await (const { path, sha256 } of readFileIndex(source)) {
    const target = join(filesFolder, path);
    const there = await measureFile(target).catch(() => null);
    if (there && there.sha256 !== sha256) {
      throw new Notice(`${target} is there already and is another file: restore into an empty DATA_DIR.`);
    }
    if (there) {
      done.kept += 1;
      continue;
    }
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    const draft = `${target}.restore`;
    await rm(draft, { force: true });
    await copyFile(join(source, 'files', path), draft, constants.COPYFILE_EXCL);
    await rename(draft, target);
    done.put += 1;
  }
  return done;
}
