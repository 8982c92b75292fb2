import { expect, it } from 'vitest';
import { seededRandom } from '#lib/styles/paint/kernels/random.ts';
import { stillNoise } from '#lib/styles/paint/tone/still-noise.ts';
import { plainPicture } from '#tests/support/pictures.ts';

it('noise is seen wherever it is: also below a black sky', () => {
  const side = 256;
  const photo = plainPicture(side, side, [0, 0, 0]);
  const random = seededRandom(7);
  for (let i = (side * side) / 2; i < side * side; i++) {
    const grey = 0.5 + 0.5 * (random() - 0.5);
    for (const plane of [photo.r, photo.g, photo.b]) plane[i] = grey;
  }
  const spread = (plane: Float32Array) => {
    const values = plane.slice(0.6 * side * side, 0.9 * side * side);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  };
  expect(spread(stillNoise(photo, 1).r)).toBeLessThan(0.5 * spread(photo.r));
});
