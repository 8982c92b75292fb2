import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import compression from 'compression';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentSecurityPolicy, framePolicy, newNonce } from '#lib/core/http/security-headers.ts';
import { holdScripts, WaitingScripts } from '#lib/core/pages/late-scripts.ts';

process.env.DATABASE_URL ??= 'postgres://localhost/none';

const page =
  '<html><head><link rel="preload" as="script" href="/_next/a.js"/><script src="/_next/a.js" async=""></script>' +
  '<script>own()</script></head><body>پرتره < <script src="/_next/b.js" async=""></script></body></html>';

const nonce = newNonce();
const policies: Record<string, string> = {
  '/page': contentSecurityPolicy(nonce),
  '/framed': framePolicy(nonce, []),
  '/text': contentSecurityPolicy(nonce),
};
const pack = compression({});
/** Writes the page as a framework may: letter by letter through a packer, or whole with a length that it states. */
const server = createServer((request, response) => {
  const path = (request.url ?? '').replace(/\?.*/, '');
  pack(request, response, () => undefined);
  holdScripts(response);
  response.setHeader('content-security-policy', policies[path] ?? '');
  response.setHeader('content-type', path === '/text' ? 'text/plain' : 'text/html; charset=utf-8');
  const bytes = Buffer.from(page);
  if (request.url?.endsWith('?whole')) {
    response.setHeader('content-length', bytes.length);
    return void response.end(bytes);
  }
  response.flushHeaders();
  for (const byte of bytes) response.write(Uint8Array.of(byte));
  response.end();
});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

async function ask(path: string, encoding: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path, headers: { 'accept-encoding': encoding } }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      resolve((answer.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString());
    }).once('error', reject);
  });
}

test('a page is the same in whatever parts it comes, its scripts wait, and one of its own begins them', () => {
  const whole = new WaitingScripts(nonce);
  const text = whole.take(page) + whole.rest();
  expect(text).not.toMatch(/<script src=|rel="preload"/);
  expect(text.match(/<script type="text\/waiting" src="\/_next\/[ab]\.js" async="">/g)).toHaveLength(2);
  expect(text.split(`<script nonce="${nonce}">`)).toHaveLength(2);
  expect(text.indexOf(`<script nonce="${nonce}">`)).toBeGreaterThan(text.indexOf('own()'));
  for (let at = 0; at <= page.length; at += 1) {
    const parts = new WaitingScripts(nonce);
    expect(parts.take(page.slice(0, at)) + parts.take(page.slice(at)) + parts.rest()).toBe(text);
  }
});

test.each(['gzip', 'identity'])('an answer goes out whole, in parts or at once (%s)', async (encoding) => {
  const waiting = new WaitingScripts(nonce);
  const wanted = waiting.take(page) + waiting.rest();
  expect(await ask('/page', encoding)).toBe(wanted);
  expect(await ask('/page?whole', encoding)).toBe(wanted);
  for (const other of ['/framed', '/text', '/text?whole']) expect(await ask(other, encoding)).toBe(page);
});
