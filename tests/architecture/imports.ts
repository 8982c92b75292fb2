import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { root } from '#scripts/steps/root.ts';

export type SourceFile = {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
};

const skipped = new Set(['node_modules', 'generated', '.next']);

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name) || entry.name.startsWith('.next')) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}

const statement =
  /(?:^|\n)\s*(?:import|export)\s[^'";]*?from\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;

/** What a specifier stands for, as a path from the project's folder; packages keep their name. */
function resolveSpecifier(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return relative(root, resolve(dirname(join(root, from)), specifier));
  if (specifier.startsWith('#')) return specifier.slice(1);
  return `package:${specifier}`;
}

/** Every TypeScript file below the folders, with what it imports. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders
    .flatMap((folder) => walk(join(root, folder)))
    .filter((path) => /\.tsx?$/.test(path))
    .map((absolute) => {
      const path = relative(root, absolute);
      const text = readFileSync(absolute, 'utf8');
      const imports = [...text.matchAll(statement)].map((match) =>
        resolveSpecifier(path, match[1] ?? match[2] ?? match[3] ?? ''),
      );
      return { path, text, imports };
    });
}
