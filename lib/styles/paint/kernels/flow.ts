import { eachRun } from '../each-row.ts';
import { letGo, memoryFor, newPlane, type Plane } from '../raster.ts';
import { gaussian } from './gaussian.ts';

/** Which way edges run at each pixel: a unit vector along them, and how sure that is (0 to 1). */
export type Flow = {
  readonly width: number;
  readonly height: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly certainty: Float32Array;
};

/** Lets go of a flow that nobody will read again. */
export function letGoFlow({ x, y, certainty }: Flow): void {
  letGo(x, y, certainty);
}

/** Squared gradients that JPEG blocks and grain have in flat areas. */
const noisePower = 6e-5;

/**
 * The flow of a picture from its structure tensor, averaged over `sigma`. Where the picture is flat,
 * `reach` lets the direction of the nearest strong edges carry over, so that no region is undecided. (Kyprianidis, Döllner:
 * Image Abstraction by Structure Adaptive Filtering, TPCG 2008.) With `lean`, an angle in radians, what is flatter
 * than a photo's noise runs that way instead of in the noise's whirls.
 */
export function flowOf(light: Plane, sigma: number, reach = 0, lean?: number): Flow {
  const { width, height } = light;
  const { xx, xy, yy } = tensor(light);
  const near = [xx, xy, yy].map((plane) => gaussian(plane, sigma)) as [Plane, Plane, Plane];
  letGo(xx, xy, yy);
  if (reach > sigma) {
    const far = near.map((plane) => gaussian(plane, reach)) as [Plane, Plane, Plane];
    const farther = far.map((plane) => gaussian(plane, reach * 3)) as [Plane, Plane, Plane];
    near.forEach((plane, k) => {
      const [a, b] = [(far[k] as Plane).data, (farther[k] as Plane).data];
      eachRun(plane.data.length, reachRun, { near: plane.data, far: a, farther: b });
    });
    letGo(...far, ...farther);
  }
  if (lean !== undefined) {
    // The tensor of a faint ramp across that direction.
    const [sin, cos] = [Math.sin(lean), Math.cos(lean)];
    const ramp = [sin * sin, -sin * cos, cos * cos].map((product) => product * noisePower);
    near.forEach((plane, k) => {
      eachRun(plane.data.length, leanRun, { near: plane.data, ramp: ramp[k] as number });
    });
  }
  const [e, f, g] = near.map(({ data }) => data) as [Float32Array, Float32Array, Float32Array];
  const flow = {
    width,
    height,
    x: memoryFor(width * height),
    y: memoryFor(width * height),
    certainty: memoryFor(width * height),
  };
  for (let from = 0; from < e.length; from += width) turnRow(e, f, g, flow, from, from + width);
  letGo(...near);
  return flow;
}

type Reached = Readonly<Record<'near' | 'far' | 'farther', Float32Array>>;

function reachRun({ near, far, farther }: Reached, from: number, to: number): void {
  for (let i = from; i < to; i++)
    near[i] = (near[i] as number) + 0.12 * (far[i] as number) + 0.03 * (farther[i] as number);
}

type Leaning = { readonly near: Float32Array; readonly ramp: number };

function leanRun({ near, ramp }: Leaning, from: number, to: number): void {
  for (let i = from; i < to; i++) near[i] = (near[i] as number) + ramp;
}

function turnRow(
  e: Float32Array,
  f: Float32Array,
  g: Float32Array,
  flow: Flow,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const a = e[i] as number;
    const b = f[i] as number;
    const c = g[i] as number;
    const spread = Math.sqrt((a - c) * (a - c) + 4 * b * b);
    // The eigenvector of the smaller eigenvalue runs along the edge.
    let x = b === 0 ? (a >= c ? 0 : 1) : 2 * b;
    let y = b === 0 ? (a >= c ? 1 : 0) : c - a - spread;
    const length = Math.sqrt(x * x + y * y);
    if (length < 1e-12) {
      x = a >= c ? 0 : 1;
      y = 1 - x;
    } else {
      x /= length;
      y /= length;
    }
    flow.x[i] = x;
    flow.y[i] = y;
    flow.certainty[i] = spread / (a + c + 1e-6);
  }
}

/** Products of the gradients, before any averaging; the 3 x 3 kernel treats directions alike (Jähne, Scharr, Körkel, 1999). */
function tensor(light: Plane): { xx: Plane; xy: Plane; yy: Plane } {
  const { width, height, data } = light;
  const [xx, xy, yy] = [newPlane(width, height), newPlane(width, height), newPlane(width, height)];
  for (let y = 0; y < height; y++) tensorRow({ width, height, data }, y, xx.data, xy.data, yy.data);
  return { xx, xy, yy };
}

function tensorRow(
  { width, height, data }: Plane,
  y: number,
  xx: Float32Array,
  xy: Float32Array,
  yy: Float32Array,
): void {
  const up = Math.max(0, y - 1) * width;
  const mid = y * width;
  const down = Math.min(height - 1, y + 1) * width;
  for (let x = 0; x < width; x++) {
    const l = x > 0 ? x - 1 : 0;
    const r = x < width - 1 ? x + 1 : x;
    const a = data[up + l] as number;
    const c = data[up + r] as number;
    const g = data[down + l] as number;
    const i = data[down + r] as number;
    const dx = 0.183 * (c - a + i - g) + 0.634 * ((data[mid + r] as number) - (data[mid + l] as number));
    const dy = 0.183 * (g - a + i - c) + 0.634 * ((data[down + x] as number) - (data[up + x] as number));
    xx[mid + x] = dx * dx;
    xy[mid + x] = dx * dy;
    yy[mid + x] = dy * dy;
  }
}
