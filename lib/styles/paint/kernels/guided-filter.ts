import { eachRun } from '../each-row.ts';
import { letGo, newPlane, type Plane } from '../raster.ts';
import { enlargedPair, type PairOfRows } from './enlarge-rows.ts';
import { boxMean } from './gaussian.ts';
import { resize } from './resize.ts';

type GuidedOptions = { sigma: number; epsilon: number; fitAt?: number };

/** What a guided filter has learned, on a small copy: how its answer follows the guide at each place. */
export type GuidedFit = { readonly slope: Plane; readonly offset: Plane };

/**
 * Guided filter: smooths `input` but lets it turn where `guide` turns. Fitted on a copy whose longest
 * side is at most `fitAt`, then applied to the full guide, so a rough mask gains the photo's own edges.
 * (He, Sun, Tang: Guided Image Filtering, ECCV 2010; fitted small: He, Sun: Fast Guided Filter, arXiv:1505.00996, 2015.)
 */
export function guidedFilter(guide: Plane, input: Plane, options: GuidedOptions): Plane {
  const { slope, offset } = fitGuided(guide, input, options);
  const [a, b] = [slope, offset].map((plane) => resize(plane, guide.width, guide.height)) as [Plane, Plane];
  eachRun(a.data.length, followRun, { slopes: a.data, offsets: b.data, guide: guide.data });
  letGo(b, slope, offset);
  return a;
}

type Followed = Readonly<Record<'slopes' | 'offsets' | 'guide', Float32Array>>;

function followRun({ slopes, offsets, guide }: Followed, from: number, to: number): void {
  for (let i = from; i < to; i++)
    slopes[i] = (slopes[i] as number) * (guide[i] as number) + (offsets[i] as number);
}

/** The answer of a guided filter for one line of a guide of this size, written over the line. */
export function guidedLines(
  { slope, offset }: GuidedFit,
  width: number,
  height: number,
): (y: number, line: Float32Array) => void {
  const rows = enlargedPair(slope, offset, width, height);
  return (y, line) => followLine(rows(y), line);
}

function followLine({ one, two, across: { first, share } }: PairOfRows, line: Float32Array): void {
  const last = one.length - 1;
  for (let x = 0; x < line.length; x++) {
    const at = first[x] as number;
    const next = at < last ? at + 1 : last;
    const part = share[x] as number;
    const slope = one[at] as number;
    const offset = two[at] as number;
    // Rounded as they would be in planes of their own.
    const a = Math.fround(slope + part * ((one[next] as number) - slope));
    const b = Math.fround(offset + part * ((two[next] as number) - offset));
    line[x] = a * (line[x] as number) + b;
  }
}

/** Learns a guided filter without applying it. */
export function fitGuided(guide: Plane, input: Plane, options: GuidedOptions): GuidedFit {
  const { width, height } = guide;
  const shrink = Math.min(1, (options.fitAt ?? 384) / Math.max(width, height));
  const w = Math.max(1, Math.round(width * shrink));
  const h = Math.max(1, Math.round(height * shrink));
  const [small, wanted] = [resize(guide, w, h), resize(input, w, h)];
  // A box of this radius spreads as far as a Gaussian of the wanted sigma.
  const radius = options.sigma * shrink * 1.7;
  const means = [small, wanted, times(small, small), times(small, wanted)].map((plane) => {
    const mean = boxMean(plane, radius);
    letGo(plane);
    return mean;
  }) as [Plane, Plane, Plane, Plane];
  const [guides, inputs, squares, products] = means.map(({ data }) => data) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const slope = newPlane(w, h);
  const offset = newPlane(w, h);
  const { epsilon } = options;
  eachRun(w * h, fitRun, {
    ...{ guides, inputs, squares, products, epsilon },
    ...{ slopes: slope.data, offsets: offset.data },
  });
  const [a, b] = [slope, offset].map((plane) => {
    const mean = boxMean(plane, radius);
    letGo(plane);
    return mean;
  }) as [Plane, Plane];
  letGo(...means);
  return { slope: a, offset: b };
}

type Fitted = Readonly<
  Record<'guides' | 'inputs' | 'squares' | 'products' | 'slopes' | 'offsets', Float32Array>
> & { readonly epsilon: number };

function fitRun(of: Fitted, from: number, to: number): void {
  const { guides, inputs, squares, products, epsilon, slopes, offsets } = of;
  for (let i = from; i < to; i++) {
    const g = guides[i] as number;
    const p = inputs[i] as number;
    const a = ((products[i] as number) - g * p) / ((squares[i] as number) - g * g + epsilon);
    slopes[i] = a;
    offsets[i] = p - a * g;
  }
}

function times(one: Plane, two: Plane): Plane {
  const out = newPlane(one.width, one.height);
  eachRun(out.data.length, timesRun, { one: one.data, two: two.data, product: out.data });
  return out;
}

type Product = Readonly<Record<'one' | 'two' | 'product', Float32Array>>;

function timesRun({ one, two, product }: Product, from: number, to: number): void {
  for (let i = from; i < to; i++) product[i] = (one[i] as number) * (two[i] as number);
}
