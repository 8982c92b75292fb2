import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { root } from '#scripts/steps/root.ts';
import { sourceFiles } from './imports.ts';

describe('what is open to the outside', () => {
  const actions = sourceFiles('app', 'components', 'lib').filter(({ text }) =>
    /^\s*'use server'/m.test(text),
  );

  it('finds server actions in files named actions.ts, or after a noun, only', () => {
    expect(actions.length).toBeGreaterThan(0);
    expect(
      actions
        .map(({ path }) => path)
        .filter((path) => !/^lib\/[^/]+\/([a-z-]+\/)?([a-z-]+-)?actions\.ts$/.test(path)),
    ).toEqual([]);
  });

  it('builds every exported action by a door', () => {
    const wrong = actions.flatMap(({ path, text }) =>
      [...text.matchAll(/^export (?!type )(.*)$/gm)]
        .map((match) => match[1] ?? '')
        .filter((line) => !/^const \w+ = (user|vendor|admin|public)Action\(/.test(line))
        .map((line) => `${path}: ${line}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has every page say what it is to other sites, or that it is for nobody to list', () => {
    const pages = sourceFiles('app').filter(({ path }) => /\/page\.tsx$/.test(path));
    expect(pages.length).toBeGreaterThan(40);
    const isOwn = (path: string) => /\/(admin|dev)\//.test(path);
    const isSaid = (text: string) =>
      /await describePage\(|return describePage\(|robots: \{ index: false/.test(text) ||
      /\brequire(User|Vendor)\(/.test(text);
    expect(pages.filter(({ path, text }) => !isOwn(path) && !isSaid(text)).map(({ path }) => path)).toEqual(
      [],
    );
    // One helper writes the cards; nobody writes one by hand.
    expect(pages.filter(({ text }) => /openGraph|twitter:/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  const routes = sourceFiles('app').filter(({ path }) => /\/route\.tsx?$/.test(path));

  it('builds every route handler by a door', () => {
    expect(routes.length).toBeGreaterThan(30);
    const door = /^const (GET|HEAD|POST|PUT|PATCH|DELETE) = (user|vendor|account|admin|public|api)Route\(/;
    const wrong = routes.flatMap(({ path, text }) =>
      [...text.matchAll(/^export (?!type )(.*)$/gm)]
        .map((match) => match[1] ?? '')
        .filter((line) => !door.test(line) && line !== "const dynamic = 'force-dynamic';")
        .map((line) => `${path}: ${line}`),
    );
    expect(wrong).toEqual([]);
  });

  it('leaves no route without a limit but those that cost nothing or must answer always', () => {
    const unlimited = routes.filter(({ text }) => text.includes('unlimited:')).map(({ path }) => path);
    expect(unlimited.sort()).toEqual([
      'app/[locale]/manifest.webmanifest/route.ts',
      'app/[locale]/offline/route.ts',
      'app/api/health/live/route.ts',
      'app/api/health/ready/route.ts',
      'app/api/metrics/route.ts',
      'app/robots.txt/route.ts',
    ]);
  });

  it('checks every dynamic part of an address before its handler', () => {
    // Those that are handed on whole: to a protocol with checks of its own, and to a table of operations, each with its door.
    const handedOn = new Set([
      'app/api/v1/[...path]/route.ts',
      'app/api/ut/[...path]/route.ts',
      'app/api/dev/zarinpal/[...path]/route.ts',
      'app/api/dev/zibal/[...path]/route.ts',
    ]);
    const unchecked = routes
      .filter(({ path, text }) => path.includes('[') && !/^ {2}params: /m.test(text) && !handedOn.has(path))
      .map(({ path }) => path);
    expect(unchecked).toEqual([]);
  });

  it('keeps the top level to what the house plan names', () => {
    const expected = [
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'Dockerfile',
      'README.md',
      'SECURITY.md',
      'app',
      'biome.json',
      'components',
      'compose.yaml',
      'docs',
      'instrumentation-client.ts',
      'instrumentation.ts',
      'knip.ts',
      'lib',
      'messages',
      'next.config.mjs',
      'package-lock.json',
      'package.json',
      'playwright.config.ts',
      'postcss.config.mjs',
      'prisma',
      'prisma.config.ts',
      'proxy.ts',
      'public',
      'scripts',
      'tailwind.config.ts',
      'tests',
      'tsconfig.json',
      'vitest.config.ts',
    ];
    const ignored = new Set(['node_modules', 'next-env.d.ts', 'test-results', 'playwright-report']);
    const found = readdirSync(root).filter(
      (name) => !name.startsWith('.') && !ignored.has(name) && !name.endsWith('.tsbuildinfo'),
    );
    expect(found.sort()).toEqual(expected.sort());
  });
});
