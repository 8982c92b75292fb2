import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { contentSecurityPolicy, newNonce } from '#lib/core/http/security-headers.ts';
import { ChangeClock } from '#lib/core/pages/changes.ts';
import { PageCache } from '#lib/core/pages/page-cache.ts';
import { noteOvertaken, noteShown, noteUnfit } from '#lib/core/pages/record.ts';

process.env.DATABASE_URL ??= 'postgres://localhost/none';

/** What the pages of this server say, and how often one was made. */
let words = 'before';
let made = 0;
let meanwhile: () => Promise<void> | void;

/** A site like ours: a page shows who is signed in, data of two vendors, and its nonce in many places. */
async function handle(asked: IncomingMessage, response: ServerResponse): Promise<void> {
  made += 1;
  const said = words;
  await meanwhile();
  const [path = '', query = ''] = (asked.url ?? '').split('?');
  const nonce = newNonce();
  const who = /ai-stayler\.(?:user|vendor)-session=(\w+)/.exec(asked.headers.cookie ?? '')?.[1] ?? 'visitor';
  response.setHeader('content-security-policy', contentSecurityPolicy(nonce));
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('link', [`<${path}>; rel="self"`, `</a.css>; rel=preload; nonce="${nonce}"`]);
  if (asked.headers.rsc) return void response.end('0:{}');
  const vendor = /^\/g\/(\w+)/.exec(path)?.[1];
  if (vendor) noteShown(`gallery:${vendor}`, Date.now() + (query.includes('image=short') ? 40 : 60_000));
  if (said === 'overtaken') noteOvertaken();
  if (path === '/undeclared') noteUnfit('a read that was not declared');
  if (path === '/cookie') response.setHeader('set-cookie', 'a=b');
  if (path === '/missing') response.statusCode = 404;
  const scripts = Array.from(
    { length: 20 },
    (_, turn) => `<script nonce="${nonce}" src="/${turn}.js"></script>`,
  );
  const cut = path === '/cut' ? `["${nonce.slice(0, 13)}"]["${nonce.slice(13)}"]` : '';
  const failed = path === '/failed' ? '<template data-dgst="1"></template>' : '';
  const end = path === '/short' ? '' : '</html>';
  response.end(
    `<html><p>${who}</p><p>${path} ${query} ${said} ${vendor}</p>${failed}${scripts.join('')}${cut}${'پ'.repeat(900)}${end}`,
  );
}

const clock = new ChangeClock();
const mostBytes = 400_000;
let cache: PageCache;
const server = createServer((asked, response) => {
  if (!cache.answer(asked, response)) void handle(asked, response);
});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  [words, made, meanwhile] = ['before', 0, () => undefined];
  cache = new PageCache({
    handle,
    clock,
    mostBytes,
    hostOf: (asked) => (asked === 'site.example' ? asked : null),
    routes: [
      { path: /^\/g\/\w+$/, query: ['cursor', 'image'], shows: ['gallery:'] },
      { path: /^\/(?:undeclared|cookie|missing|cut|failed|short|plain)$/, query: [], shows: [] },
      { path: /^\/silent$/, query: [], shows: ['gallery:'] },
    ],
  });
});
afterAll(() => server.close());

type PageAnswer = { status: number; headers: IncomingMessage['headers']; html: string; isKept: boolean };

async function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<PageAnswer> {
  return new Promise((resolve, reject) => {
    const asking = request({
      port,
      host: '127.0.0.1',
      path,
      method,
      headers: { host: 'site.example', ...headers },
    });
    asking.once('error', reject);
    asking.once('response', async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      const packing = answer.headers['content-encoding'];
      const plain =
        packing === 'br' ? brotliDecompressSync(body) : packing === 'gzip' ? gunzipSync(body) : body;
      resolve({
        status: answer.statusCode ?? 0,
        headers: answer.headers,
        html: plain.toString(),
        isKept: answer.headers['x-kept'] !== undefined,
      });
    });
    asking.end();
  });
}

const nonceOf = ({ headers }: PageAnswer) =>
  /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? '';
const withoutNonce = (answer: PageAnswer) => answer.html.replaceAll(nonceOf(answer), 'NONCE');

/** Asks until the page is kept; it is by the second time. */
async function keep(path: string): Promise<PageAnswer> {
  await ask(path);
  const answer = await ask(path);
  expect(answer.isKept).toBe(true);
  return answer;
}

test('a page whose data changed while it was read is not kept, and the next one is', async () => {
  words = 'overtaken';
  for (let turn = 0; turn < 3; turn += 1) expect((await ask('/g/overtaken')).isKept).toBe(false);
  words = 'after';
  await keep('/g/overtaken');
});

test('a page is the same but for its nonce, twenty times in each of three encodings', async () => {
  const fresh = await ask('/g/a', { cookie: 'ai-stayler.browser=x' });
  expect(fresh.isKept).toBe(false);
  await keep('/g/a');
  const nonces = new Set<string>();
  for (const encoding of ['br, gzip', 'gzip;q=1, br;q=0', 'identity']) {
    for (let turn = 0; turn < 20; turn += 1) {
      const answer = await ask('/g/a', { 'accept-encoding': encoding });
      expect(answer.isKept).toBe(true);
      expect(answer.headers['content-encoding'] ?? 'identity').toBe(
        encoding.slice(0, encoding === 'identity' ? 8 : encoding.indexOf(',') < 3 ? 2 : 4),
      );
      expect(answer.html.split(nonceOf(answer)).length).toBe(21);
      expect(String(answer.headers.link)).toContain(`nonce="${nonceOf(answer)}"`);
      expect(withoutNonce(answer)).toBe(withoutNonce(fresh));
      nonces.add(nonceOf(answer));
    }
  }
  expect(nonces.size).toBe(60);
  expect(made).toBe(3);
});

