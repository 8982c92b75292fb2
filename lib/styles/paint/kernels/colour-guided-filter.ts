import { eachRun } from '../each-row.ts';
import { eachChannel, letGo, newPlane, type Picture, type Plane } from '../raster.ts';
import { type EnlargedRows, enlargedRows } from './enlarge-rows.ts';
import { boxMean } from './gaussian.ts';
import { resize } from './resize.ts';

/** What a filter guided by colours has learned, on a small copy: how its answer follows red, green and blue at each place. */
export type ColourFit = { readonly slope: Picture; readonly offset: Plane };

type Options = {
  /** How far it looks, in pixels of the picture. */
  readonly sigma: number;
  /** Differences of colour whose square is below this are no edges. */
  readonly epsilon: number;
  /** The longest side of the copy that it learns on. */
  readonly fitAt: number;
};

/**
 * Learns a guided filter whose guide is a picture in colour: where brown hair is as light as the blue behind it, the light
 * alone has no edge that a rough `input` of the picture's size could follow.
 * (He, Sun, Tang: Guided Image Filtering, ECCV 2010, section 3.4; fitted small: He, Sun: Fast Guided Filter, arXiv:1505.00996, 2015.)
 */
export function fitToColours(picture: Picture, input: Plane, { sigma, epsilon, fitAt }: Options): ColourFit {
  const shrink = Math.min(1, fitAt / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * shrink));
  const height = Math.max(1, Math.round(picture.height * shrink));
  // A box of this radius spreads as far as a Gaussian of the wanted sigma.
  const radius = sigma * shrink * 1.7;
  const { r, g, b } = eachChannel(picture, (channel) => resize(channel, width, height));
  const p = resize(input, width, height).data;
  const meanOf = (one: Float32Array, two: Float32Array | null): Float32Array => {
    if (!two) return boxMean({ width, height, data: one }, radius).data;
    const product = newPlane(width, height);
    eachRun(product.data.length, timesRun, { one, two, product: product.data });
    const mean = boxMean(product, radius);
    letGo(product);
    return mean.data;
  };
  const means = {
    ...{ r: meanOf(r, null), g: meanOf(g, null), b: meanOf(b, null), p: meanOf(p, null) },
    ...{ rr: meanOf(r, r), rg: meanOf(r, g), rb: meanOf(r, b), gg: meanOf(g, g), gb: meanOf(g, b) },
    ...{ bb: meanOf(b, b), rp: meanOf(r, p), gp: meanOf(g, p), bp: meanOf(b, p) },
  };
  // The answers take the place of the products with the input, which nothing reads after them.
  eachRun(width * height, solveRun, { ...means, epsilon });
  const [slopeR, slopeG, slopeB, offset] = [means.rp, means.gp, means.bp, means.p].map((data) =>
    meanOf(data, null),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  letGo(r, g, b, p, ...Object.values(means));
  return {
    slope: { width, height, r: slopeR, g: slopeG, b: slopeB },
    offset: { width, height, data: offset },
  };
}

type Product = Readonly<Record<'one' | 'two' | 'product', Float32Array>>;

function timesRun({ one, two, product }: Product, from: number, to: number): void {
  for (let i = from; i < to; i++) product[i] = (one[i] as number) * (two[i] as number);
}

type Means = Readonly<
  Record<'r' | 'g' | 'b' | 'p' | 'rr' | 'rg' | 'rb' | 'gg' | 'gb' | 'bb' | 'rp' | 'gp' | 'bp', Float32Array>
> & { readonly epsilon: number };

/** Slopes from the covariances of the colours (a symmetric matrix, by its cofactors) with each other and with the input. */
function solveRun(of: Means, from: number, to: number): void {
  const { rr, rg, rb, gg, gb, bb, rp, gp, bp, epsilon } = of;
  for (let i = from; i < to; i++) {
    const r = of.r[i] as number;
    const g = of.g[i] as number;
    const b = of.b[i] as number;
    const p = of.p[i] as number;
    const vrr = (rr[i] as number) - r * r + epsilon;
    const vrg = (rg[i] as number) - r * g;
    const vrb = (rb[i] as number) - r * b;
    const vgg = (gg[i] as number) - g * g + epsilon;
    const vgb = (gb[i] as number) - g * b;
    const vbb = (bb[i] as number) - b * b + epsilon;
    const cr = (rp[i] as number) - r * p;
    const cg = (gp[i] as number) - g * p;
    const cb = (bp[i] as number) - b * p;
    const xrr = vgg * vbb - vgb * vgb;
    const xrg = vgb * vrb - vrg * vbb;
    const xrb = vrg * vgb - vgg * vrb;
    const xgg = vrr * vbb - vrb * vrb;
    const xgb = vrb * vrg - vrr * vgb;
    const xbb = vrr * vgg - vrg * vrg;
    const share = 1 / (vrr * xrr + vrg * xrg + vrb * xrb);
    const sr = (xrr * cr + xrg * cg + xrb * cb) * share;
    const sg = (xrg * cr + xgg * cg + xgb * cb) * share;
    const sb = (xrb * cr + xgb * cg + xbb * cb) * share;
    rp[i] = sr;
    gp[i] = sg;
    bp[i] = sb;
    of.p[i] = p - sr * r - sg * g - sb * b;
  }
}

/** Writes the answer for a line `y` of a picture of this size to `out`; `start` is where the line begins in its channels. */
export type ColourLines = (y: number, of: Coloured, start: number, out: Float32Array) => void;

type Coloured = Readonly<Record<'r' | 'g' | 'b', Float32Array>>;

/** The answer of a filter guided by colours, line by line of a picture of this size. */
export function colourLines({ slope, offset }: ColourFit, width: number, height: number): ColourLines {
  const rows = [slope.r, slope.g, slope.b, offset.data].map((data) =>
    enlargedRows({ width: slope.width, height: slope.height, data }, width, height),
  ) as [EnlargedRows, EnlargedRows, EnlargedRows, EnlargedRows];
  return (y, of, start, out) => {
    const [sr, sg, sb, from] = [rows[0](y), rows[1](y), rows[2](y), rows[3](y)];
    followLine({ ...of, sr, sg, sb, from, start, out });
  };
}

type Followed = Coloured &
  Readonly<Record<'sr' | 'sg' | 'sb' | 'from' | 'out', Float32Array>> & { readonly start: number };

function followLine({ r, g, b, sr, sg, sb, from, start, out }: Followed): void {
  for (let x = 0, i = start; x < out.length; x++, i++)
    out[x] =
      (sr[x] as number) * (r[i] as number) +
      (sg[x] as number) * (g[i] as number) +
      (sb[x] as number) * (b[i] as number) +
      (from[x] as number);
}
