import { describe, expect, it } from 'vitest';
import { includeFaces } from '#lib/styles/paint/people/find-person.ts';
import type { Models } from '#lib/styles/paint/people/models.ts';
import { newPlane } from '#lib/styles/paint/raster.ts';
import { plainPicture } from '#tests/support/pictures.ts';

/** A network that sees somebody wherever it looks. */
const models: Pick<Models, 'run'> = {
  run: async () => [{ shape: [1, 256, 256, 1], values: new Float32Array(256 * 256).fill(1) }],
};

/** How much of somebody there is at the foot of a photo of this height, in whose upper part two faces were found. */
async function atFoot(height: number): Promise<number> {
  const width = 400;
  const face = (x: number) => ({ x, y: 60 / height, width: 40 / width, height: 50 / height, score: 0.98 });
  const faces = [face(0.3), face(0.7)];
  const mask = newPlane(width, height);
  // Both faces were seen from afar, so that nobody is followed down to the feet.
  mask.data.fill(1, 0, 100 * width);
  const found = await includeFaces(
    models as Models,
    plainPicture(width, height, [0.4, 0.4, 0.4]),
    mask,
    faces,
  );
  return found.data[(height - 3) * width + 120] as number;
}

describe('a look at somebody from near', () => {
  it('goes on to the foot of the photo where little is left below it: an arm is not cut off', async () => {
    expect(await atFoot(255)).toBeGreaterThan(0.95);
  });

  it('ends where much is left', async () => {
    expect(await atFoot(400)).toBe(0);
  });
});
