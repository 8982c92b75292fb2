import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '#scripts/steps/root.ts';
import { sourceFiles } from './imports.ts';

/** More than that is a noun that wants sub-nouns. */
const mostFiles = 24;

const files = sourceFiles('lib', 'components');

/** A sub-folder of a feature; a file that stands in the feature's own folder is a room of its own. */
function roomOf(path: string): string {
  const parts = path.split('/');
  return parts.length > 3 ? parts.slice(0, 3).join('/') : path;
}

const featureOf = (path: string) => path.split('/').slice(0, 2).join('/');

/** The strongly connected parts of a graph (Tarjan 1972) that have more than one room. */
function circlesOf(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (room: string): number => {
    order.set(room, order.size);
    let least = order.size - 1;
    stack.push(room);
    for (const next of graph.get(room) ?? []) {
      if (!order.has(next)) least = Math.min(least, visit(next));
      else if (stack.includes(next)) least = Math.min(least, order.get(next) ?? 0);
    }
    low.set(room, least);
    if (least === order.get(room)) {
      const circle = stack.splice(stack.indexOf(room));
      if (circle.length > 1) found.push(circle);
    }
    return least;
  };
  for (const room of graph.keys()) if (!order.has(room)) visit(room);
  return found;
}

describe('folders', () => {
  it('hold no more files than one can look over', () => {
    const full = new Set(files.map(({ path }) => dirname(path)));
    const counted = [...full].map((folder) => {
      const entries = readdirSync(join(root, folder), { withFileTypes: true });
      return { folder, count: entries.filter((entry) => entry.isFile()).length };
    });
    expect(counted.filter(({ count }) => count > mostFiles)).toEqual([]);
  });

  it('of one feature import each other without a circle, types counted', () => {
    const graph = new Map<string, Set<string>>();
    for (const { path, imports } of files) {
      const room = roomOf(path);
      const others = imports.filter((to) => featureOf(to) === featureOf(path) && roomOf(to) !== room);
      graph.set(room, new Set([...(graph.get(room) ?? []), ...others.map(roomOf)]));
    }
    const circles = circlesOf(graph).filter(
      (circle) => circle.filter((room) => !/\.tsx?$/.test(room)).length > 1,
    );
    expect(circles).toEqual([]);
  });
});

describe('scripts', () => {
  const scripts = sourceFiles('scripts');

  it('import nothing of the tests: what both need stands in scripts/rig', () => {
    const wrong = scripts.filter(({ text }) => /['"]#tests\/|['"](\.\.\/)+tests\//.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('are imported by no program, only by tests', () => {
    const wrong = sourceFiles('app', 'components', 'lib').flatMap(({ path, imports }) =>
      imports.filter((to) => to.startsWith('scripts/')).map((to) => `${path} -> ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  it('are commands at the top, and parts of commands in folders, which import no command', () => {
    const isCommand = (path: string) => /^scripts\/(bench\/)?[^/]+$/.test(path);
    const wrong = scripts.flatMap(({ path, imports }) =>
      imports
        .filter((to) => isCommand(to) && to !== path)
        .map((to) => `${relative('scripts', path)} -> ${relative('scripts', to)}`),
    );
    expect(wrong).toEqual([]);
  });
});
