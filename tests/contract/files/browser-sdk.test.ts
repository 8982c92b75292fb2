import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openUploads, type Uploads } from '#lib/files/upload/open-uploads.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { newUser, ownDataDir, stateOfUser } from '#tests/support/files.ts';
import { noise, quarters } from '#tests/support/pictures.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);

useTestDatabase();
const data = ownDataDir();
let server: Server;
let browser: Browser;
let page: Page;
let uploads: Uploads;
let userId: string;
let origin: string;
const ranges: string[] = [];
const faults: string[] = [];
/** Tears this many connections while a body is on its way. */
let cuts = 0;

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      rollupOptions: {
        input: fileURLToPath(new URL('../../support/browser/sdk-page.ts', import.meta.url)),
        output: { format: 'iife' },
      },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) =>
    'output' in one ? one.output : [],
  );
  const chunk = outputs.find((one) => one.type === 'chunk');
  if (!chunk || !('code' in chunk)) throw new Error('nothing was built');
  return chunk.code;
}

async function answer(request: IncomingMessage, script: string): Promise<Response> {
  const url = new URL(request.url ?? '/', origin);
  if (url.pathname === '/app.js') {
    return new Response(script, { headers: { 'content-type': 'text/javascript' } });
  }
  if (!url.pathname.startsWith('/api/')) {
    const html = '<!doctype html><meta charset="utf-8"><body></body><script src="/app.js"></script>';
    return new Response(html, { headers: { 'content-type': 'text/html' } });
  }
  const stop = new AbortController();
  request.once('close', () => {
    if (!request.complete) stop.abort();
  });
  if (request.method === 'PUT') {
    ranges.push(String(request.headers.range));
    if (cuts > 0) {
      cuts -= 1;
      setTimeout(() => request.socket.destroy(), 150);
    }
  }
  const hasBody = request.method === 'POST' || request.method === 'PUT';
  const asked = new Request(url, {
    method: request.method ?? 'GET',
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    signal: stop.signal,
    ...(hasBody && {
      body: Readable.toWeb(Readable.from(slowly(request))) as ReadableStream,
      duplex: 'half',
    }),
  } as RequestInit);
  return url.pathname === '/api/uploadthing' ? uploads.route(asked) : uploads.ingest(asked);
}

/** Loopback swallows megabytes at once; a line that people have does not. */
async function* slowly(request: IncomingMessage): AsyncGenerator<Buffer> {
  for await (const chunk of request as AsyncIterable<Buffer>) {
    await delay(8);
    yield chunk;
  }
}

/** An honest picture, with bytes behind its end up to 9.5 MB. */
async function heavy(): Promise<Buffer> {
  const picture = await noise(600, 600);
  return Buffer.concat([picture, Buffer.alloc(9_500_000 - picture.length)]);
}

beforeAll(async () => {
  if (!hasBrowser) return;
  const script = await bundle();
  server = createServer((request, response: ServerResponse) => {
    void answer(request, script)
      .catch((error: unknown) => new Response(String(error), { status: 500 }))
      .then(async (given) => {
        response.writeHead(given.status, Object.fromEntries(given.headers));
        response.end(Buffer.from(await given.arrayBuffer()));
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
}, 120_000);

beforeEach(async () => {
  if (!hasBrowser) return;
  ({ userId } = await newUser());
  uploads = openUploads({ userOf: async () => ({ userId }), vendorOf: async () => null });
  ranges.length = 0;
  page = await browser.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(origin);
  await page
    .waitForFunction(() => 'run' in window, null, { timeout: 10_000 })
    .catch(() => {
      throw new Error(`the page did not start: ${faults.join('; ')}`);
    });
});

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  await data.remove();
});

const run = (name: string, bytes: Buffer) =>
  page.evaluate(
    ([way, base64]) =>
      (window as unknown as { run: Record<string, (bytes: string) => Promise<unknown>> }).run[way ?? '']?.(
        base64 ?? '',
      ),
    [name, bytes.toString('base64')],
  );

describe.skipIf(!hasBrowser)('in a real browser, without a change', () => {
  test.each(['hook', 'uploadFiles', 'createUpload'])(
    'UploadThing’s %s sends a photo to our ingest',
    async (way) => {
      const photo = await quarters(500, 400).jpeg().toBuffer();
      const answered = [await run(way, photo)].flat() as { image: { id: string } }[];
      const { images, used } = await stateOfUser(userId);
      expect([answered.map(({ image }) => image.id), used]).toEqual([images.map(({ id }) => id), 1]);
      expect(images[0]?.fileName).toBe('عکس من.jpg');
    },
  );

  test('our sender goes on by Range after a pause, and what arrives is one picture', async () => {
    const large = await heavy();
    const sent = (await run('ours', large)) as { phase: string; seen: string[] };
    expect(sent).toMatchObject({ phase: 'done' });
    expect(sent.seen).toContain('paused');
    expect(ranges.length).toBeGreaterThan(1);
    expect(ranges.at(-1)).not.toBe('bytes=0-');
    expect((await stateOfUser(userId)).used).toBe(1);
  }, 60_000);

  test('our sender goes on by itself after the line was torn, as often as a browser gives up', async () => {
    // A browser sends a torn body again by itself, from the beginning; only then does it tell us.
    cuts = 8;
    const large = await heavy();
    const sent = (await run('ours', large)) as { phase: string };
    expect(sent).toMatchObject({ phase: 'done' });
    expect(ranges.some((range) => range !== 'bytes=0-')).toBe(true);
    const { used, images } = await stateOfUser(userId);
    expect([used, images.length]).toEqual([1, 1]);
  }, 90_000);
});
