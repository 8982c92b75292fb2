import { eachRow } from '../each-row.ts';
import { fitGuided, type GuidedFit, guidedLines } from '../kernels/guided-filter.ts';
import { inOrder } from '../kernels/in-order.ts';
import { resize } from '../kernels/resize.ts';
import type { Face } from '../people/find-faces.ts';
import { type Band, clamp, letGo, luma, type Picture, type Plane, type Size, smoothstep } from '../raster.ts';

/** How a photo's tones are to be balanced, measured on the whole of it. */
export type Tone = {
  readonly base: GuidedFit;
  readonly low: number;
  /** By the large shapes' level, 0 to 257: how much to multiply light by, and how much of that colour gets. */
  readonly curve: Float32Array;
  readonly keeps: Float32Array;
};

/**
 * Makes a photo ready to be painted: black and white points where they should be, faces neither sunk
 * in shadow nor burnt out, deep shadows opened a little. Works on the large shapes of light only, so
 * texture stays as it was and no edge gets a halo. Skin keeps its own depth: only faces outside a wide
 * range are moved, and only to its border. Changes the picture it is given: a copy would be megabytes.
 */
export function balanceTone(photo: Picture, faces: readonly Face[]): Tone {
  const tone = readTone(photo, faces);
  balanceBands(tone, photo)({ top: 0, ...photo });
  return tone;
}

function readTone(photo: Picture, faces: readonly Face[]): Tone {
  const light = luma(photo);
  const longest = Math.max(photo.width, photo.height);
  const base = fitGuided(light, light, { sigma: Math.max(1, longest * 0.02), epsilon: 0.008, fitAt: 384 });
  const sample = resize(light, ...smallSize(photo));
  letGo(light);
  const { low, high } = endPoints(sample);
  const stretch = (value: number) => (value - low) / (high - low);
  const curve = toneCurve(stretch, wantedGamma(sample, faces, stretch));
  // Opened shadows would glow with colour nobody saw there: they gain less colour than light.
  const keeps = curve.map((gain) => (gain > 1.1 ? (1.1 / gain) ** 0.3 : 1));
  return { base, low, curve, keeps };
}

/** Balances rows of a picture of this size, in place. */
export function balanceBands(
  { base, low, curve, keeps }: Tone,
  { width, height }: Size,
): (band: Band) => void {
  const shapes = guidedLines(base, width, height);
  const line = new Float32Array(width);
  return ({ top, r, g, b }) => {
    eachRow(r.length / width, balanceRow, { top, r, g, b, line, shapes, low, curve, keeps });
  };
}

type Balanced = Band &
  Pick<Tone, 'low' | 'curve' | 'keeps'> & {
    /** The light of the large shapes, one row at a time. */
    readonly line: Float32Array;
    readonly shapes: (y: number, line: Float32Array) => void;
  };

function balanceRow(of: Balanced, row: number): void {
  const start = row * of.line.length;
  lightRow(of, start);
  of.shapes(of.top + row, of.line);
  toneRow(of, start);
}

function lightRow({ r, g, b, line }: Balanced, start: number): void {
  for (let x = 0, i = start; x < line.length; x++, i++) line[x] = lightAt(r, g, b, i);
}

function toneRow({ r, g, b, line, low, curve, keeps }: Balanced, start: number): void {
  for (let x = 0, i = start; x < line.length; x++, i++) {
    const at = clamp(line[x] as number, 0.004, 1) * 255;
    const step = at | 0;
    const f = at - step;
    const gain = (curve[step] as number) * (1 - f) + (curve[step + 1] as number) * f;
    const keep = gain > 1.1 ? (keeps[step] as number) : 1;
    const light = lightAt(r, g, b, i);
    const lit = (light - low) * gain;
    r[i] = settle(r[i] as number, lit, light, gain * keep);
    g[i] = settle(g[i] as number, lit, light, gain * keep);
    b[i] = settle(b[i] as number, lit, light, gain * keep);
  }
}

