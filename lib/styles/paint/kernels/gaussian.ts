import { eachChannel, newPlane, type Picture, type Plane } from '../raster.ts';
import { fastKernels } from './fast.ts';

/** Below this a true kernel of a few taps is as quick as box sums, and exact. */
const boxFromSigma = 2.2;

/** Gaussian blur with the edge repeated outside, so that a constant plane stays constant. */
export function gaussian(plane: Plane, sigma: number): Plane {
  if (sigma < 0.2) return { ...plane, data: plane.data.slice() };
  return sigma < boxFromSigma ? tapBlur(plane, sigma) : boxBlurThrice(plane, sigma);
}

/** The same on all three channels. */
export function gaussianPicture(picture: Picture, sigma: number): Picture {
  return eachChannel(picture, (channel) => gaussian(channel, sigma));
}

/** Half a Gaussian kernel: the centre first, the whole kernel summing to one. */
export function halfKernel(sigma: number): Float32Array {
  const radius = Math.max(1, Math.ceil(sigma * 2.6));
  const taps = new Float32Array(radius + 1);
  let sum = 0;
  for (let k = 0; k <= radius; k++) {
    const tap = Math.exp(-(k * k) / (2 * sigma * sigma));
    taps[k] = tap;
    sum += k === 0 ? tap : 2 * tap;
  }
  return taps.map((tap) => tap / sum);
}

let spare = new Float32Array(0);

/** Working memory for one pass, kept between calls: asking for megabytes anew each time is slow. */
function scratch(length: number): Float32Array {
  if (spare.length < length) spare = new Float32Array(length);
  return spare.length === length ? spare : spare.subarray(0, length);
}

function tapBlur(plane: Plane, sigma: number): Plane {
  const { width, height } = plane;
  const taps = halfKernel(sigma);
  const fast = fastKernels()?.tapBlur(plane, taps);
  if (fast) return fast;
  const across = scratch(width * height);
  const out = newPlane(width, height);
  tapRows(plane.data, across, width, height, taps);
  tapColumns(across, out.data, width, height, taps);
  return out;
}

function tapRows(
  from: Float32Array,
  to: Float32Array,
  width: number,
  height: number,
  taps: Float32Array,
): void {
  const radius = taps.length - 1;
  const padded = new Float32Array(width + 2 * radius);
  const [c0, c1, c2, c3] = [taps[0] as number, taps[1] ?? 0, taps[2] ?? 0, taps[3] ?? 0];
  for (let y = 0; y < height; y++) {
    const row = y * width;
    padded.fill(from[row] as number, 0, radius);
    padded.set(from.subarray(row, row + width), radius);
    padded.fill(from[row + width - 1] as number, radius + width);
    for (let x = 0, at = radius; x < width; x++, at++) {
      let sum = c0 * (padded[at] as number) + c1 * ((padded[at - 1] as number) + (padded[at + 1] as number));
      if (radius >= 2) sum += c2 * ((padded[at - 2] as number) + (padded[at + 2] as number));
      if (radius >= 3) sum += c3 * ((padded[at - 3] as number) + (padded[at + 3] as number));
      for (let k = 4; k <= radius; k++) {
        sum += (taps[k] as number) * ((padded[at - k] as number) + (padded[at + k] as number));
      }
      to[row + x] = sum;
    }
  }
}

/** Two rows of the kernel's half at a time, so that each target row is passed over few times. */
function tapColumns(
  from: Float32Array,
  to: Float32Array,
  width: number,
  height: number,
  taps: Float32Array,
): void {
  const radius = taps.length - 1;
  const row = (y: number) => {
    const start = Math.min(height - 1, Math.max(0, y)) * width;
    return from.subarray(start, start + width);
  };
  const centre = taps[0] as number;
  for (let y = 0; y < height; y++) {
    const target = to.subarray(y * width, (y + 1) * width);
    const middle = row(y);
    for (let x = 0; x < width; x++) target[x] = centre * (middle[x] as number);
    for (let k = 1; k <= radius; k += 2) {
      const near = taps[k] as number;
      const far = taps[k + 1] ?? 0;
      const a = row(y - k);
      const b = row(y + k);
      const c = row(y - k - 1);
      const d = row(y + k + 1);
      for (let x = 0; x < width; x++) {
        target[x] =
          (target[x] as number) +
          near * ((a[x] as number) + (b[x] as number)) +
          far * ((c[x] as number) + (d[x] as number));
      }
    }
  }
}

