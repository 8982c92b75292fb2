import { gaussian } from '../kernels/gaussian.ts';
import { guidedFilter } from '../kernels/guided-filter.ts';
import { fitted, resize } from '../kernels/resize.ts';
import { tabled } from '../kernels/tabled.ts';
import type { Head } from '../parts/head.ts';
import { clamp, letGo, mix, newPlane, type Picture, type Plane } from '../raster.ts';
import { type Cloth, scaledCloth } from './cloth.ts';
import { garmentLight } from './garment-light.ts';

/** From hairline to chin, on grown people: what a piece of cloth is measured by in a photo. */
export const faceCm = 18.5;
/** What a picture of cloth shows when its vendor has not said: a good hand's breadth of a scarf. */
export const usualRepeatCm = 30;

const toScreen = tabled((value) => value ** (1 / 2.2), 0.01);

export type FabricOrder = {
  readonly cloth: Cloth;
  /** What is to be worn in it, 0 to 1. */
  readonly mask: Plane;
  readonly heads: readonly Head[];
  /** Width of the picture of the cloth, in centimetres. */
  readonly repeatCm: number;
};

/**
 * The photo with a part of it in another cloth: its pattern in the size it has, bent along folds and around the
 * body, in the light, with the folds and the seams of what is worn. Pixels outside of the mask stay as they are.
 */
export function wearFabric(photo: Picture, { cloth, mask, heads, repeatCm }: FabricOrder): Picture {
  const { width, height } = photo;
  const unit = unitOf(heads, photo);
  const pieceWidth = Math.max(8, (repeatCm / faceCm) * unit);
  const laid = scaledCloth(cloth, pieceWidth);
  const scale = laid.width / pieceWidth;
  const light = garmentLight(photo, mask);
  const folds = foldsOf(light, mask, unit);
  const bend = bendOf(folds.broad, mask, unit);
  const lamp = lampOf(photo, mask);
  const out: Picture = { width, height, r: photo.r.slice(), g: photo.g.slice(), b: photo.b.slice() };
  const weave = { ...laid, scale, joins: cloth.joins };
  for (let y = 0; y < height; y++)
    wearRow(photo, mask, weave, { bend, light: folds.light.data, lamp, y, out });
  return out;
}

/** Cloth as it is laid: how many of its pixels go on one of the photo's, and whether one piece joins the next. */
type Weave = {
  readonly width: number;
  readonly height: number;
  readonly linear: Float32Array;
  readonly scale: number;
  readonly joins: boolean;
};

type WornRow = {
  readonly bend: { readonly x: Float32Array; readonly y: Float32Array };
  readonly light: Float32Array;
  readonly lamp: readonly [number, number, number];
  readonly y: number;
  readonly out: Picture;
};

/** One row of the photo in its cloth: sampled between four of the cloth's pixels, lit, laid over. */
function wearRow(
  photo: Picture,
  mask: Plane,
  { width, height, linear, scale, joins }: Weave,
  { bend, light, lamp, y, out }: WornRow,
): void {
  const [lampR, lampG, lampB] = lamp;
  for (let x = 0, i = y * photo.width; x < photo.width; x++, i++) {
    const share = mask.data[i] as number;
    if (share < 0.004) continue;
    const px = (x + (bend.x[i] as number)) * scale;
    const py = (y + (bend.y[i] as number)) * scale;
    const x0 = Math.floor(px);
    const y0 = Math.floor(py);
    const fx = px - x0;
    const fy = py - y0;
    const left = wrap(x0, width, joins) * 3;
    const right = wrap(x0 + 1, width, joins) * 3;
    const top = wrap(y0, height, joins) * width * 3;
    const bottom = wrap(y0 + 1, height, joins) * width * 3;
    const lit = light[i] as number;
    const r = between(linear, top + left, top + right, bottom + left, bottom + right, fx, fy) * lit * lampR;
    const g =
      between(linear, top + left + 1, top + right + 1, bottom + left + 1, bottom + right + 1, fx, fy) *
      lit *
      lampG;
    const b =
      between(linear, top + left + 2, top + right + 2, bottom + left + 2, bottom + right + 2, fx, fy) *
      lit *
      lampB;
    out.r[i] = mix(photo.r[i] as number, toScreen(rolled(r)), share);
    out.g[i] = mix(photo.g[i] as number, toScreen(rolled(g)), share);
    out.b[i] = mix(photo.b[i] as number, toScreen(rolled(b)), share);
  }
}

/** Light beyond white rolls off instead of burning out. */
function rolled(value: number): number {
  return value < 0.8 ? value : 0.8 + 0.2 * (1 - Math.exp(-(value - 0.8) / 0.2));
}

function between(
  of: Float32Array,
  one: number,
  two: number,
  three: number,
  four: number,
  fx: number,
  fy: number,
): number {
  return mix(
    mix(of[one] as number, of[two] as number, fx),
    mix(of[three] as number, of[four] as number, fx),
    fy,
  );
}

