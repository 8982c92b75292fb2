import { join } from 'node:path';
import { Notice } from '../steps/progress.ts';
import type { PictureFolder } from './picture-folder.ts';
import { readFileIndex } from './read-archive.ts';
import { measureStream } from './streams.ts';

/**
 * Puts a backup's pictures where this installation keeps them. What is there already must be the same; nothing is
 * replaced, so a restore that was interrupted can be repeated.
 */
export async function restoreFiles(
  source: string,
  pictures: PictureFolder,
): Promise<{ put: number; kept: number }> {
  const done = { put: 0, kept: 0 };
  for await (const { path, sha256 } of readFileIndex(source)) {
    const there = await pictures.read(path);
    if (there && (await measureStream(there)).sha256 !== sha256) {
      throw new Notice(
        `${path} is there already and is another file: restore into an empty DATA_DIR or bucket.`,
      );
    }
    if (there) {
      done.kept += 1;
      continue;
    }
    await pictures.write(path, join(source, 'files', path));
    done.put += 1;
  }
  return done;
}
