import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, extname, join, normalize, sep } from 'node:path';

const prefix = '/_next/static/';
/** A page that is open for longer than this loads anew what it misses. */
const keptMs = 14 * 24 * 3_600_000;
const types: Readonly<Record<string, string>> = {
  '.js': 'application/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
};

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

/** Answers with a script or style of another release; false where it is one of our own, or nobody has it. */
export function answerKept(
  request: IncomingMessage,
  response: ServerResponse,
  own: string,
  shelf: string,
): boolean {
  const path = decodeURIComponent((request.url ?? '').split('?', 1)[0] ?? '');
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!isRead || !path.startsWith(prefix) || path.includes('\0')) return false;
  const name = normalize(path.slice(prefix.length));
  const file = join(shelf, name);
  const type = types[extname(name)];
  if (!type || !file.startsWith(shelf + sep) || existsSync(join(own, name)) || !existsSync(file))
    return false;
  response.writeHead(200, {
    'content-type': type,
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
  if (request.method === 'HEAD') response.end();
  else
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
  return true;
}
