import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { unstable_doesMiddlewareMatch as doesMatch } from 'next/experimental/testing/server.js';
import { expect, it, vi } from 'vitest';
import { sourceFiles } from '#tests/architecture/imports.ts';

// Only chooses the locale; outside the framework's own build it finds no framework.
vi.mock('next-intl/middleware', () => ({ default: () => () => undefined }));

/** What may be reached around the proxy: files that run nothing, two lists for programs, signed parts, and the API, which looks at no cookie. */
const closed = [
  /^\/_next\/static\//,
  /^\/api\/ut(\/|$)/,
  /^\/api\/v1\//,
  /^\/(robots\.txt|sitemap\.xml|sw\.js|favicon\.ico|icon\.svg|apple-icon\.png)$/,
  ...readdirSync('public', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.\w+$/.test(name))
    .map((name) => new RegExp(`^/${name.replace(/[^/]+(?=\.\w+$)/, '[\\w.-]+')}$`)),
];

/** Every page and route of the tree, as the framework matches an address against it. */
const routes = sourceFiles('app')
  .map(({ path }) => path)
  .filter((path) => /\/(page\.tsx|route\.ts)$/.test(path))
  .map((path) => path.replace(/^app/, '').replace(/\/(page\.tsx|route\.ts)$/, ''))
  .map((path) => ({
    path,
    pattern: new RegExp(
      `^${path.replace(/\.(?=\w)/g, '\\.').replace(/\/\[\.\.\.\w+\]|\/\[\\?\.*\w+\]/g, (part) => (part.includes('...') ? '(/.+)' : '/[^/]+'))}/?$`,
    ),
  }));

const readable = (path: string) => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/** Signed parts and lists for programs; and what is a file by its whole name, which the framework looks for first. */
const mayRunAround =
  /^\/api\/(ut|v1)\/|^\/(robots\.txt|sitemap\.xml|sw\.js|favicon\.ico|icon\.svg|apple-icon\.png)$/;
const reached = (path: string) =>
  routes.filter(({ pattern }) => pattern.test(path) || pattern.test(readable(path)));

async function skips(path: string): Promise<boolean> {
  const { config } = await import('../../proxy.ts');
  return !doesMatch({ config, url: path, nextConfig: {} });
}

const words = [
  ...new Set(routes.flatMap(({ path }) => path.split('/').filter((part) => part && !part.startsWith('[')))),
];
const file = fc.constantFrom(
  ...['apple-icon', 'apple-icon.png', 'icon.svg', 'favicon.ico', 'sw.js', 'robots.txt', 'sitemap.xml'],
  ...[
    '_next',
    'static',
    'fonts',
    'icons',
    'samples',
    'look',
    'styles',
    '192.png',
    'x.woff2',
    'oil.webp',
    'ut',
  ],
);
const junk = fc.constantFrom(
  '',
  'X',
  '.',
  '..',
  '%2e',
  '%2F',
  ';',
  ' ',
  '.rsc',
  '.json',
  '?x=/fonts/',
  '-',
  '~',
);
const spoiled = fc.tuple(file, junk, junk).map(([name, before, after]) => `${before}${name}${after}`);
const letter = fc.constantFrom('a', '7', '.', '-', '%61', '%2F', '_', '~');
const noise = fc.array(letter, { maxLength: 4 }).map((letters) => letters.join(''));
const part = fc.oneof(file, spoiled, fc.constantFrom(...words), noise);
/** A page's own address under a first word that is no locale, or any chain of such parts. Repeated slashes are redirected before anything is asked. */
const address = fc.oneof(
  fc
    .tuple(part, fc.constantFrom(...routes))
    .map(([word, { path }]) => path.replace('[locale]', word || 'x').replace(/\[[^\]]+\]/g, 'oil.webp')),
  fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.filter(Boolean).join('/')}`),
);

it('no address outside a closed list goes around the proxy, and no page is inside it', async () => {
  const { config } = await import('../../proxy.ts');
  const matches = (url: string) => doesMatch({ config, url, nextConfig: {} });
  let around = 0;
  fc.assert(
    fc.property(address, (path) => {
      if (matches(path)) return;
      around += 1;
      const asked = new URL(path, 'http://localhost').pathname;
      expect(
        closed.some((pattern) => pattern.test(asked)),
        path,
      ).toBe(true);
      if (!mayRunAround.test(asked)) expect(reached(asked), path).toEqual([]);
    }),
    { numRuns: 20_000 },
  );
  expect(around).toBeGreaterThan(100);
});

it.each([
  '/apple-iconX/account',
  '/apple-icon.png/account',
  '/fonts/account',
  '/icons/admin',
  '/samples/a/token',
  '/_next/account',
  '/samples/s/oil.webp',
  '/fonts/fonts/x.woff2',
])('%s is asked by the proxy', async (path) => {
  expect(await skips(path)).toBe(false);
});

it.each(['/fonts/vazirmatn-33.0.3-first.woff2', '/icons/192.png', '/sw.js', '/_next/static/chunks/a.js'])(
  '%s, a file, is not',
  async (path) => {
    expect(await skips(path)).toBe(true);
  },
);
