import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { compileHint, hintScripts } from '#scripts/steps/hint-scripts.ts';

const build = mkdtempSync(join(tmpdir(), 'stayler-hints-'));
afterAll(() => rmSync(build, { recursive: true }));
const chunk = (name: string) => `static/chunks/${name}.js`;
const write = (name: string, text: string) => {
  mkdirSync(dirname(join(build, name)), { recursive: true });
  writeFileSync(join(build, name), text);
};
const read = (name: string) => readFileSync(join(build, chunk(name)), 'utf8');

test('scripts of pages ask to be compiled while they arrive; those of workers and with a map stay as they are', async () => {
  for (const name of ['frame', 'page-1~a', 'worker']) write(chunk(name), `"use strict";let it="${name}";`);
  write(chunk('mapped'), 'let b=1;\n//# sourceMappingURL=mapped.js.map');
  write('build-manifest.json', JSON.stringify({ rootMainFiles: [chunk('frame')] }));
  write(
    'server/app/[locale]/plans/page_client-reference-manifest.js',
    `self.m={"entryJSFiles":["${chunk('page-1~a')}","${chunk('mapped')}"]}`,
  );
  expect(await hintScripts(build)).toBe(2);
  expect(await hintScripts(build), 'a second time nothing changes').toBe(2);
  // The hint counts only at the very beginning, on a line of its own.
  expect(read('frame')).toBe(`${compileHint}"use strict";let it="frame";`);
  expect(read('page-1~a')).toBe(`${compileHint}"use strict";let it="page-1~a";`);
  expect(compileHint.endsWith('\n')).toBe(true);
  expect(read('worker')).not.toContain(compileHint);
  expect(read('mapped')).toMatch(/^let b/);
});
