import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '#scripts/steps/root.ts';
import { excused } from '#tests/e2e/cut-lines/excused.ts';
import { sourceFiles } from './imports.ts';

/** Every action that a page of the site can ask for. */
const actions = sourceFiles('lib')
  .filter(({ text }) => /^\s*'use server'/m.test(text))
  .flatMap(({ path, text }) =>
    [...text.matchAll(/^export const (\w+)/gm)].map(([, name]) => `${path.split('/')[1]}.${name}`),
  );

/** Those that the walks of `tests/e2e/cut-lines.spec.ts` ask for over a cut line. */
const folder = join(root, 'tests/e2e/cut-lines');
const walked = readdirSync(folder)
  .filter((name) => name.endsWith('-walks.ts'))
  .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/action: ['`]([^'`]+)['`]/g)])
  .flatMap(([, action = '']) => ['User', 'Vendor'].map((kind) => action.replace(/\$\{\w+\}/, kind)));

/** Acts of administrators that are one dialog, which the walks know from others. */
const sameDialog = sourceFiles('components', 'app')
  .flatMap(({ text }) => [...text.matchAll(/<ActionDialog\b[^>]*?\baction=\{(\w+)\}/gs)])
  .map(([, name]) => `admin.${name}`);

it('every action is asked for over a cut line, or it is said why not (tests/e2e/cut-lines/excused.ts)', () => {
  const known = new Set([...walked, ...sameDialog, ...Object.keys(excused)]);
  expect(actions.filter((action) => !known.has(action))).toEqual([]);
});

it('whatever is walked or excused is an action, and is not both', () => {
  const all = new Set(actions);
  expect([...walked, ...Object.keys(excused)].filter((action) => !all.has(action))).toEqual([]);
  expect(Object.keys(excused).filter((action) => walked.includes(action))).toEqual([]);
});
