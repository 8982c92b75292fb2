import { eachRun } from '../each-row.ts';
import { letGo, mix, type Picture, smoothstep } from '../raster.ts';
import { labRow, toLab } from '../reference/oklab.ts';

/** The flat colours that a print was pulled in. */
export type Inks = {
  /** L, a, b and r, g, b of each, six numbers an ink; the paper is one of them. */
  readonly colours: Float32Array;
  /** 1 where nearly all of it is one of them, as in a woodcut or a screen print; 0 for paint, in which colours run together. */
  readonly flat: number;
};

const mostInks = 6;
/** Squared distances in OKLab: what still counts as one ink, and what is no ink but the border of two. */
const [same, border] = [0.0012, 0.0036];
/** An ink more has to explain so much more of the picture. */
const worth = 0.08;
const rounds = 6;

/** Which inks a picture was printed in, if it was: the fewest that explain it as well as six would. */
export function readInks(picture: Picture): Inks {
  const pace = Math.max(1, Math.floor(Math.sqrt((picture.width * picture.height) / 6_000)));
  const seen: number[][] = [];
  for (let y = pace >> 1; y < picture.height; y += pace)
    for (let x = pace >> 1; x < picture.width; x += pace) {
      const i = y * picture.width + x;
      const rgb = [picture.r[i] as number, picture.g[i] as number, picture.b[i] as number] as const;
      seen.push([...toLab(...rgb), ...rgb]);
    }
  let best = gather(seen, mostInks);
  const { share } = best;
  const flat = smoothstep(0.7, 0.82, share);
  for (let count = mostInks - 1; flat > 0 && count >= 2; count--) {
    const fewer = gather(seen, count);
    if (fewer.share < share - worth) break;
    best = fewer;
  }
  return { colours: Float32Array.from(best.inks.flat()), flat };
}

/** So many colours around which the others lie (k-means from farthest points), and what share of them lies close. */
function gather(seen: readonly number[][], count: number): { inks: number[][]; share: number } {
  let inks = [seen[0] ?? [0, 0, 0, 0, 0, 0]];
  while (inks.length < count) {
    const apart = seen.map((one) => nearest(one, inks).apart);
    inks.push(seen[apart.indexOf(Math.max(...apart))] ?? [0, 0, 0, 0, 0, 0]);
  }
  let share = 0;
  for (let round = 0; round < rounds; round++) {
    const sums = inks.map(() => new Float64Array(7));
    let close = 0;
    for (const one of seen) {
      const { at, apart } = nearest(one, inks);
      if (apart < same) close++;
      // Borders are mixtures and pull inks towards each other.
      const weight = apart < border ? 1 : 0.05;
      const sum = sums[at] as Float64Array;
      for (let k = 0; k < 6; k++) sum[k] = (sum[k] as number) + weight * (one[k] as number);
      sum[6] = (sum[6] as number) + weight;
    }
    share = close / Math.max(1, seen.length);
    inks = inks.map((ink, k) => {
      const sum = sums[k] as Float64Array;
      const weight = sum[6] as number;
      return weight > 0 ? [...sum.subarray(0, 6)].map((value) => value / weight) : ink;
    });
  }
  return { inks, share };
}

function nearest(one: readonly number[], inks: readonly number[][]): { at: number; apart: number } {
  let [at, apart] = [0, Number.POSITIVE_INFINITY];
  for (const [k, ink] of inks.entries()) {
    const here =
      ((one[0] as number) - (ink[0] as number)) ** 2 +
      ((one[1] as number) - (ink[1] as number)) ** 2 +
      ((one[2] as number) - (ink[2] as number)) ** 2;
    if (here < apart) [at, apart] = [k, here];
  }
  return { at, apart };
}

/** How soft the border between two inks is: a hair of bleeding, or it would be cut out with steps. */
const bleed = 0.002;

/** Prints a picture in the inks, in place, as far as they are those of a print. */
export function printIn({ colours, flat }: Inks, picture: Picture): void {
  if (flat === 0) return;
  const count = picture.r.length;
  const lab = { L: new Float32Array(count), a: new Float32Array(count), b: new Float32Array(count) };
  labRow(picture, lab.L, lab.a, lab.b, 0, count);
  const weights = new Float64Array(colours.length / 6);
  eachRun(count, printRun, { ...lab, colours, flat, weights, picture });
  letGo(lab.L, lab.a, lab.b);
}

type Printed = Readonly<Record<'L' | 'a' | 'b' | 'colours', Float32Array>> & {
  readonly flat: number;
  readonly weights: Float64Array;
  readonly picture: Picture;
};

function printRun({ L, a, b, colours, flat, weights, picture }: Printed, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < weights.length; k++) {
      const dL = (L[i] as number) - (colours[6 * k] as number);
      const da = (a[i] as number) - (colours[6 * k + 1] as number);
      const db = (b[i] as number) - (colours[6 * k + 2] as number);
      const apart = dL * dL + da * da + db * db;
      weights[k] = apart;
      if (apart < least) least = apart;
    }
    let sum = 0;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let k = 0; k < weights.length; k++) {
      const weight = Math.exp((least - (weights[k] as number)) / bleed);
      sum += weight;
      red += weight * (colours[6 * k + 3] as number);
      green += weight * (colours[6 * k + 4] as number);
      blue += weight * (colours[6 * k + 5] as number);
    }
    picture.r[i] = mix(picture.r[i] as number, red / sum, flat);
    picture.g[i] = mix(picture.g[i] as number, green / sum, flat);
    picture.b[i] = mix(picture.b[i] as number, blue / sum, flat);
  }
}
