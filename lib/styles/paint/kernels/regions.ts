import { eachRow, eachRun } from '../each-row.ts';
import type { LabField } from '../parts/lab-field.ts';

/** Areas of one colour that hang together: which of `count` each pixel belongs to. */
export type Regions = { readonly ids: Int32Array; readonly count: number };

/** Colour tells things apart better than light, which changes along a wall. */
const colourful = 2.2;
/** Borders are taken by their strength in so many steps. */
const steps = 512;
const stepsPerUnit = 1000;

type Growing = LabField & {
  /** How strong the border is to the pixel at the right, and to the one below; -1 at the edge of the picture. */
  readonly strength: Float32Array;
  /** Where borders of each strength begin in `order`; then where the next is put. */
  readonly starts: Int32Array;
  readonly order: Int32Array;
  readonly parent: Int32Array;
  readonly size: Int32Array;
  /** The strongest border within each region, and what its size allows beside. */
  readonly limit: Float32Array;
  readonly scale: number;
  readonly least: number;
};

/**
 * Parts a small picture where borders are stronger than what is within the regions at their sides; `scale` says by how much,
 * the less the larger a region is, and regions of fewer than `least` pixels join a neighbour.
 * (Felzenszwalb, Huttenlocher: Efficient Graph-Based Image Segmentation, IJCV 59, 2004.)
 */
export function regionsOf(field: LabField, scale: number, least: number): Regions {
  const pixels = field.L.length;
  const of: Growing = {
    ...field,
    strength: new Float32Array(2 * pixels),
    starts: new Int32Array(steps + 1),
    order: new Int32Array(2 * pixels),
    parent: new Int32Array(pixels),
    size: new Int32Array(pixels).fill(1),
    limit: new Float32Array(pixels).fill(scale),
    scale,
    least,
  };
  eachRow(field.height, borderRow, of);
  for (let k = 0; k < steps; k++) of.starts[k + 1] = (of.starts[k + 1] as number) + (of.starts[k] as number);
  const borders = of.starts[steps] as number;
  eachRun(2 * pixels, orderRun, of);
  eachRun(borders, joinRun, of);
  eachRun(borders, absorbRun, of);
  const numbered = { parent: of.parent, ids: new Int32Array(pixels).fill(-1), count: 0 };
  eachRun(pixels, numberRun, numbered);
  return { ids: numbered.ids, count: numbered.count };
}

function borderRow({ width, height, L, a, b, strength, starts, parent }: Growing, y: number): void {
  for (let x = 0, i = y * width; x < width; x++, i++) {
    parent[i] = i;
    for (let below = 0; below < 2; below++) {
      const at = 2 * i + below;
      if (below === 1 ? y === height - 1 : x === width - 1) {
        strength[at] = -1;
        continue;
      }
      const j = below === 1 ? i + width : i + 1;
      const l = (L[i] as number) - (L[j] as number);
      const p = colourful * ((a[i] as number) - (a[j] as number));
      const q = colourful * ((b[i] as number) - (b[j] as number));
      strength[at] = Math.sqrt(l * l + p * p + q * q);
      const step = stepOf(strength[at] as number) + 1;
      starts[step] = (starts[step] as number) + 1;
    }
  }
}

function stepOf(strength: number): number {
  return Math.min(steps - 1, Math.floor(strength * stepsPerUnit));
}

function orderRun({ strength, starts, order }: Growing, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    const value = strength[at] as number;
    if (value < 0) continue;
    const step = stepOf(value);
    const place = starts[step] as number;
    order[place] = at;
    starts[step] = place + 1;
  }
}

/** The region a pixel belongs to, as one of its pixels; ways that were gone are made shorter. */
function rootOf(parent: Int32Array, pixel: number): number {
  let i = pixel;
  while ((parent[i] as number) !== i) {
    const above = parent[parent[i] as number] as number;
    parent[i] = above;
    i = above;
  }
  return i;
}

function joinRun(
  { width, strength, order, parent, size, limit, scale }: Growing,
  from: number,
  to: number,
): void {
  for (let k = from; k < to; k++) {
    const at = order[k] as number;
    const one = rootOf(parent, at >> 1);
    const two = rootOf(parent, (at >> 1) + ((at & 1) === 1 ? width : 1));
    const value = strength[at] as number;
    if (one === two || value > (limit[one] as number) || value > (limit[two] as number)) continue;
    const joined = join(parent, size, one, two);
    limit[joined] = value + scale / (size[joined] as number);
  }
}

function absorbRun({ width, order, parent, size, least }: Growing, from: number, to: number): void {
  for (let k = from; k < to; k++) {
    const at = order[k] as number;
    const one = rootOf(parent, at >> 1);
    const two = rootOf(parent, (at >> 1) + ((at & 1) === 1 ? width : 1));
    if (one !== two && ((size[one] as number) < least || (size[two] as number) < least))
      join(parent, size, one, two);
  }
}

function join(parent: Int32Array, size: Int32Array, one: number, two: number): number {
  const isLarger = (size[one] as number) >= (size[two] as number);
  const large = isLarger ? one : two;
  const small = isLarger ? two : one;
  parent[small] = large;
  size[large] = (size[large] as number) + (size[small] as number);
  return large;
}

type Numbered = { readonly parent: Int32Array; readonly ids: Int32Array; count: number };

function numberRun(of: Numbered, from: number, to: number): void {
  const { parent, ids } = of;
  for (let i = from; i < to; i++) {
    const root = rootOf(parent, i);
    if ((ids[root] as number) < 0) ids[root] = of.count++;
    ids[i] = ids[root] as number;
  }
}
