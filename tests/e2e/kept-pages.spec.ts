import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { demoHandle } from '#scripts/seed/demo-gallery.ts';
import { newAccount, signInAsDemoVendor, signUp } from './support/account.ts';
import { type Answer, ask } from './support/ask.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

const isKept = ({ headers }: Answer) => headers.has('x-kept');
/** A cookie that is named like ours and says nothing: its page is made anew. */
const pastTheCache = { cookie: 'ai-stayler.nothing=1' };

function htmlOf({ headers, body }: Answer): string {
  const packing = headers.get('content-encoding');
  const plain = packing === 'br' ? brotliDecompressSync(body) : packing === 'gzip' ? gunzipSync(body) : body;
  return plain.toString();
}

const nonceOf = ({ headers }: Answer) =>
  /'nonce-([\w+/]{22}==)'/.exec(headers.get('content-security-policy') ?? '')?.[1] ?? 'none';

/**
 * What a page says: its document, and every text in the data that React goes on with. The framework numbers that data, cuts
 * it and says what comes twice only once, as its reads happen to end.
 */
function saidBy(answer: Answer): { document: string; texts: Set<string> } {
  const html = htmlOf(answer).replaceAll(nonceOf(answer), 'NONCE');
  const piece = /<script nonce="NONCE">self\.__next_f\.push\(\[1,("(?:[^"\\]|\\.)*")\]\)<\/script>/g;
  const data = [...html.matchAll(piece)].map(([, text]) => JSON.parse(text ?? '""') as string).join('');
  const texts = (data.match(/"(?:[^"\\]|\\.)*"/g) ?? []).filter((text) => !text.startsWith('"$'));
  return { document: html.replace(piece, ''), texts: new Set(texts) };
}

/** Where two pages differ, with what stands there; nothing where they do not. */
function difference(one: Answer, other: Answer): string {
  const [a, b] = [saidBy(one), saidBy(other)];
  const at = [...a.document].findIndex((letter, place) => letter !== b.document[place]);
  if (a.document !== b.document)
    return `${a.document.slice(at - 60, at + 60)} | ${b.document.slice(at - 60, at + 60)}`;
  const ofOne = (texts: Set<string>, others: Set<string>) => [...texts].filter((text) => !others.has(text));
  return [...ofOne(a.texts, b.texts), ...ofOne(b.texts, a.texts)].slice(0, 5).join(' ');
}

async function publicPages(baseURL: string | undefined): Promise<string[]> {
  const profile = `/g/${demoHandle}`;
  const html = htmlOf(await ask(baseURL, profile, { 'accept-encoding': 'gzip' }));
  const album = new RegExp(`${profile}/[0-9a-f-]{36}`).exec(html)?.[0] ?? '';
  const pages = ['/styles', '/explore', '/explore?sort=tried', '/plans', '/terms', profile, album];
  return ['/', '/en', ...pages, `/en${album}`];
}

test('a visitor’s page is kept, and is the one made anew but for its nonce: 20 times, in three encodings', async ({
  baseURL,
}) => {
  for (const page of await publicPages(baseURL)) {
    const fresh = await ask(baseURL, page, pastTheCache);
    expect(isKept(fresh), page).toBe(false);
    await ask(baseURL, page);
    const [nonces, seen] = [new Set<string>(), new Set<string>()];
    for (const encoding of ['br', 'gzip', 'identity']) {
      for (let turn = 0; turn < 20; turn += 1) {
        const answer = await ask(baseURL, page, { 'accept-encoding': encoding });
        expect(isKept(answer), page).toBe(true);
        expect(answer.headers.get('content-encoding') ?? 'identity').toBe(encoding);
        expect(Number(answer.headers.get('content-length'))).toBe(answer.body.length);
        expect(answer.headers.get('cache-control')).toContain('no-store');
        expect(answer.headers.has('etag')).toBe(false);
        const text = htmlOf(answer).replaceAll(nonceOf(answer), 'NONCE');
        if (!seen.has(text)) expect([page, difference(answer, fresh)]).toEqual([page, '']);
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
  const whole = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  for (const address of await publicPages(baseURL)) {
    await ask(baseURL, address);
    await ask(baseURL, address);
    const visitors = await ask(baseURL, address);
    expect(isKept(visitors), address).toBe(true);
    for (const cookie of [
      whole,
      `theme=dark; ${whole}`,
      ...cookies.map(({ name, value }) => `${name}=${value}`),
    ]) {
      const answer = await ask(baseURL, address, { cookie, 'accept-encoding': 'gzip' });
      expect([address, isKept(answer), answer.status]).toEqual([address, false, 200]);
      const isSignedIn = cookie.includes('-session=');
      expect(
        htmlOf(answer).includes(words('fa', 'shell.account')) || !isSignedIn || address.startsWith('/en'),
      ).toBe(true);
    }
    // And nothing of it is left for the next visitor.
    expect([address, difference(await ask(baseURL, address), visitors)]).toEqual([address, '']);
  }
});

test('whatever a request carries, its answer is the one that is made for it', async ({ baseURL }) => {
  const pages = await publicPages(baseURL);
  for (const page of pages) for (const _ of [1, 2]) await ask(baseURL, page);
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
        const address = page.includes('?') ? page : page + query;
        const carried = { method, ...Object.fromEntries(headers) };
        const answer = await ask(baseURL, address, carried);
        const fresh = await ask(baseURL, address, { ...carried, ...pastTheCache });
        kept += isKept(answer) ? 1 : 0;
        expect(isKept(fresh)).toBe(false);
        expect(answer.status).toBe(fresh.status);
        expect(answer.headers.get('content-type')).toBe(fresh.headers.get('content-type'));
        expect(answer.headers.get('location')).toBe(fresh.headers.get('location'));
        if (answer.headers.get('content-type')?.startsWith('text/html')) {
          expect(difference(answer, fresh)).toBe('');
        }
      },
    ),
    { numRuns: process.env.TEST_FULL ? 1000 : 60 },
  );
  expect(kept).toBeGreaterThan(2);
});
