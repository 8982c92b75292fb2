import { expect, test } from 'vitest';
import { printSizes } from '#lib/conversions/print-size.ts';

test.each([
  [4096, 3072, [34, 26], [52, 39]],
  [2048, 1536, [17, 13], [26, 19]],
  [1024, 768, [8, 6], [13, 9]],
])('%i x %i pixels are printed no larger than they are sharp', (width, height, near, far) => {
  const sizes = printSizes(width, height);
  expect([sizes?.near.width, sizes?.near.height]).toEqual(near);
  expect([sizes?.far.width, sizes?.far.height]).toEqual(far);
  // A centimetre more would fall under the points promised.
  expect((width / (near[0] as number)) * 2.54).toBeGreaterThanOrEqual(300);
  expect((width / ((far[0] as number) + 1)) * 2.54).toBeLessThan(200);
});

test('a thumbnail is no print', () => {
  expect(printSizes(100, 1000)).toBeNull();
});