function lightAt(r: Float32Array, g: Float32Array, b: Float32Array, i: number): number {
  return 0.2126 * (r[i] as number) + 0.7152 * (g[i] as number) + 0.0722 * (b[i] as number);
}

/** One channel at its new light; what was white in the photo stays white. */
function settle(value: number, lit: number, light: number, chroma: number): number {
  const wanted = lit + (value - light) * chroma;
  if (wanted <= 0.8 && value <= 0.94) return wanted < 0 ? 0 : wanted;
  const moved = shoulder(wanted);
  return value > 0.94 ? Math.max(moved, value * smoothstep(0.94, 1, value)) : moved;
}

/** Rolls off what would be over white instead of cutting it. */
function shoulder(value: number): number {
  if (value <= 0.8) return value < 0 ? 0 : value;
  const over = value - 0.8;
  const rolled = 0.8 + over / (1 + over * over * 2.4);
  return value >= 1.16 || rolled > 1 ? 1 : rolled;
}

function smallSize(photo: Picture): [number, number] {
  const scale = Math.min(1, 256 / Math.max(photo.width, photo.height));
  return [Math.max(1, Math.round(photo.width * scale)), Math.max(1, Math.round(photo.height * scale))];
}

/** Up to here a photo's darkest is taken for black; of a veil that lies over it beyond, so much is taken away. */
const [darkest, lifted] = [0.14, 0.65];

/** Half a percent of the pixels may fall off at either end; a flat photo is not torn apart. */
function endPoints(light: Plane): { low: number; high: number } {
  const values = light.data.slice();
  const at = (share: number) => inOrder(values, Math.floor(share * (values.length - 1)));
  const low = Math.max(0, at(0.005));
  return {
    low: low < darkest ? low : Math.min(0.36, darkest + lifted * (low - darkest)),
    high: clamp(at(0.995), 0.42, 1),
  };
}

/** Paper, a studio's wall, a burnt out sky. */
const white = 0.92;

function wantedGamma(light: Plane, faces: readonly Face[], stretch: (value: number) => number): number {
  const face = faces[0];
  let middle = stretch(face ? medianInside(light, face) : median(light.data));
  const [from, to] = face ? [0.42, 0.68] : [0.3, 0.62];
  // White around things is no light to be lowered: what stands before it says whether the photo is too bright.
  if (!face && middle > to)
    middle = Math.max(from, stretch(median(light.data.filter((value) => value < white))));
  if (middle >= from && middle <= to) return 1;
  const wanted = middle < from ? from : to;
  return clamp(Math.log(wanted) / Math.log(clamp(middle, 0.02, 0.98)), face ? 0.5 : 0.72, 1.4);
}

/** How much to multiply light of each level by, opened shadows included; 257 steps for interpolation. */
function toneCurve(stretch: (value: number) => number, gamma: number): Float32Array {
  const curve = new Float32Array(258);
  for (let i = 0; i < curve.length; i++) {
    const level = clamp(stretch(Math.max(i, 6) / 255), 0.012, 1);
    const opened = level ** gamma;
    const lifted = opened + 0.045 * smoothstep(0, 0.12, opened) * (1 - smoothstep(0.12, 0.5, opened));
    curve[i] = Math.min(3.2, lifted / level) * (stretch(1) - stretch(0));
  }
  return curve;
}

function medianInside(light: Plane, face: Face): number {
  const { width, height } = light;
  const values: number[] = [];
  const reach = (centre: number, size: number, limit: number): [number, number] => [
    Math.max(0, Math.floor((centre - size * 0.35) * limit)),
    Math.min(limit, Math.ceil((centre + size * 0.35) * limit)),
  ];
  const [left, right] = reach(face.x, face.width, width);
  const [top, bottom] = reach(face.y, face.height, height);
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) values.push(light.data[y * width + x] as number);
  return median(values);
}

function median(values: ArrayLike<number>): number {
  return values.length > 0 ? inOrder(Float32Array.from(values), values.length >> 1) : 0.5;
}