/** The height of the face the cloth is measured by: of several people the middle one. */
function unitOf(heads: readonly Head[], photo: Picture): number {
  const units = heads.map(({ unit }) => unit).sort((one, two) => one - two);
  return units[units.length >> 1] ?? Math.max(photo.width, photo.height) / 5;
}

/** Light with its folds and seams, ready to multiply cloth with; and its broad part alone. */
function foldsOf(light: Plane, mask: Plane, unit: number): { light: Plane; broad: Plane } {
  const { width, height } = light;
  const log = newPlane(width, height);
  for (let y = 0; y < height; y++) logRow(light.data, y * width, width, log.data);
  const broad = guidedFilter(log, log, { sigma: Math.max(2, unit * 0.05), epsilon: 0.03, fitAt: 640 });
  const out = newPlane(width, height, 1);
  for (let y = 0; y < height; y++) foldRow(mask.data, log.data, broad.data, y * width, width, out.data);
  letGo(log);
  return { light: out, broad };
}

function logRow(light: Float32Array, from: number, width: number, out: Float32Array): void {
  for (let i = from; i < from + width; i++) out[i] = light[i] === 1 ? 0 : Math.log(light[i] as number);
}

function foldRow(
  mask: Float32Array,
  log: Float32Array,
  broad: Float32Array,
  from: number,
  width: number,
  out: Float32Array,
): void {
  for (let i = from; i < from + width; i++) {
    if ((mask[i] as number) < 0.004) continue;
    const base = broad[i] as number;
    const fine = (log[i] as number) - base;
    // Seams are dark lines and stay; bright specks are the old cloth's weave or print.
    out[i] = Math.exp(clamp(0.78 * base, -1.9, 0.75) + clamp(fine * (fine < 0 ? 0.55 : 0.35), -0.8, 0.5));
  }
}

/** How far the pattern is shifted at each pixel: down the slopes of folds, and around the sides of the body. */
function bendOf(broad: Plane, mask: Plane, unit: number): { x: Float32Array; y: Float32Array } {
  const { width, height } = mask;
  const size = fitted(mask, Math.min(384, Math.max(width, height)));
  const scale = size.width / width;
  const small = { ...size, data: resize(broad, size.width, size.height).data };
  for (let i = 0; i < small.data.length; i++) small.data[i] = clamp(small.data[i] as number, -1.2, 0.8);
  const relief = gaussian(small, Math.max(0.8, unit * 0.05 * scale));
  const body = gaussian(resize(mask, size.width, size.height), Math.max(1, unit * 0.16 * scale));
  const [dx, dy] = [newPlane(size.width, size.height), newPlane(size.width, size.height)];
  const limit = unit * 0.09;
  for (let y = 1; y < size.height - 1; y++) {
    for (let x = 1; x < size.width - 1; x++) {
      const i = y * size.width + x;
      const slope = (of: Plane, step: number) =>
        ((of.data[i + step] as number) - (of.data[i - step] as number)) * 0.5 * scale;
      const push = (step: number) =>
        slope(relief, step) * unit * unit * 0.02 - slope(body, step) * unit * unit * 0.07;
      dx.data[i] = clamp(push(1), -limit, limit);
      dy.data[i] = clamp(push(size.width), -limit, limit);
    }
  }
  return { x: resize(dx, width, height).data, y: resize(dy, width, height).data };
}

/** The brightness and tint of the light in the photo, as factors of linear red, green and blue. */
function lampOf(photo: Picture, mask: Plane): [number, number, number] {
  const lights = new Float32Array(Math.ceil(photo.r.length / 23));
  const sums = [0, 0, 0];
  let worn = 0;
  let area = 0;
  for (let i = 0; i < photo.r.length; i += 23) {
    const r = photo.r[i] as number;
    const g = photo.g[i] as number;
    const b = photo.b[i] as number;
    const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    lights[i / 23] = light;
    sums[0] = (sums[0] as number) + r;
    sums[1] = (sums[1] as number) + g;
    sums[2] = (sums[2] as number) + b;
    const share = mask.data[i] as number;
    worn += share * light;
    area += share;
  }
  lights.sort();
  const high = lights[Math.floor(lights.length * 0.95)] as number;
  const level =
    clamp(0.3 + 0.75 * high, 0.42, 1) * clamp(0.86 + 0.25 * (worn / Math.max(1, area)), 0.86, 1.05);
  const mean = ((sums[0] as number) + (sums[1] as number) + (sums[2] as number)) / 3;
  const tint = (c: number) => clamp((sums[c] as number) / mean, 0.75, 1.3) ** 0.35;
  return [level * tint(0), level * tint(1), level * tint(2)];
}

function wrap(at: number, length: number, joins: boolean): number {
  const inside = ((at % length) + length) % length;
  if (joins) return inside;
  const isMirrored = Math.floor(at / length) % 2 !== 0;
  return isMirrored ? length - 1 - inside : inside;
}
