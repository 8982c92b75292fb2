import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A page that is open for longer than this loads anew what it misses. */
const keptMs = 14 * 24 * 3_600_000;

async function keep(from: string, to: string): Promise<void> {
  const now = new Date();
  if (!existsSync(to)) {
    await mkdir(dirname(to), { recursive: true });
    // Several servers may start at once: a file appears whole.
    const draft = `${to}.${process.pid}`;
    await copyFile(from, draft);
    await rename(draft, to);
  }
  await utimes(to, now, now);
}

/**
 * The scripts and styles of the releases of the last two weeks, in a folder that all web servers of an installation share:
 * a page of one release goes on loading its parts while another one answers, in both directions.
 *
 * @param own `.next/static` of this build; its names tell their content.
 * @param shelf Where those of all releases lie.
 */
export async function keepAssets(own: string, shelf: string): Promise<void> {
  const files = await readdir(own, { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name);
    await keep(path, join(shelf, path.slice(own.length)));
  }
  for (const file of await readdir(shelf, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    const { mtimeMs } = file.isFile() ? await stat(path) : { mtimeMs: Number.POSITIVE_INFINITY };
    if (mtimeMs < Date.now() - keptMs) await rm(path, { force: true });
  }
}
