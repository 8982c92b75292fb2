import { expect, it } from 'vitest';
import { tabled } from '#lib/styles/paint/kernels/tabled.ts';

it('a curve by its table is the curve, inside and outside of it', () => {
  const curve = (value: number) => Math.max(0, value) ** (1 / 2.2);
  const quick = tabled(curve, 0.01);
  for (let value = -0.5; value < 1.5; value += 0.00037)
    expect(Math.abs(quick(value) - curve(value))).toBeLessThan(2e-6);
  expect([quick(0), quick(1), quick(Number.NaN)]).toEqual([0, 1, Number.NaN]);
});
