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
/** A squared distance in OKLab: what still counts as one ink. */
const same = 0.0012;
/** An ink more has to explain so much more of the picture. */
const worth = 0.08;
const rounds = 6;

/** Which inks a picture was printed in, if it was: the fewest that explain it as well as six would. */
export function readInks(picture: Picture): Inks {
  const pace = Math.max(1, Math.floor(Math.sqrt((picture.width * picture.height) / 6_000)));
  const seen: number[][] = [];
  const inside: number[][] = [];
  for (let y = pace >> 1; y < picture.height; y += pace)
    for (let x = pace >> 1; x < picture.width; x += pace) {
      const i = y * picture.width + x;
      const rgb = [picture.r[i] as number, picture.g[i] as number, picture.b[i] as number] as const;
      const one = [...toLab(...rgb), ...rgb];
      seen.push(one);
      if (isInside(picture, x, y)) inside.push(one);
    }
  // The borders of inks are mixtures, and of fine cuts they are much of the picture: inks are told by what lies inside.
  if (inside.length < 0.2 * seen.length) return { colours: new Float32Array(0), flat: 0 };
  let inks = gather(inside, mostInks);
  const most = shareOf(inside, inks);
  // The greys of a pencil or of a lit wall lie within six tones as well, but spread over each: inks are one colour.
  const tight = shareOf(inside, inks, same / 4) / Math.max(0.01, most);
  const flat = smoothstep(0.7, 0.82, shareOf(seen, inks)) * smoothstep(0.8, 0.93, tight);
  for (let count = mostInks - 1; flat > 0 && count >= 2; count--) {
    const fewer = gather(inside, count);
    if (shareOf(inside, fewer) < most - worth) break;
    inks = fewer;
  }
  return { colours: Float32Array.from(inks.flat()), flat };
}

/** Whether a pixel has the light of those around it. */
function isInside({ width, height, g }: Picture, x: number, y: number): boolean {
  const here = g[y * width + x] as number;
  for (const [dx, dy] of around) {
    const [nx, ny] = [Math.min(width - 1, Math.max(0, x + dx)), Math.min(height - 1, Math.max(0, y + dy))];
    if (Math.abs((g[ny * width + nx] as number) - here) > 0.06) return false;
  }
  return true;
}

const around = [
  [-2, 0],
  [2, 0],
  [0, -2],
  [0, 2],
] as const;

/** So many colours around which the others lie (k-means from farthest points). */
function gather(seen: readonly number[][], count: number): number[][] {
  let inks = [seen[0] ?? [0, 0, 0, 0, 0, 0]];
  while (inks.length < count) {
    const apart = seen.map((one) => nearest(one, inks).apart);
    inks.push(seen[apart.indexOf(Math.max(...apart))] ?? [0, 0, 0, 0, 0, 0]);
  }
  for (let round = 0; round < rounds; round++) {
    const sums = inks.map(() => new Float64Array(7));
    for (const one of seen) {
      const sum = sums[nearest(one, inks).at] as Float64Array;
      for (let k = 0; k < 6; k++) sum[k] = (sum[k] as number) + (one[k] as number);
      sum[6] = (sum[6] as number) + 1;
    }
    inks = inks.map((ink, k) => {
      const sum = sums[k] as Float64Array;
      const within = sum[6] as number;
      return within > 0 ? [...sum.subarray(0, 6)].map((value) => value / within) : ink;
    });
  }
  return inks;
}

/** What share of the colours lies close to an ink. */
function shareOf(seen: readonly number[][], inks: readonly number[][], within = same): number {
  return seen.filter((one) => nearest(one, inks).apart < within).length / Math.max(1, seen.length);
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

/** The luma between the darkest of the inks and the lightest. */
export function middleOf({ colours }: Inks): number {
  let [least, most] = [1, 0];
  for (let k = 0; k < colours.length; k += 6) {
    const [r, g, b] = [colours[k + 3] as number, colours[k + 4] as number, colours[k + 5] as number];
    const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    least = Math.min(least, light);
    most = Math.max(most, light);
  }
  return (least + most) / 2;
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
