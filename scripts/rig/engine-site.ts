import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

/** As strict as the pages of the program: a worker of our own and nothing else. */
const policy =
  "default-src 'self'; script-src 'nonce-page' 'strict-dynamic'; img-src 'self' blob:; worker-src 'self'; object-src 'none'";
const types: Record<string, string> = { js: 'text/javascript', wasm: 'application/wasm' };

/** A site with the engine's page, bundled for browsers, and what was sent of it in bytes, gzipped where that helps. */
export type EngineSite = {
  readonly origin: string;
  readonly sent: Map<string, number>;
  /** Something to be fetched from the site, such as a reference. */
  put(path: string, bytes: Buffer): void;
  /** Lets what matches wait until the answer is called. */
  hold(pattern: RegExp): () => void;
  close(): void;
};

async function bundle(): Promise<Map<string, Buffer>> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    worker: { format: 'es' },
    build: {
      write: false,
      assetsInlineLimit: 0,
      rollupOptions: { input: fileURLToPath(new URL('engine-page.ts', import.meta.url)) },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) =>
    'output' in one ? one.output : [],
  );
  return new Map(
    outputs.map((one) => {
      const bytes = Buffer.from(one.type === 'chunk' ? one.code : one.source);
      const isPage = one.type === 'chunk' && one.isEntry;
      return [isPage ? '/page.js' : `/${one.fileName}`, bytes];
    }),
  );
}

export async function openEngineSite(): Promise<EngineSite> {
  const files = await bundle();
  const sent = new Map<string, number>();
  const html =
    '<!doctype html><meta charset="utf-8"><script type="module" nonce="page" src="/page.js"></script>';
  const held = new Map<RegExp, Promise<void>>();
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    const file = files.get(path);
    if (!file) {
      response.writeHead(path === '/' ? 200 : 404, {
        'content-type': 'text/html',
        'content-security-policy': policy,
      });
      response.end(path === '/' ? html : '');
      return;
    }
    for (const [pattern, until] of held) if (pattern.test(path)) await until;
    const packed = gzipSync(file);
    const isPacked = packed.length < file.length * 0.9;
    const body = isPacked ? packed : file;
    sent.set(path, (sent.get(path) ?? 0) + body.length);
    response.writeHead(200, {
      'content-type': types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      ...(isPacked && { 'content-encoding': 'gzip' }),
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    put: (path, bytes) => files.set(path, bytes),
    hold(pattern) {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(pattern, promise);
      return () => {
        held.delete(pattern);
        resolve();
      };
    },
    close: () => server.close(),
  };
}
