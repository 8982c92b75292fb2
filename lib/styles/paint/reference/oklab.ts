import { tabled } from '../kernels/tabled.ts';
import type { Picture } from '../raster.ts';

/** A colour as OKLab has it (Björn Ottosson, 2020): lightness 0 to 1, and two axes of about -0.4 to 0.4. */
export type Lab = [number, number, number];

const toLinear = tabled((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));

const toGamma = tabled((value) => {
  if (value <= 0) return 0;
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}, 0.005);

const cubeRoot = tabled(Math.cbrt, 0.01);

/** From gamma-encoded sRGB. */
export function toLab(r: number, g: number, b: number): Lab {
  const lab: Lab = [0, 0, 0];
  labInto(r, g, b, lab);
  return lab;
}

/** The same, written over what is in `out`: for loops that would otherwise leave a million small arrays behind. */
export function labInto(r: number, g: number, b: number, out: Lab | Float64Array): void {
  const lr = toLinear(r);
  const lg = toLinear(g);
  const lb = toLinear(b);
  const l = cubeRoot(0.4122214708 * lr + 0.5363325363 * lg + 0.0514459929 * lb);
  const m = cubeRoot(0.2119034982 * lr + 0.6806995451 * lg + 0.1073969566 * lb);
  const s = cubeRoot(0.0883024619 * lr + 0.2817188376 * lg + 0.6299787005 * lb);
  out[0] = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  out[1] = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  out[2] = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
}

const found = new Float64Array(3);

/** Pixels of a picture from one place to another, one plane for each number. */
export function labRow(
  { r, g, b }: Pick<Picture, 'r' | 'g' | 'b'>,
  L: Float32Array,
  a: Float32Array,
  bb: Float32Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    labInto(r[i] as number, g[i] as number, b[i] as number, found);
    L[i] = found[0] as number;
    a[i] = found[1] as number;
    bb[i] = found[2] as number;
  }
}

/** Back to gamma-encoded sRGB, cut off where the screen cannot show it. */
export function toRgb([lightness, a, b]: Lab): [number, number, number] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    Math.min(1, toGamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)),
    Math.min(1, toGamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)),
    Math.min(1, toGamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)),
  ];
}

/** The colour of one pixel. */
export function labAt({ r, g, b }: Picture, index: number): Lab {
  return toLab(r[index] as number, g[index] as number, b[index] as number);
}
