import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { shareChunks } from '#scripts/steps/share-chunks.ts';

const folder = mkdtempSync(join(tmpdir(), 'stayler-chunks-'));
afterAll(() => rmSync(folder, { recursive: true }));
const chunk = (name: string, answer: number, length = 5000) => {
  const lines = `module.exports=[7,()=>${answer},/*${'x'.repeat(length)}*/8,()=>0]\n\n//# sourceMappingURL=${name}.map`;
  writeFileSync(join(folder, name), lines);
  writeFileSync(join(folder, `${name}.map`), '{}');
};

test('what several routes share is kept once, and is required as it was', async () => {
  for (const name of ['a.js', 'b.js', 'c.js']) chunk(name, 1);
  chunk('other.js', 2);
  for (const name of ['short-1.js', 'short-2.js']) chunk(name, 1, 10);
  const whole = statSync(join(folder, 'a.js')).size;
  const short = statSync(join(folder, 'short-1.js')).size;

  const saved = await shareChunks(folder);
  expect(saved).toBe(2 * whole);
  const load = createRequire(join(folder, 'x.js'));
  const [a, b, c, other] = ['a', 'b', 'c', 'other'].map(
    (name) => load(`./${name}.js`) as [number, () => number],
  );
  expect(b).toBe(a);
  expect(c).toBe(a);
  expect(a?.[1]()).toBe(1);
  expect(other?.[1]()).toBe(2);
  expect(existsSync(join(folder, 'a.js.map'))).toBe(true);
  expect(existsSync(join(folder, 'b.js.map'))).toBe(false);
  expect(statSync(join(folder, 'short-2.js')).size).toBe(short);
  expect(await shareChunks(folder), 'a second time nothing is left to share').toBe(0);
});