/**
 * Three box sums with fractional ends make a curve the eye cannot tell from a Gaussian, at any width. (Gwosdek et al.:
 * Theoretical Foundations of Gaussian Convolution by Extended Box Filtering, SSVM 2011.)
 */
function boxBlurThrice(plane: Plane, sigma: number): Plane {
  const { width, height } = plane;
  // Variance of a box of radius r with ends of weight a, three times over, is to be sigma squared.
  const wanted = (sigma * sigma) / 3;
  let radius = 0;
  while (((radius + 1) * (radius + 2)) / 3 <= wanted) radius++;
  const inner = (2 * radius + 1) * ((radius * (radius + 1)) / 3 - wanted);
  const ends = inner / (2 * (wanted - (radius + 1) * (radius + 1)));
  const fast = fastKernels()?.boxBlur(plane, radius, ends, 3);
  if (fast) return fast;
  const one = scratch(width * height);
  const two = new Float32Array(width * height);
  boxRows(plane.data, one, width, height, radius, ends);
  boxRows(one, two, width, height, radius, ends);
  boxRows(two, one, width, height, radius, ends);
  boxColumns(one, two, width, height, radius, ends);
  boxColumns(two, one, width, height, radius, ends);
  boxColumns(one, two, width, height, radius, ends);
  return { width, height, data: two };
}

/** The plain mean over a square around each pixel; what a guided filter needs, at a third of the price. */
export function boxMean(plane: Plane, radius: number): Plane {
  const { width, height } = plane;
  const whole = Math.max(1, Math.round(radius));
  const fast = fastKernels()?.boxBlur(plane, whole, 0, 1);
  if (fast) return fast;
  const across = scratch(width * height);
  const out = newPlane(width, height);
  boxRows(plane.data, across, width, height, whole, 0);
  boxColumns(across, out.data, width, height, whole, 0);
  return out;
}

function boxRows(
  from: Float32Array,
  to: Float32Array,
  width: number,
  height: number,
  radius: number,
  ends: number,
): void {
  const pad = radius + 1;
  const padded = new Float32Array(width + 2 * pad);
  const scale = 1 / (2 * radius + 1 + 2 * ends);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    padded.fill(from[row] as number, 0, pad);
    padded.set(from.subarray(row, row + width), pad);
    padded.fill(from[row + width - 1] as number, pad + width);
    let sum = 0;
    for (let k = 0; k < 2 * radius + 1; k++) sum += padded[k] as number;
    for (let x = 0; x < width; x++) {
      // The window of pixel x sits at padded[x + 1 .. x + 2 radius + 1], its soft ends one beyond.
      sum += (padded[x + 2 * radius + 1] as number) - (padded[x] as number);
      const soft = (padded[x] as number) + (padded[x + 2 * radius + 2] as number);
      to[row + x] = (sum + ends * soft) * scale;
    }
  }
}

function boxColumns(
  from: Float32Array,
  to: Float32Array,
  width: number,
  height: number,
  radius: number,
  ends: number,
): void {
  const scale = 1 / (2 * radius + 1 + 2 * ends);
  const sums = new Float64Array(width);
  const rowAt = (y: number) => (y < 0 ? 0 : y >= height ? height - 1 : y) * width;
  for (let k = -radius - 1; k < radius; k++) {
    const row = rowAt(k);
    for (let x = 0; x < width; x++) sums[x] = (sums[x] as number) + (from[row + x] as number);
  }
  for (let y = 0; y < height; y++) {
    const enter = rowAt(y + radius);
    const leave = rowAt(y - radius - 1);
    const beyond = rowAt(y + radius + 1);
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const gone = from[leave + x] as number;
      const sum = (sums[x] as number) + (from[enter + x] as number) - gone;
      sums[x] = sum;
      to[row + x] = (sum + ends * (gone + (from[beyond + x] as number))) * scale;
    }
  }
}
