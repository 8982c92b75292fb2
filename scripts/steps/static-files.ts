import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize, relative, sep } from 'node:path';
import { type Encoding, encodingFor } from '#lib/core/http/accept-encoding.ts';
import { ByteLru } from '#lib/core/http/byte-lru.ts';
import { packable } from './precompress.ts';

const framework = '/_next/';
const prefix = `${framework}static/`;
/** Files of `app/`, which the framework answers itself; one of them only by its name. */
const icons = /^\/(?:favicon\.ico|icon\.svg|apple-icon\.png)$/;
const forever = 'public, max-age=31536000, immutable';
const askAgain = 'public, max-age=0';
const types: Readonly<Record<string, string>> = {
  '.js': 'application/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.wasm': 'application/wasm',
};

/** A whole release takes 6 MB with its packed twins, the pictures of `public/` as much. */
const mostBytes = 24 * 1024 * 1024;

/** A file under its address. Its mark tells one content from another; null where the address does. */
type Found = { readonly path: string; readonly type: string; readonly mark: string | null };
type Body = { readonly bytes: Buffer; readonly encoding: Encoding | null };

/** The files of `public/`, by address: they do not change while a server runs. */
function publicFiles(folder: string): Map<string, Found> {
  const found = new Map<string, Found>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || !type) continue;
    const path = join(entry.parentPath, entry.name);
    const { size, mtimeMs } = statSync(path);
    // As the framework marks them, so that servers of both kinds agree.
    const mark = `W/"${size.toString(16)}-${Math.floor(mtimeMs).toString(16)}"`;
    found.set(`/${relative(folder, path).split(sep).join('/')}`, { path, type, mark });
  }
  return found;
}

/**
 * Answers with what never depends on who asks: scripts and styles of this release and of others, and the files of
 * `public/`. From memory, packed once at build time, without the framework. A file takes nothing: another method than GET and
 * HEAD is 405, which the framework would answer as a fault of ours. Returns false where that is not enough: a range, an address
 * that nobody has.
 *
 * @param own `.next/static` of this build.
 * @param shelf The scripts and styles of all releases of late: `keepAssets`.
 * @param folder `public/`.
 */
export function staticFiles(
  own: string,
  shelf: string,
  folder: string,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const open = publicFiles(folder);
  const bodies = new ByteLru<Body>(mostBytes);

  const find = (address: string): Found | null => {
    const known = open.get(address);
    if (known) return known;
    if (!address.startsWith(prefix) || address.includes('\0')) return null;
    const name = normalize(address.slice(prefix.length));
    const type = types[extname(name)];
    if (!type) return null;
    for (const place of [own, shelf]) {
      const path = join(place, name);
      if (path.startsWith(place + sep) && existsSync(path)) return { path, type, mark: null };
    }
    return null;
  };

  const bodyOf = ({ path }: Found, encoding: Encoding | null): Body => {
    const key = `${encoding ?? ''}|${path}`;
    const known = bodies.get(key);
    if (known) return known;
    const twin = encoding && `${path}.${encoding === 'br' ? 'br' : 'gz'}`;
    const isPacked = twin !== null && existsSync(twin);
    const body: Body = { bytes: readFileSync(isPacked ? twin : path), encoding: isPacked ? encoding : null };
    bodies.set(key, body, body.bytes.length);
    return body;
  };

  return (request, response) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const address = decodeURIComponent((request.url ?? '').split('?', 1)[0] ?? '');
    if (!isRead) {
      if (!address.startsWith(framework) && !icons.test(address) && !find(address)) return false;
      request.resume();
      response.writeHead(405, { allow: 'GET, HEAD', 'cache-control': 'no-store' }).end();
      return true;
    }
    if (request.headers.range !== undefined) return false;
    const found = find(address);
    if (!found) return false;
    const { path, type, mark } = found;
    const isPackable = packable.has(extname(path));
    const headers = {
      'content-type': type,
      'cache-control': mark === null || path.endsWith('.woff2') ? forever : askAgain,
      ...(mark === null ? {} : { etag: mark }),
      ...(isPackable ? { vary: 'Accept-Encoding' } : {}),
    };
    if (mark !== null && request.headers['if-none-match']?.includes(mark)) {
      response.writeHead(304, headers).end();
      return true;
    }
    const { bytes, encoding } = bodyOf(
      found,
      isPackable ? encodingFor(request.headers['accept-encoding']) : null,
    );
    response.writeHead(200, {
      ...headers,
      ...(encoding ? { 'content-encoding': encoding } : {}),
      'content-length': bytes.length,
    });
    response.end(request.method === 'HEAD' ? undefined : bytes);
    return true;
  };
}
