import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
// No browser is needed here.
import { expect, test } from 'playwright/test';
import { demoHandle } from '#scripts/seed/demo-gallery.ts';
import { buildFolder } from '#scripts/steps/build.ts';
import { ask, type HttpAnswer } from './support/ask.ts';

const length = ({ headers }: HttpAnswer) => Number(headers.get('content-length') ?? Number.NaN);

test('a picture says its size, in part too, and to a request for the size alone', async ({ baseURL }) => {
  const page = await ask(baseURL, `/g/${demoHandle}`);
  const picture = /\/api\/files\/[0-9a-f]{32}\/w320/.exec(page.body.toString())?.[0] ?? '';
  const whole = await ask(baseURL, picture);
  expect(whole.status).toBe(200);
  expect(whole.body.length).toBeGreaterThan(500);
  expect(length(whole)).toBe(whole.body.length);
  const asked = await ask(baseURL, picture, { method: 'HEAD' });
  expect([asked.status, length(asked), asked.body.length]).toEqual([200, whole.body.length, 0]);
  const part = await ask(baseURL, picture, { range: 'bytes=100-299' });
  expect([part.status, length(part)]).toEqual([206, 200]);
  expect(part.headers.get('content-range')).toBe(`bytes 100-299/${whole.body.length}`);
  expect(part.body.equals(whole.body.subarray(100, 300))).toBe(true);
  const known = await ask(baseURL, picture, { 'if-none-match': whole.headers.get('etag') ?? '' });
  expect([known.status, known.body.length]).toEqual([304, 0]);
});

test('scripts and styles come as the build packed them, with the headers of every answer', async ({
  baseURL,
}) => {
  const page = await ask(baseURL, '/');
  const files = [...new Set(page.body.toString().match(/\/_next\/static\/chunks\/[\w-]+\.(?:js|css)/g))];
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const plain = await ask(baseURL, file);
    const brotli = await ask(baseURL, file, { 'accept-encoding': 'gzip, deflate, br' });
    const gzipped = await ask(baseURL, file, { 'accept-encoding': 'br;q=0, gzip' });
    // What fits into one packet is not packed.
    const isPacked = plain.body.length >= 1024;
    expect(brotli.headers.get('content-encoding')).toBe(isPacked ? 'br' : undefined);
    expect(gzipped.headers.get('content-encoding')).toBe(isPacked ? 'gzip' : undefined);
    if (isPacked) {
      expect(brotliDecompressSync(brotli.body).equals(plain.body), file).toBe(true);
      expect(gunzipSync(gzipped.body).equals(plain.body), file).toBe(true);
    }
    for (const answer of [plain, brotli, gzipped]) {
      expect(length(answer)).toBe(answer.body.length);
      expect(answer.headers.get('vary')).toBe('Accept-Encoding');
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
  }
  for (const file of [
    '/sw.js',
    '/robots.txt',
    '/sitemap.xml',
    '/icons/192.png',
    '/icon.svg',
    files[0] ?? '',
  ]) {
    const { status, headers } = await ask(baseURL, file);
    expect([file, status]).toEqual([file, 200]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.has('x-request-id')).toBe(true);
  }
  const worker = await ask(baseURL, '/sw.js');
  expect(worker.headers.get('cache-control')).toBe('public, max-age=0');
  const again = await ask(baseURL, '/sw.js', { 'if-none-match': worker.headers.get('etag') ?? '' });
  expect([again.status, again.body.length]).toEqual([304, 0]);
  for (const nothing of [
    '/_next/static/..%2f..%2fpackage.json',
    '/_next/static/../BUILD_ID',
    '/samples/..%2f..%2fpackage.json',
    '/_next/static/chunks/nobody.js',
  ]) {
    expect((await ask(baseURL, nothing)).status, nothing).toBe(404);
  }
});

test('an address that is no page, in no language of ours, runs what its own page offers and no other action', async ({
  baseURL,
}) => {
  const file = join(buildFolder(), 'server/server-reference-manifest.json');
  const { node } = JSON.parse(readFileSync(file, 'utf8')) as {
    node: Record<string, { exportedName: string }>;
  };
  const ran: string[] = [];
  for (const [id, { exportedName }] of Object.entries(node)) {
    const answer = await fetch(`${baseURL}/de/studio`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'next-action': id,
        'content-type': 'text/plain;charset=UTF-8',
        accept: 'text/x-component',
        origin: baseURL ?? '',
        'sec-fetch-site': 'same-origin',
      },
      body: '[{}]',
    });
    await answer.arrayBuffer();
    if (answer.headers.get('x-nextjs-action-not-found') !== '1') ran.push(exportedName);
    else expect(answer.status).toBe(409);
  }
  expect(Object.keys(node).length).toBeGreaterThan(80);
  // The header of the page that says that there is none, and the bar below it.
  expect(ran.sort()).toEqual(['agreeAsUser', 'agreeAsVendor', 'signOutUser', 'signOutVendor']);
});
