import { filmGrain, lookUp, toneTable } from '../kernels/grade.ts';
import { guidedFilter } from '../kernels/guided-filter.ts';
import { paperAt, paperTile } from '../kernels/paper.ts';
import { hashNoise } from '../kernels/random.ts';
import {
  clamp,
  clamp01,
  hex,
  luma,
  mix,
  newPicture,
  type Picture,
  type Plane,
  smoothstep,
} from '../raster.ts';
import type { Scene } from '../scene.ts';
import { drawingLight } from '../tone/drawing-light.ts';

const blue = hex('#0b5fa5');
const pink = hex('#ff4a8d');
const yellow = hex('#ffd91a');

/** From how much of a colour is missing in the photo to how much ink the drum gives. */
const drum = toneTable([
  [0, 0],
  [0.16, 0.02],
  [0.42, 0.3],
  [0.72, 0.76],
  [1, 0.95],
]);

/** Three inks over each other are as dark as one: faces are printed lighter than they are. */
const wanted = { from: 0.5, to: 0.85, mean: 0.06 } as const;

/** A risograph in three loud inks: grainy, translucent, a hair out of register, on cream paper. */
export function riso({ photo: seen, faces, stroke: unit }: Scene): Picture {
  const { width, height } = seen;
  const light = drawingLight(seen, faces, wanted);
  const photo = inLight(seen, light);
  const shape = guidedFilter(light, light, { sigma: 8 * unit, epsilon: 0.004 }).data;
  const coarse = filmGrain(width, height, 1.4 * unit, 81).data;
  const paper = paperTile('tooth', unit);
  const out = newPicture(width, height);
  const slip = Math.round(2 * unit);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      // Each ink is its own drum, laid down a little beside the others.
      const p = clamp(y + slip, 0, height - 1) * width + clamp(x - slip, 0, width - 1);
      const w = clamp(y - slip, 0, height - 1) * width + clamp(x + slip, 0, width - 1);
      const [rise, riseP, riseW] = [
        detail(light.data, shape, i),
        detail(light.data, shape, p),
        detail(light.data, shape, w),
      ];
      const missing = (channel: Float32Array, at: number, extra: number) => {
        const tone = light.data[at] as number;
        return lookUp(drum, 1 - clamp01(tone + extra + ((channel[at] as number) - tone) * 1.6));
      };
      const inkBlue = grit(missing(photo.r, i, rise), coarse[i] as number, x, y, 1);
      // In the depths blue stands nearly alone: overprinted shadows are navy, never black.
      const depth = smoothstep(0.42, 0.04, light.data[i] as number);
      const inkPink = grit(missing(photo.g, p, riseP) * (0.9 - 0.52 * depth), coarse[p] as number, x, y, 2);
      const inkYellow = grit(
        missing(photo.b, w, riseW) * (0.94 - 0.86 * depth),
        coarse[w] as number,
        x,
        y,
        3,
      );
      const sheet = 1 - 0.03 * (1 - paperAt(paper, x, y));
      out.r[i] = sheet * 0.985 * over(inkBlue, blue[0]) * over(inkPink, pink[0]) * over(inkYellow, yellow[0]);
      out.g[i] = sheet * 0.965 * over(inkBlue, blue[1]) * over(inkPink, pink[1]) * over(inkYellow, yellow[1]);
      out.b[i] = sheet * 0.92 * over(inkBlue, blue[2]) * over(inkPink, pink[2]) * over(inkYellow, yellow[2]);
    }
  }
  return out;
}

/** The photo in another light, its colours kept. */
function inLight(photo: Picture, light: Plane): Picture {
  const out = newPicture(photo.width, photo.height);
  const before = luma(photo).data;
  for (let i = 0; i < light.data.length; i++) {
    const [r, g, b] = [photo.r[i] as number, photo.g[i] as number, photo.b[i] as number];
    const gain = (light.data[i] as number) / Math.max(0.004, before[i] as number);
    out.r[i] = clamp01(r * gain);
    out.g[i] = clamp01(g * gain);
    out.b[i] = clamp01(b * gain);
  }
  return out;
}

/** What lies finer than the large shapes, brought up by half. */
function detail(light: Float32Array, shape: Float32Array, i: number): number {
  return ((light[i] as number) - (shape[i] as number)) * 0.5;
}

/** Ink through the fine random screen of a stencil. */
function grit(amount: number, grain: number, x: number, y: number, seed: number): number {
  const dots = smoothstep(-0.3, 0.3, amount - 0.5 + 0.34 * grain + 0.3 * (hashNoise(x, y, seed) - 0.5));
  return clamp01(mix(amount, dots, 0.34)) * 0.94;
}

function over(ink: number, colour: number): number {
  return 1 - ink * (1 - colour);
}
