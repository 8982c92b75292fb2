import { describe, expect, it } from 'vitest';
import { sourceFiles } from './imports.ts';

/** Decision 102: what keeps a render's processor with the picture, instead of with the compiler and the collector. */
describe('loops over pictures', () => {
  const painting = sourceFiles('lib/styles/paint');

  it('are functions of their module: a closure is compiled anew for every picture', () => {
    const calls = painting.flatMap(({ path, text }) =>
      [...text.matchAll(/\beach(?:Row|Run)\(([^;{]*)/g)].map((call) => ({ path, call: call[1] ?? '' })),
    );
    expect(calls.length).toBeGreaterThan(50);
    expect(calls.filter(({ call }) => /=>|\bfunction\b/.test(call))).toEqual([]);
  });

  it('take no array literal apart: a million pixels would leave a million of them', () => {
    const rows = painting.flatMap(({ path, text }) =>
      [...text.matchAll(/^function (\w+(?:Row|Run))\([\s\S]*?^}$/gm)].map(([whole, name]) => ({
        name: `${path} ${name}`,
        // Loops are indented; what stands before them is done once a row.
        apart: [...whole.matchAll(/^ {4,}(?:const|let) \[[^\]]*\] = \[.*$/gm)].map(([line]) => line.trim()),
      })),
    );
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.filter(({ apart }) => apart.length > 0)).toEqual([]);
  });
});
