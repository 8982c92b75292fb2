import { eachChannel, newPlane, type Picture, type Plane } from '../raster.ts';
import { fastKernels, type Resample, type ResizePlan } from './fast.ts';

/** `smooth` never overshoots and suits masks and fields; `crisp` keeps edges and suits pictures. */
export type Resampling = 'smooth' | 'crisp';

/** Resamples to any size; shrinking averages over the area, so nothing aliases. */
export function resize(plane: Plane, width: number, height: number, how: Resampling = 'smooth'): Plane {
  if (plane.width === width && plane.height === height) return { ...plane, data: plane.data.slice() };
  const whole = Math.floor(Math.min(plane.width / width, plane.height / height));
  const nearWidth = whole >= 2 ? Math.ceil(plane.width / whole) : plane.width;
  const nearHeight = whole >= 2 ? Math.ceil(plane.height / whole) : plane.height;
  const plan: ResizePlan = {
    whole,
    columns: nearWidth === width ? null : resampling(nearWidth, width, how),
    rows: nearHeight === height ? null : resampling(nearHeight, height, how),
    rowsFirst: nearHeight > height,
  };
  const fast = fastKernels()?.resize(plane, width, height, plan);
  if (fast) return fast;
  const near = whole >= 2 ? shrinkWhole(plane, whole) : plane;
  return plan.rowsFirst
    ? resizeColumns(resizeRows(near, plan.rows), plan.columns)
    : resizeRows(resizeColumns(near, plan.columns), plan.rows);
}

/** Averages blocks of `times` x `times` pixels: quick, and most of the way when shrinking a lot. */
function shrinkWhole(plane: Plane, times: number): Plane {
  const width = Math.ceil(plane.width / times);
  const height = Math.ceil(plane.height / times);
  const out = newPlane(width, height);
  const sums = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    const last = Math.min(plane.height, (y + 1) * times);
    for (let py = y * times; py < last; py++) {
      const row = py * plane.width;
      for (let x = 0, px = 0; x < width; x++) {
        const end = Math.min(plane.width, px + times);
        let sum = 0;
        for (; px < end; px++) sum += plane.data[row + px] as number;
        sums[x] = (sums[x] as number) + sum;
      }
    }
    const rows = last - y * times;
    for (let x = 0; x < width; x++) {
      const columns = Math.min(plane.width, (x + 1) * times) - x * times;
      out.data[y * width + x] = (sums[x] as number) / (rows * columns);
    }
  }
  return out;
}

/** The same on all three channels. */
export function resizePicture(
  picture: Picture,
  width: number,
  height: number,
  how: Resampling = 'crisp',
): Picture {
  return eachChannel(picture, (channel) => resize(channel, width, height, how));
}

/** The size with the same shape whose longest side is `longest` (never under one pixel). */
export function fitted(size: { width: number; height: number }, longest: number) {
  const scale = longest / Math.max(size.width, size.height);
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  };
}

function triangle(t: number): number {
  const d = Math.abs(t);
  return d < 1 ? 1 - d : 0;
}

/** Keys: Cubic Convolution Interpolation for Digital Image Processing, 1981, with a = -1/2. */
function cubic(t: number): number {
  const d = Math.abs(t);
  if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
  return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
}

/** For each place of the new line: which old samples it takes, and how much of each. */
function resampling(from: number, to: number, how: Resampling): Resample {
  const scale = from / to;
  const stretch = Math.max(1, scale);
  const reach = Math.ceil((how === 'crisp' ? 2 : 1) * stretch);
  const taps = reach * 2;
  const starts = new Int32Array(to);
  const weight = new Float32Array(to * taps);
  for (let o = 0; o < to; o++) {
    const centre = (o + 0.5) * scale - 0.5;
    const first = Math.floor(centre) - reach + 1;
    starts[o] = first;
    let sum = 0;
    for (let k = 0; k < taps; k++) {
      const t = (first + k - centre) / stretch;
      const w = how === 'crisp' ? cubic(t) : triangle(t);
      weight[o * taps + k] = w;
      sum += w;
    }
    for (let k = 0; k < taps; k++) weight[o * taps + k] = (weight[o * taps + k] as number) / sum;
  }
  return { taps, first: starts, weight };
}

/** Beyond the ends of a line its last samples go on. */
function placesOf({ taps, first }: Resample, from: number): Int32Array {
  return Int32Array.from({ length: first.length * taps }, (_, t) =>
    Math.min(from - 1, Math.max(0, (first[Math.floor(t / taps)] as number) + (t % taps))),
  );
}

function resizeColumns(plane: Plane, plan: Resample | null): Plane {
  if (!plan) return plane;
  const { taps, weight } = plan;
  const index = placesOf(plan, plane.width);
  const width = plan.first.length;
  const out = newPlane(width, plane.height);
  for (let y = 0; y < plane.height; y++) {
    const source = plane.data.subarray(y * plane.width, (y + 1) * plane.width);
    const row = y * width;
    for (let x = 0, t = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < taps; k++, t++)
        sum += (weight[t] as number) * (source[index[t] as number] as number);
      out.data[row + x] = sum;
    }
  }
  return out;
}

function resizeRows(plane: Plane, plan: Resample | null): Plane {
  if (!plan) return plane;
  const { width } = plane;
  const { taps, weight } = plan;
  const index = placesOf(plan, plane.height);
  const height = plan.first.length;
  const out = newPlane(width, height);
  for (let y = 0; y < height; y++) {
    const target = out.data.subarray(y * width, (y + 1) * width);
    for (let k = 0; k < taps; k += 2) {
      const t = y * taps + k;
      const one = (index[t] as number) * width;
      const two = (index[t + 1] as number) * width;
      const w1 = weight[t] as number;
      const w2 = weight[t + 1] as number;
      for (let x = 0; x < width; x++) {
        target[x] =
          (target[x] as number) + w1 * (plane.data[one + x] as number) + w2 * (plane.data[two + x] as number);
      }
    }
  }
  return out;
}
