import { expect, it } from 'vitest';
import type { Face } from '#lib/styles/paint/people/find-faces.ts';
import { findPreset } from '#lib/styles/paint/presets.ts';
import { luma } from '#lib/styles/paint/raster.ts';
import type { Scene } from '#lib/styles/paint/scene.ts';
import { plainPicture } from '#tests/support/pictures.ts';

const [width, height] = [640, 480];
const skin = [0.72, 0.5, 0.36] as const;

/** How uneven oil paint is on a limb of this colour below a face: the standard deviation of its light. */
function unevenness(limb: readonly [number, number, number]): number {
  const photo = plainPicture(width, height, [0.25, 0.28, 0.3]);
  const isLimb = (x: number, y: number) => x > 260 && x < 420 && y > 240;
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const colour = isLimb(x, y) ? limb : Math.hypot((x - 320) / 48, (y - 110) / 64) < 1 ? skin : null;
      // Round, with the light from one side, as limbs are.
      const light = isLimb(x, y) ? 0.8 + 0.2 * Math.cos((x - 300) / 60) : 1;
      if (colour)
        [photo.r[i], photo.g[i], photo.b[i]] = [colour[0] * light, colour[1] * light, colour[2] * light];
    }
  const face: Face = { x: 0.5, y: 110 / height, width: 90 / width, height: 120 / height, score: 0.98 };
  const unit = width / 1024;
  const measured = { tone: { base: { slope: photo, offset: photo } }, outline: null } as never;
  const scene: Scene = { photo, unit, stroke: unit, faces: [face], person: null, white: 0, measured };
  const { data } = luma(findPreset('oil').paint(scene));
  // Columns have one light each: what differs along them is relief.
  let [sum, count] = [0, 0];
  for (let x = 290; x < 390; x++) {
    const column = Array.from({ length: 160 }, (_, k) => data[(290 + k) * width + x] as number);
    const mean = column.reduce((total, value) => total + value, 0) / column.length;
    for (const value of column) sum += (value - mean) ** 2;
    count += column.length;
  }
  return Math.sqrt(sum / count);
}

it('oil lies smoother on bare arms and legs than on cloth: ridges would turn them into bark', () => {
  const [bare, cloth] = [unevenness(skin), unevenness([0.36, 0.5, 0.72])];
  expect(bare).toBeLessThan(0.7 * cloth);
});
