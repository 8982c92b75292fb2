import { eachRow, eachRun } from '../each-row.ts';
import { type EnlargedRows, enlargedRows } from '../kernels/enlarge-rows.ts';
import { gaussian } from '../kernels/gaussian.ts';
import { inOrder } from '../kernels/in-order.ts';
import { fitted, resize } from '../kernels/resize.ts';
import { faceMap } from '../people/face-map.ts';
import type { Face } from '../people/find-faces.ts';
import {
  clamp,
  clamp01,
  letGo,
  luma,
  mix,
  newPicture,
  newPlane,
  type Picture,
  type Plane,
  type Size,
} from '../raster.ts';

/** What a technique wants of light before it draws. */
export type WantedLight = {
  /** Between which levels the middle of a face is brought. */
  readonly from: number;
  readonly to: number;
  /** A photo darker than this on average has too few forms left and is opened until it has them. */
  readonly mean: number;
};

const forPencils: WantedLight = { from: 0.44, to: 0.68, mean: 0.2 };
const studied = 256;

/** How the light of a photo is to be drawn, measured on the whole of it. */
export type DrawnLight = {
  /** By level, 0 to 1024: a photo that is dark all over is lifted; null where it is not. */
  readonly lift: Float32Array | null;
  /** By place: how much the light of faces is multiplied by; null where there is no face. */
  readonly gain: Plane | null;
};

/**
 * The light of a photo as somebody drawing it would choose it, 0 to 1. A night stays dark; every face is brought
 * into the range by itself, and its shadow side part of the way to its lit one, because a drawing has few
 * tones and a face must not fall into one of them.
 */
export function drawingLight(photo: Picture, faces: readonly Face[] = [], wanted = forPencils): Plane {
  const light = luma(photo);
  lightLines(readDrawnLight(light, faces, wanted), photo)(0, light.data);
  return light;
}

/** Measures how the light of a photo, its luma, is to be drawn. */
export function readDrawnLight(light: Plane, faces: readonly Face[], wanted: WantedLight): DrawnLight {
  const lift = liftOf(light, wanted.mean);
  if (faces.length === 0) return { lift, gain: null };
  const size = fitted(light, Math.min(studied, Math.max(light.width, light.height)));
  const small = resize(light, size.width, size.height);
  lightLines({ lift, gain: null }, size)(0, small.data);
  const gain = gainOf(small, faces, wanted);
  letGo(small);
  return { lift, gain };
}

/** Draws whole rows of luma of a picture of this size from row `top` on, in place. */
export function lightLines(
  { lift, gain }: DrawnLight,
  { width, height }: Size,
): (top: number, light: Float32Array) => void {
  const field = gain && enlargedRows(gain, width, height);
  return (top, light) => {
    eachRow(light.length / width, drawRow, { top, light, width, lift, field });
  };
}

type Drawn = {
  readonly top: number;
  readonly light: Float32Array;
  readonly width: number;
  readonly lift: Float32Array | null;
  readonly field: EnlargedRows | null;
};

function drawRow({ top, light, width, lift, field }: Drawn, row: number): void {
  const gains = field?.(top + row);
  for (let x = 0, i = row * width; x < width; x++, i++) {
    let value = clamp01(light[i] as number);
    if (lift) {
      const at = value * 1024;
      const low = at | 0;
      const step = lift[low] as number;
      value = step + ((lift[low + 1] as number) - step) * (at - low);
    }
    light[i] = gains ? clamp01(value * (gains[x] as number)) : value;
  }
}

function liftOf(light: Plane, mean: number): Float32Array | null {
  const sample = resize(light, Math.min(64, light.width), Math.min(64, light.height)).data;
  let sum = 0;
  for (const value of sample) sum += clamp01(value);
  const found = Math.max(0.02, sum / sample.length);
  if (found >= mean) return null;
  const gamma = Math.max(0.6, Math.log(mean) / Math.log(found));
  return Float32Array.from({ length: 1026 }, (_, i) => (i / 1024) ** gamma);
}

/** How much of the way a face's shadow side is brought to the middle of the face. */
const evened = 0.55;

/** A smooth field by which the light of each face is multiplied, as large as the small copy it is read from. */
function gainOf(small: Plane, faces: readonly Face[], { from, to }: WantedLight): Plane {
  const size = { width: small.width, height: small.height };
  const gain = newPlane(size.width, size.height, 1);
  for (const face of faces) {
    const inside = faceMap(size.width, size.height, [face]);
    const middle = medianOf(small, inside);
    const wanted = clamp(middle, from, to);
    // Weighted by the face, so that hair and whatever is behind do not count as its shadow.
    const weighted = newPlane(size.width, size.height);
    eachRun(weighted.data.length, weighRun, {
      small: small.data,
      inside: inside.data,
      weighted: weighted.data,
    });
    const reach = Math.max(0.6, face.height * size.height * 0.2);
    const sum = gaussian(weighted, reach).data;
    const share = gaussian(inside, reach).data;
    const of = { inside: inside.data, sum, share, gain: gain.data, middle, brought: wanted / middle };
    eachRun(gain.data.length, gainRun, of);
    letGo(inside, weighted, sum, share);
  }
  return gain;
}

type Weighted = Readonly<Record<'small' | 'inside' | 'weighted', Float32Array>>;

function weighRun({ small, inside, weighted }: Weighted, from: number, to: number): void {
  for (let i = from; i < to; i++) weighted[i] = (small[i] as number) * (inside[i] as number);
}

type Gained = Readonly<Record<'inside' | 'sum' | 'share' | 'gain', Float32Array>> & {
  readonly middle: number;
  /** What the middle of the face is multiplied by. */
  readonly brought: number;
};

function gainRun({ inside, sum, share, gain, middle, brought }: Gained, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const weight = inside[i] as number;
    if (weight === 0) continue;
    const base = Math.max(0.03, (sum[i] as number) / Math.max(1e-4, share[i] as number));
    const level = brought * mix(base, middle, evened);
    gain[i] = mix(gain[i] as number, clamp(level / base, 0.75, 3), weight);
  }
}

function medianOf(light: Plane, inside: Plane): number {
  const seen: number[] = [];
  eachRun(inside.data.length, seenRun, { light: light.data, inside: inside.data, seen });
  if (seen.length === 0) return 0.5;
  return Math.max(0.05, inOrder(Float32Array.from(seen), seen.length >> 1));
}

type Seen = { readonly light: Float32Array; readonly inside: Float32Array; readonly seen: number[] };

function seenRun({ light, inside, seen }: Seen, from: number, to: number): void {
  for (let i = from; i < to; i++) if ((inside[i] as number) > 0.9) seen.push(light[i] as number);
}

/** The photo in another light, its colours kept. */
export function inLight(photo: Picture, light: Plane): Picture {
  const out = newPicture(photo.width, photo.height);
  const before = luma(photo).data;
  eachRun(light.data.length, inLightRun, { photo, light, before, out });
  letGo(before);
  return out;
}

type InLight = {
  readonly photo: Picture;
  readonly light: Plane;
  readonly before: Float32Array;
  readonly out: Picture;
};

function inLightRun({ photo, light, before, out }: InLight, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const r = photo.r[i] as number;
    const g = photo.g[i] as number;
    const b = photo.b[i] as number;
    const gain = (light.data[i] as number) / Math.max(0.004, before[i] as number);
    out.r[i] = clamp01(r * gain);
    out.g[i] = clamp01(g * gain);
    out.b[i] = clamp01(b * gain);
  }
}
