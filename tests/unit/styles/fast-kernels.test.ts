import { afterAll, describe, expect, it } from 'vitest';
import { setFastKernels } from '#lib/styles/paint/kernels/fast.ts';
import { flowOf } from '#lib/styles/paint/kernels/flow.ts';
import { boxMean, gaussian } from '#lib/styles/paint/kernels/gaussian.ts';
import { smoothAlong } from '#lib/styles/paint/kernels/lines.ts';
import { seededRandom } from '#lib/styles/paint/kernels/random.ts';
import { resize } from '#lib/styles/paint/kernels/resize.ts';
import { newPlane, type Plane } from '#lib/styles/paint/raster.ts';
import { compiled } from '#lib/styles/wasm/compiled.ts';
import { startKernels } from '#lib/styles/wasm/start-kernels.ts';
import { compileKernels } from '#scripts/steps/compile-kernels.ts';

const kernels = startKernels();

function noise(width: number, height: number): Plane {
  const random = seededRandom(width * 1000 + height);
  const plane = newPlane(width, height);
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = random() * 1.2 - 0.1;
  return plane;
}

/** The largest difference of what JavaScript and the compiled kernels answer. */
function apart(work: () => Plane): number {
  setFastKernels(null);
  const reference = work();
  setFastKernels(kernels);
  const fast = work();
  expect([fast.width, fast.height, fast.data.length]).toEqual([
    reference.width,
    reference.height,
    reference.data.length,
  ]);
  let most = 0;
  for (let i = 0; i < fast.data.length; i++)
    most = Math.max(most, Math.abs((fast.data[i] as number) - (reference.data[i] as number)));
  return most;
}

afterAll(() => setFastKernels(kernels));

const sizes = [
  [1, 1],
  [1, 37],
  [37, 1],
  [2, 3],
  [5, 4],
  [64, 48],
  [101, 77],
  [255, 130],
] as const;

describe('the compiled kernels', () => {
  it('are there, and are what their source makes', async () => {
    expect(kernels).not.toBeNull();
    expect(await compileKernels()).toContain(compiled);
  });

  it.each(sizes)('answer as JavaScript does on %i x %i', (width, height) => {
    const plane = noise(width, height);
    for (const sigma of [0.4, 1, 2.1, 2.3, 6, 40])
      expect(apart(() => gaussian(plane, sigma))).toBeLessThan(2e-6);
    for (const radius of [1, 4, 60]) expect(apart(() => boxMean(plane, radius))).toBe(0);
    for (const how of ['smooth', 'crisp'] as const)
      for (const [w, h] of [
        [1, 1],
        [7, 90],
        [width * 3, height],
        [Math.ceil(width / 5), Math.ceil(height / 3)],
        [300, 200],
        [33, 33],
      ] as const)
        expect(apart(() => resize(plane, w, h, how))).toBeLessThan(1e-6);
    const flow = flowOf(resize(plane, Math.ceil(width / 2), Math.ceil(height / 2)), 1.5, 4);
    for (const sigma of [1, 4, 9]) {
      expect(apart(() => smoothAlong(plane, flow, sigma))).toBe(0);
      expect(apart(() => smoothAlong(plane, flow, sigma, -0.02))).toBe(0);
    }
  });

  it('leave what is too large for them to JavaScript', () => {
    expect(
      kernels?.tapBlur(
        { width: 4096, height: 2048, data: new Float32Array(4096 * 2048) },
        new Float32Array(2),
      ),
    ).toBeNull();
  });
});
