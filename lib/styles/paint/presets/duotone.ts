import { colourRamp, filmGrain, lookUp, toneTable } from '../kernels/grade.ts';
import { guidedFilter } from '../kernels/guided-filter.ts';
import { hex, mix, newPicture, type Picture } from '../raster.ts';
import type { Scene } from '../scene.ts';
import { drawingLight } from '../tone/drawing-light.ts';

const ramp = colourRamp([
  [0, hex('#101a4a')],
  [0.28, hex('#3b2a7a')],
  [0.55, hex('#d2476a')],
  [0.8, hex('#ff9d6c')],
  [1, hex('#fff1d6')],
]);

const curve = toneTable([
  [0, 0],
  [0.22, 0.15],
  [0.5, 0.5],
  [0.78, 0.85],
  [1, 1],
]);

/** Of two inks the dark one swallows forms: every face is brought out of it by itself. */
const wanted = { from: 0.5, to: 0.85, mean: 0.06 } as const;

/** Two inks and the paper: night blue through coral to cream. */
export function duotone({ photo, faces, person, unit, white }: Scene): Picture {
  const { width, height } = photo;
  const light = drawingLight(photo, faces, wanted);
  const shape = guidedFilter(light, light, { sigma: 7 * unit, epsilon: 0.005 });
  const grain = filmGrain(width, height, Math.max(0.8, unit), 31);
  const away = mix(0.8, 1, white);
  const out = newPicture(width, height);
  for (let i = 0; i < light.data.length; i++) {
    const base = shape.data[i] as number;
    const tone = lookUp(curve, base + ((light.data[i] as number) - base) * 1.35);
    const front = person ? (person.data[i] as number) : 1;
    const value = mix(tone * away, tone, front) + (grain.data[i] as number) * 0.03;
    out.r[i] = lookUp(ramp[0], value);
    out.g[i] = lookUp(ramp[1], value);
    out.b[i] = lookUp(ramp[2], value);
  }
  return out;
}
