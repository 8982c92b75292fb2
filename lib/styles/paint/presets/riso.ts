import { eachRow } from '../each-row.ts';
import { filmGrain, lookUp, toneTable } from '../kernels/grade.ts';
import { guidedFilter } from '../kernels/guided-filter.ts';
import { paperAt, paperTile } from '../kernels/paper.ts';
import { hashNoise } from '../kernels/random.ts';
import {
  clamp,
  clamp01,
  hex,
  letGo,
  mix,
  newPicture,
  type Picture,
  type Plane,
  smoothstep,
} from '../raster.ts';
import type { Scene } from '../scene.ts';
import { drawingLight, inLight } from '../tone/drawing-light.ts';

const blue = hex('#0b5fa5');
const pink = hex('#ff4a8d');
const yellow = hex('#ffd91a');

type Ink = {
  /** What it is missing in. */
  readonly channel: 'r' | 'g' | 'b';
  /** Whether it lies to the left and below, or to the right and above. */
  readonly side: -1 | 0 | 1;
  readonly most: number;
  /** In the depths blue stands nearly alone: overprinted shadows are navy, never black. */
  readonly lessInDepth: number;
  readonly seed: number;
};

const inks: readonly [Ink, Ink, Ink] = [
  { channel: 'r', side: 0, most: 1, lessInDepth: 0, seed: 1 },
  { channel: 'g', side: -1, most: 0.9, lessInDepth: 0.52, seed: 2 },
  { channel: 'b', side: 1, most: 0.94, lessInDepth: 0.86, seed: 3 },
];

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
  const of = { photo, light: light.data, shape, coarse, paper, slip: Math.round(2 * unit), out };
  const given: Given = [new Float64Array(width), new Float64Array(width), new Float64Array(width)];
  eachRow(height, risoRow, { ...of, given });
  letGo(light, photo, shape, coarse);
  return out;
}

/** What each ink gives to a row; in double precision, as one pixel is. */
type Given = readonly [Float64Array, Float64Array, Float64Array];

type Print = {
  readonly photo: Picture;
  readonly light: Float32Array;
  readonly shape: Float32Array;
  readonly coarse: Float32Array;
  readonly paper: Plane;
  readonly slip: number;
  readonly out: Picture;
};

function risoRow(of: Print & { readonly given: Given }, y: number): void {
  for (let k = 0; k < inks.length; k++) inkRow(of, inks[k] as Ink, y, of.given[k] as Float64Array);
  printRow(of, y, ...of.given);
}

/** What one drum gives to a row; each is laid down a little beside the others. */
function inkRow(
  of: Print,
  { channel, side, most, lessInDepth, seed }: Ink,
  y: number,
  given: Float64Array,
): void {
  const { photo, light, shape, coarse, slip } = of;
  const { width, height } = photo;
  const seen = photo[channel];
  const reds = photo.r;
  const beside = clamp(y - side * slip, 0, height - 1) * width;
  for (let x = 0, i = y * width; x < width; x++, i++) {
    const at = beside + clamp(x + side * slip, 0, width - 1);
    const tone = light[at] as number;
    // What lies finer than the large shapes is brought up by half.
    const rise = (tone - (shape[at] as number)) * 0.5;
    const missing = lookUp(drum, 1 - clamp01(tone + rise + ((seen[at] as number) - tone) * 1.6));
    // Where the photo is a deep red there is no blue that could stand for it.
    const under = 1 - clamp01((light[at] as number) + ((reds[at] as number) - (light[at] as number)) * 1.6);
    const depth = smoothstep(0.42, 0.04, light[i] as number) * smoothstep(0.45, 0.75, under);
    given[x] = grit(missing * (most - lessInDepth * depth), coarse[at] as number, x, y, seed);
  }
}

function printRow(
  of: Print,
  y: number,
  blues: Float64Array,
  pinks: Float64Array,
  yellows: Float64Array,
): void {
  const { paper, out } = of;
  for (let x = 0, i = y * out.width; x < out.width; x++, i++) {
    const one = blues[x] as number;
    const two = pinks[x] as number;
    const three = yellows[x] as number;
    const sheet = 1 - 0.03 * (1 - paperAt(paper, x, y));
    out.r[i] = sheet * 0.985 * over(one, blue[0]) * over(two, pink[0]) * over(three, yellow[0]);
    out.g[i] = sheet * 0.965 * over(one, blue[1]) * over(two, pink[1]) * over(three, yellow[1]);
    out.b[i] = sheet * 0.92 * over(one, blue[2]) * over(two, pink[2]) * over(three, yellow[2]);
  }
}

/** Ink through the fine random screen of a stencil. */
function grit(amount: number, grain: number, x: number, y: number, seed: number): number {
  const dots = smoothstep(-0.3, 0.3, amount - 0.5 + 0.34 * grain + 0.3 * (hashNoise(x, y, seed) - 0.5));
  return clamp01(mix(amount, dots, 0.34)) * 0.94;
}

function over(ink: number, colour: number): number {
  return 1 - ink * (1 - colour);
}