test('whatever a request carries, its answer is the one that would have been made for it', async () => {
  await keep('/g/a');
  const name = fc.constantFrom(
    ...[
      'ai-stayler.user-session',
      '__Host-ai-stayler.vendor-session',
      'ai-stayler.known',
      'ai-stayler.leaving-user',
    ],
    ...['next-auth.session-token', '__prerender_bypass', 'theme', '_ga', ' ai-stayler.user-session'],
  );
  const cookie = fc
    .array(fc.tuple(name, fc.stringMatching(/^\w{1,8}$/)), { minLength: 1, maxLength: 4 })
    .map((pairs) => ({ cookie: pairs.map((pair) => pair.join('=')).join('; ') }));
  const header = fc
    .tuple(
      fc.constantFrom(
        'rsc',
        'next-router-prefetch',
        'next-action',
        'authorization',
        'range',
        'accept',
        'user-agent',
        'x-forwarded-host',
        'accept-language',
        'if-none-match',
        'x-nonce',
        'x-anything',
      ),
      fc.constantFrom('1', 'site.example', 'fa', '*/*', '"abc"'),
    )
    .map(([one, value]) => ({ [one]: value }));
  const headers = fc
    .array(fc.oneof(cookie, header), { maxLength: 3 })
    .map((all) => Object.assign({}, ...all));
  const method = fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST');
  const path = fc.constantFrom(
    '/g/a',
    '/g/a?image=1',
    '/g/a?image=1&image=2',
    '/g/a?theme=1',
    '/g/a?',
    '/g/a/',
    '/plain',
    '/missing',
  );
  let kept = 0;
  await fc.assert(
    fc.asyncProperty(path, headers, method, async (address, carried: Record<string, string>, by) => {
      const answer = await ask(address, carried, by);
      kept += answer.isKept ? 1 : 0;
      // The same request past the cache: another host than it knows.
      const fresh = await ask(address, { ...carried, host: 'other.example' }, by);
      expect(fresh.isKept).toBe(false);
      expect([answer.status, withoutNonce(answer)]).toEqual([fresh.status, withoutNonce(fresh)]);
      if (carried.cookie?.includes('ai-stayler')) expect(answer.isKept).toBe(false);
    }),
    { numRuns: 300 },
  );
  expect(kept).toBeGreaterThan(20);
});

test('a change of what it shows ends a page, and no other', async () => {
  await keep('/g/a');
  await keep('/g/b');
  words = 'after';
  clock.changed(['gallery:a']);
  expect((await ask('/g/a')).html).toContain('after');
  expect((await ask('/g/b')).html).toContain('before');
  clock.changed(null);
  expect((await ask('/g/b')).html).toContain('after');
});

test('what changes while a page is made is not missing in the next one', async () => {
  await ask('/g/a');
  meanwhile = () => {
    words = 'after';
    clock.changed(['gallery:a']);
  };
  await ask('/g/a');
  meanwhile = () => undefined;
  expect((await ask('/g/a')).html).toContain('after');
});

test('a page ends with the first thing on it that does', async () => {
  await keep('/g/a?image=short');
  words = 'after';
  await expect.poll(async () => (await ask('/g/a?image=short')).html, { timeout: 5000 }).toContain('after');
});

test('nothing is kept that is no whole page of everybody’s', async () => {
  for (const path of ['/undeclared', '/cookie', '/missing', '/cut', '/failed', '/short', '/silent']) {
    for (let turn = 0; turn < 4; turn += 1) expect((await ask(path)).isKept, path).toBe(false);
  }
  expect(cache.bytes).toBe(0);
  await keep('/plain');
});

test('many who ask at once wait for one page', async () => {
  await ask('/g/a');
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => ask('/g/a', { 'accept-encoding': 'br' })),
  );
  expect(new Set(answers.map(nonceOf)).size).toBe(30);
  expect(answers.every(({ isKept }) => isKept)).toBe(true);
  expect(made).toBe(2);
});

test('memory has an end, and addresses that are made up take none of it', async () => {
  await keep('/g/a');
  const before = cache.bytes;
  for (let turn = 0; turn < 300; turn += 1) await ask(`/g/a?cursor=${turn}`);
  expect(cache.bytes).toBe(before);
  expect((await ask('/g/a')).isKept).toBe(true);
  for (let turn = 0; turn < 120; turn += 1) await keep(`/g/v${turn}`);
  expect(cache.bytes).toBeGreaterThan(mostBytes / 2);
  expect(cache.bytes).toBeLessThanOrEqual(mostBytes);
  // What was asked for longest ago has gone.
  made = 0;
  await ask('/g/v119');
  await ask('/g/v1');
  expect(made).toBe(1);
});

test('where a page cannot be made apart it is made for the one who asks', async () => {
  await ask('/g/a');
  let turn = 0;
  meanwhile = () => {
    turn += 1;
    if (turn === 1) throw new Error('once');
  };
  expect((await ask('/g/a')).status).toBe(200);
});
