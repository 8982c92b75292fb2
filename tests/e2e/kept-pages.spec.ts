import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { demoHandle } from '#scripts/seed/demo-gallery.ts';
import { newAccount, signInAsDemoVendor, signUp } from './support/account.ts';
import { ask, type HttpAnswer } from './support/ask.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

const isKept = ({ headers }: HttpAnswer) => headers.has('x-kept');
/** A cookie that is named like ours and says nothing: its page is made anew. */
const pastTheCache = { cookie: 'ai-stayler.nothing=1' };

function htmlOf({ headers, body }: HttpAnswer): string {
  const packing = headers.get('content-encoding');
  const plain = packing === 'br' ? brotliDecompressSync(body) : packing === 'gzip' ? gunzipSync(body) : body;
  return plain.toString();
}

const nonceOf = ({ headers }: HttpAnswer) =>
  /'nonce-([\w+/]{22}==)'/.exec(headers.get('content-security-policy') ?? '')?.[1] ?? 'none';

/**
 * What a page says: its document, and every text in the data that React goes on with. The framework numbers that data, cuts
 * it and says what comes twice only once, as its reads happen to end.
 */
function saidBy(answer: HttpAnswer): { document: string; texts: Set<string> } {
  const html = htmlOf(answer).replaceAll(nonceOf(answer), 'NONCE');
  const piece = /<script nonce="NONCE">self\.__next_f\.push\(\[1,("(?:[^"\\]|\\.)*")\]\)<\/script>/g;
  const data = [...html.matchAll(piece)].map(([, text]) => JSON.parse(text ?? '""') as string).join('');
  const texts = (data.match(/"(?:[^"\\]|\\.)*"/g) ?? []).filter((text) => !text.startsWith('"$'));
  return { document: html.replace(piece, ''), texts: new Set(texts) };
}

/** Where two pages differ, with what stands there; nothing where they do not. */
function difference(one: HttpAnswer, other: HttpAnswer): string {
  const [a, b] = [saidBy(one), saidBy(other)];
  const at = [...a.document].findIndex((letter, place) => letter !== b.document[place]);
  if (a.document !== b.document)
    return `${a.document.slice(at - 60, at + 60)} | ${b.document.slice(at - 60, at + 60)}`;
  const ofOne = (texts: Set<string>, others: Set<string>) => [...texts].filter((text) => !others.has(text));
  return [...ofOne(a.texts, b.texts), ...ofOne(b.texts, a.texts)].slice(0, 5).join(' ');
}

type Asking = (path: string, headers?: Record<string, string>) => Promise<HttpAnswer>;

/** The pages of visitors, of each kind one. */
async function publicPages(get: Asking): Promise<string[]> {
  const profile = `/g/${demoHandle}`;
  const html = htmlOf(await get(profile, { 'accept-encoding': 'gzip' }));
  const album = new RegExp(`${profile}/[0-9a-f-]{36}`).exec(html)?.[0] ?? '';
  return [
    '/',
    '/styles',
    '/en/explore',
    '/plans',
    '/en/studio?style=oil',
    `${profile}?look=fabric`,
    `/en${album}`,
  ];
}

// Other journeys change galleries meanwhile: whatever such a change can spoil is tried again.

/** The page as it is kept, whatever it takes until it is. */
async function keptPage(
  get: Asking,
  path: string,
  headers: Record<string, string> = {},
): Promise<HttpAnswer> {
  let answer: HttpAnswer | undefined;
  await expect(async () => {
    answer = await get(path, headers);
    expect(isKept(answer), path).toBe(true);
  }).toPass();
  if (!answer) throw new Error('no answer');
  return answer;
}

/** Asks the same with the cookie that has every page made anew, and wants the same answer. */
async function expectAsMadeAnew(
  get: Asking,
  path: string,
  carried: Record<string, string>,
): Promise<boolean> {
  let isFromCache = false;
  await expect(async () => {
    const [answer, fresh] = [await get(path, carried), await get(path, { ...carried, ...pastTheCache })];
    isFromCache = isKept(answer);
    expect(isKept(fresh)).toBe(false);
    expect(answer.status).toBe(fresh.status);
    for (const name of ['content-type', 'location', 'cache-control']) {
      expect(answer.headers.get(name)).toBe(fresh.headers.get(name));
    }
    if (answer.headers.get('content-type')?.startsWith('text/html')) {
      expect([path, difference(answer, fresh)]).toEqual([path, '']);
    }
  }).toPass({ timeout: 30_000 });
  return isFromCache;
}

test('a visitor’s page is kept, and is the one made anew but for its nonce: 20 times, in three encodings', async ({
  baseURL,
}) => {
  test.setTimeout(240_000);
  const get: Asking = (path, headers) => ask(baseURL, path, headers);
  for (const page of await publicPages(get)) {
    const sentences = htmlOf(await keptPage(get, page)).match(/signOutLater/g);
    expect(sentences, 'what every page says is sent once').toHaveLength(1);
    const [nonces, seen] = [new Set<string>(), new Set<string>()];
    for (const encoding of ['br', 'gzip', 'identity']) {
      await expectAsMadeAnew(get, page, { 'accept-encoding': encoding });
      for (let turn = 0; turn < 20; turn += 1) {
        const answer = await keptPage(get, page, { 'accept-encoding': encoding });
        expect(answer.headers.get('content-encoding') ?? 'identity').toBe(encoding);
        expect(Number(answer.headers.get('content-length'))).toBe(answer.body.length);
        expect(answer.headers.has('etag')).toBe(false);
        const text = htmlOf(answer).replaceAll(nonceOf(answer), 'NONCE');
        if (!seen.has(text)) await expectAsMadeAnew(get, page, {});
        seen.add(text);
        nonces.add(nonceOf(answer));
      }
    }
    expect(nonces.size).toBe(60);
  }
});

test('nobody who is signed in, and nobody with a cookie of ours, is given a page that was kept', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(180_000);
  await signUp(page, 'fa', newAccount());
  await signInAsDemoVendor(page, 'fa');
  await page.goto('/');
  await expect(page.getByRole('button', { name: words('fa', 'shell.account') }).first()).toBeVisible();
  const cookies = (await page.context().cookies()).filter(({ name }) => name.includes('ai-stayler'));
  expect(cookies.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      expect.stringContaining('user-session'),
      expect.stringContaining('vendor-session'),
    ]),
  );
  const single = cookies.map(({ name, value }) => `${name}=${value}`);
  const whole = single.join('; ');
  const get: Asking = (path, headers) => ask(baseURL, path, headers);
  for (const address of await publicPages(get)) {
    const wayIn = `href="${address.startsWith('/en') ? '/en' : ''}/login"`;
    expect(htmlOf(await keptPage(get, address))).toContain(wayIn);
    // Each one by itself, on the page that everybody comes to.
    for (const cookie of [whole, `theme=dark; ${whole}`, ...(address === '/' ? single : [])]) {
      const answer = await get(address, { cookie, 'accept-encoding': 'gzip' });
      expect([address, isKept(answer), answer.status]).toEqual([address, false, 200]);
      if (cookie.includes('-session=')) expect(htmlOf(answer)).not.toContain(wayIn);
    }
    // And nothing of it is left for the next visitor.
    expect(htmlOf(await keptPage(get, address))).toContain(wayIn);
  }
});

