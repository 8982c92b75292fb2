import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { installedScript } from '../../steps/build.ts';
import { root } from '../../steps/root.ts';

/** The scripts that a page names; a browser that knows modules does not load the one for those that do not. */
function scriptsOf(html: string): string[] {
  const tags = [...html.matchAll(/<script\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !/\bnomodule/i.test(tag));
  return [...new Set(tags.flatMap((tag) => /\bsrc="([^"]+\.js)[^"]*"/.exec(tag)?.[1] ?? []))];
}

/** Bytes of a page's first scripts, each compressed by itself as a server sends them. */
export async function scriptBytes(origin: string, html: string): Promise<number> {
  const sizes = await Promise.all(
    scriptsOf(html).map(async (path) => {
      const answer = await fetch(new URL(path, origin));
      return gzipSync(Buffer.from(await answer.arrayBuffer())).length;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Builds an application of one empty page with the Next.js that is installed; the gzip bytes of its scripts. */
export async function buildEmptyApp(): Promise<{ folder: string; bytes: number }> {
  const folder = join(root, 'node_modules', '.cache', 'empty-app');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'app'), { recursive: true });
  const files: Readonly<Record<string, string>> = {
    'package.json': '{ "private": true, "type": "module" }',
    'next.config.mjs': `export default { turbopack: { root: ${JSON.stringify(root)} } };`,
    // Without JSX: what lies below node_modules is not compiled.
    'app/layout.js': `import { createElement as h } from 'react';
export default function Layout({ children }) { return h('html', { lang: 'en' }, h('body', null, children)); }`,
    'app/page.js': `import { createElement as h } from 'react';
export default function Page() { return h('main'); }`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  await promisify(execFile)(process.execPath, [installedScript('next/dist/bin/next'), 'build'], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    timeout: 240_000,
  });
  const html = readFileSync(join(folder, '.next/server/app/index.html'), 'utf8');
  const bytes = scriptsOf(html)
    .map((path) => gzipSync(readFileSync(join(folder, '.next', path.replace(/^\/_next\//, '')))).length)
    .reduce((sum, size) => sum + size, 0);
  return { folder, bytes };
}
