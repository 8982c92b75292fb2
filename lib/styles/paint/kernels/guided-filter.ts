import { letGo, newPlane, type Plane } from '../raster.ts';
import { enlargedRows } from './enlarge-rows.ts';
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
  for (let i = 0; i < a.data.length; i++)
    a.data[i] = (a.data[i] as number) * (guide.data[i] as number) + (b.data[i] as number);
  letGo(b, slope, offset);
  return a;
}

/** The answer of a guided filter for one line of a guide of this size, written over the line. */
export function guidedLines(
  { slope, offset }: GuidedFit,
  width: number,
  height: number,
): (y: number, line: Float32Array) => void {
  const [a, b] = [enlargedRows(slope, width, height), enlargedRows(offset, width, height)];
  return (y, line) => {
    const [slopes, offsets] = [a(y), b(y)];
    for (let x = 0; x < width; x++)
      line[x] = (slopes[x] as number) * (line[x] as number) + (offsets[x] as number);
  };
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
  const [meanGuide, meanInput, meanSquare, meanProduct] = means.map(({ data }) => data) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const slope = newPlane(w, h);
  const offset = newPlane(w, h);
  for (let i = 0; i < w * h; i++) {
    const g = meanGuide[i] as number;
    const p = meanInput[i] as number;
    const a = ((meanProduct[i] as number) - g * p) / ((meanSquare[i] as number) - g * g + options.epsilon);
    slope.data[i] = a;
    offset.data[i] = p - a * g;
  }
  const [a, b] = [slope, offset].map((plane) => {
    const mean = boxMean(plane, radius);
    letGo(plane);
    return mean;
  }) as [Plane, Plane];
  letGo(...means);
  return { slope: a, offset: b };
}

function times(one: Plane, two: Plane): Plane {
  const out = newPlane(one.width, one.height);
  for (let i = 0; i < out.data.length; i++) out.data[i] = (one.data[i] as number) * (two.data[i] as number);
  return out;
}