test('whatever a request carries, its answer is the one that is made for it', async ({ baseURL }) => {
  test.setTimeout(process.env.TEST_FULL ? 900_000 : 180_000);
  const get: Asking = (path, headers) => ask(baseURL, path, headers);
  const pages = await publicPages(get);
  for (const page of pages) await keptPage(get, page);
  const names = [
    ...['accept', 'accept-language', 'authorization', 'cache-control', 'expect-ct', 'forwarded', 'if-match'],
    ...[
      'if-modified-since',
      'if-none-match',
      'next-action',
      'next-router-prefetch',
      'next-router-state-tree',
    ],
    ...[
      'next-url',
      'origin',
      'purpose',
      'range',
      'referer',
      'rsc',
      'save-data',
      'sec-fetch-dest',
      'sec-fetch-site',
    ],
    ...['user-agent', 'via', 'x-deployment-id', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'],
    ...[
      'x-invoke-path',
      'x-matched-path',
      'x-middleware-subrequest',
      'x-nextjs-data',
      'x-nonce',
      'x-request-id',
    ],
  ];
  const values = [
    '1',
    '0',
    'en',
    '*/*',
    'text/x-component',
    'bytes=0-9',
    '"abc"',
    'https://evil.example',
    'curl/8',
    '/admin',
  ];
  const header = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...values));
  const queries = [
    '',
    '?',
    '?x=1',
    '?sort=tried',
    '?cursor=abc',
    '?image=1',
    '?_rsc=1',
    '?sort=tried&sort=newest',
    '?payment=unknown',
  ];
  let kept = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...pages),
      fc.oneof({ weight: 2, arbitrary: fc.constant('') }, fc.constantFrom(...queries)),
      fc.array(header, { maxLength: 2 }),
      fc.constantFrom('GET', 'GET', 'GET', 'HEAD'),
      async (page, query, headers, method) => {
        const carried = { method, ...Object.fromEntries(headers) };
        kept += (await expectAsMadeAnew(get, page + query, carried)) ? 1 : 0;
      },
    ),
    { numRuns: process.env.TEST_FULL ? 1000 : 40 },
  );
  expect(kept).toBeGreaterThan(2);
});
