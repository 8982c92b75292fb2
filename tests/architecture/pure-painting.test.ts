import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { root } from '#scripts/steps/root.ts';
import { sourceFiles } from './imports.ts';

/** Of the packages only the ones that run the small networks, which work wherever JavaScript does. */
const packages = /^@tensorflow\/tfjs-(core|converter)$/;
/** Beside its own folder, painting knows the names of the styles. */
const ours = /^lib\/styles\/(paint\/.*|catalogue)\.ts$/;

/** Everything that ends in a bundle of these entries for a browser, and what it asks for from outside. */
async function bundleFor(entries: string[]): Promise<{ inside: string[]; outside: string[]; bytes: number }> {
  const inside = new Set<string>();
  const outside = new Set<string>();
  const answer = await build({
    configFile: false,
    root,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      rolldownOptions: { input: entries, preserveEntrySignatures: 'strict' },
    },
    plugins: [
      {
        name: 'note-imports',
        enforce: 'pre',
        resolveId(source, importer) {
          if (!importer || source.startsWith('.') || source.startsWith('/')) return null;
          outside.add(source);
          return { id: source, external: true };
        },
        moduleParsed({ id }) {
          inside.add(relative(root, id));
        },
      },
    ],
  });
  const outputs = Array.isArray(answer) ? answer : [answer];
  const bytes = outputs
    .flatMap((one) => ('output' in one ? one.output : []))
    .reduce((sum, chunk) => sum + (chunk.type === 'chunk' ? chunk.code.length : 0), 0);
  return { inside: [...inside], outside: [...outside], bytes };
}

describe('painting', () => {
  const painting = sourceFiles('lib/styles/paint').map(({ path }) => join(root, path));

  it('is bundled for a browser with nothing in it but itself and the networks', async () => {
    const { inside, outside, bytes } = await bundleFor(painting);
    expect(bytes).toBeGreaterThan(20_000);
    expect(inside.filter((path) => !path.startsWith('\0') && !ours.test(path))).toEqual([]);
    expect(outside.filter((name) => !packages.test(name))).toEqual([]);
  });

  it('needs neither a page nor a server: the language alone', () => {
    const cache = join(root, 'node_modules', '.cache');
    mkdirSync(cache, { recursive: true });
    const folder = mkdtempSync(join(cache, 'painting-'));
    const config = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { lib: ['es2024'], types: [], plugins: [], incremental: false },
      include: [join(root, 'lib/styles/paint/**/*.ts')],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const { stdout, status } = spawnSync(process.execPath, [compiler, '--noEmit', '-p', folder], {
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  });

  it('comes to a page when a photo is opened: what a page imports itself is small and has no networks', () => {
    const light = /^#lib\/styles\/(catalogue|browser\/(read-support|device-view)|paint\/looks\/order)\.ts$/;
    // What answers requests goes to no page.
    const pages = sourceFiles('app', 'components').filter(({ path }) => !path.startsWith('app/api/'));
    const wrong = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/^import (?!type )[^;]*? from '(#lib\/styles\/[^']+)';/gm)]
        .map((match) => match[1] ?? '')
        .filter((name) => !light.test(name))
        .map((name) => `${path} -> ${name}`),
    );
    expect(wrong).toEqual([]);
  });
});
