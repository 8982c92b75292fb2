import { eachRow, eachRun } from '../each-row.ts';
import { type Colour, clamp01, letGo, mix, newPlane, type Plane } from '../raster.ts';
import { gaussian } from './gaussian.ts';
import { hashNoise } from './random.ts';

/** A tone curve through points [in, out], smooth and never overshooting (monotone cubic: Fritsch, Carlson, 1980), as a table. */
export function toneTable(points: readonly (readonly [number, number])[], steps = 1024): Float32Array {
  const slopes = points.slice(1).map(([x, y], k) => {
    const [px, py] = points[k] as readonly [number, number];
    return (y - py) / (x - px);
  });
  const tangent = points.map((_, k) => {
    const before = slopes[k - 1] ?? slopes[k] ?? 0;
    const after = slopes[k] ?? before;
    return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
  });
  const table = new Float32Array(steps + 1);
  let k = 0;
  for (let i = 0; i <= steps; i++) {
    const x = i / steps;
    while (k < points.length - 2 && x > (points[k + 1] as readonly [number, number])[0]) k++;
    const [x0, y0] = points[k] as readonly [number, number];
    const [x1, y1] = points[k + 1] as readonly [number, number];
    const width = x1 - x0;
    const t = clamp01((x - x0) / width);
    const [t2, t3] = [t * t, t * t * t];
    table[i] =
      (2 * t3 - 3 * t2 + 1) * y0 +
      (t3 - 2 * t2 + t) * width * (tangent[k] as number) +
      (3 * t2 - 2 * t3) * y1 +
      (t3 - t2) * width * (tangent[k + 1] as number);
  }
  return table;
}

/** Reads a table of values over 0 to 1. */
export function lookUp(table: Float32Array, value: number): number {
  const at = clamp01(value) * (table.length - 1);
  const low = at | 0;
  const next = low + 1 < table.length ? low + 1 : low;
  return mix(table[low] as number, table[next] as number, at - low);
}

/** How dark the corners are: 1 in the middle, falling by `amount` at the corners. */
export function vignetteAt(x: number, y: number, width: number, height: number, amount: number): number {
  const dx = (x + 0.5) / width - 0.5;
  const dy = (y + 0.5) / height - 0.5;
  const d = (dx * dx + dy * dy) * 2;
  return 1 - amount * d * d * (3 - 2 * d);
}

/** Film grain around 0, about -1 to 1: two sizes of soft noise, the same for a size on every run. */
export function filmGrain(width: number, height: number, size: number, seed: number): Plane {
  return { width, height, data: grainRows(width, height, size, seed)(0, height) };
}

/** The same of any rows of a picture of this size: `count` of them from `top` on. */
export function grainRows(
  width: number,
  height: number,
  size: number,
  seed: number,
): (top: number, count: number) => Float32Array {
  const sigma = 0.55 * size;
  const scale = 0.5 / Math.sqrt(meanSquareOf(sigma) + 1e-9);
  // So far a blur of this sigma reaches; beyond the picture's own border its last row is repeated, as in a whole plane.
  const reach = Math.ceil(4 * sigma) + 6;
  return (top, count) => {
    const first = Math.max(0, top - reach);
    const last = Math.min(height, top + count + reach);
    const noise = newPlane(width, last - first);
    eachRow(last - first, noiseRow, { noise, first, seed });
    const soft = gaussian(noise, sigma);
    letGo(noise);
    eachRun(soft.data.length, scaleRun, { data: soft.data, scale });
    const from = (top - first) * width;
    return soft.data.subarray(from, from + count * width);
  };
}

function noiseRow({ noise, first, seed }: { noise: Plane; first: number; seed: number }, row: number): void {
  const { width, data } = noise;
  for (let x = 0, i = row * width; x < width; x++, i++) data[i] = hashNoise(x, first + row, seed) - 0.5;
}

function scaleRun({ data, scale }: { data: Float32Array; scale: number }, from: number, to: number): void {
  for (let i = from; i < to; i++) data[i] = (data[i] as number) * scale;
}

const meanSquares = new Map<number, number>();

/** The mean square of even noise from -0.5 to 0.5 after a Gaussian: that of the noise times the sum of the blur's squares. */
function meanSquareOf(sigma: number): number {
  const known = meanSquares.get(sigma);
  if (known !== undefined) return known;
  const side = 2 * (Math.ceil(4 * sigma) + 6) + 1;
  const point = newPlane(side, side);
  point.data[(side * side - 1) / 2] = 1;
  let sum = 0;
  for (const value of gaussian(point, sigma).data) sum += value * value;
  meanSquares.set(sigma, sum / 12);
  return sum / 12;
}

/** Colours along a line from dark to light, read by `lookUpColour`. Stops are [place, colour]. */
export function colourRamp(
  stops: readonly (readonly [number, Colour])[],
): [Float32Array, Float32Array, Float32Array] {
  const channel = (k: 0 | 1 | 2) => toneTable(stops.map(([place, colour]) => [place, colour[k]] as const));
  return [channel(0), channel(1), channel(2)];
}
