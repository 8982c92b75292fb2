import { eachRow, eachRun } from '../each-row.ts';
import { letGo, type Plane } from '../raster.ts';
import { fastKernels } from './fast.ts';
import type { Flow } from './flow.ts';
import { gaussian, halfKernel } from './gaussian.ts';

/** How lines are drawn. Lengths are pixels of the picture. */
export type LineOptions = {
  /** Half the width of the finest line. */
  readonly sigma: number;
  /** How far lines run together along the flow. */
  readonly along: number;
  /** How much darker than its surroundings a place must be before ink begins, about 0.004 to 0.02. */
  readonly threshold: number;
  /** How abruptly ink begins beyond it: 40 is soft like charcoal, 200 hard like a pen. */
  readonly hardness: number;
  /** How much plain darkness helps ink along, so that deep shadows fill: 0 not at all, 0.1 clearly. */
  readonly fill?: number;
};

/**
 * Ink from 0 (none) to 1 (full): the difference of two blurs finds edges, smoothing along the flow
 * joins them into lines that swell and taper like drawn ones. (FDoG: Kang, Lee, Chui: Coherent Line Drawing, NPAR 2007;
 * two blurs of unequal weight: Winnemöller: XDoG, NPAR 2011.)
 */
export function drawLines(light: Plane, flow: Flow, options: LineOptions): Plane {
  const { threshold, hardness, fill = 0 } = options;
  const fine = gaussian(light, options.sigma);
  const wide = gaussian(light, options.sigma * 1.6);
  // In place of the wider blur.
  const edge = wide;
  eachRun(edge.data.length, edgeRun, { fine: fine.data, edge: edge.data, fill });
  const joined = smoothAlong(edge, flow, options.along, -threshold);
  letGo(fine, edge);
  eachRun(joined.data.length, inkRun, { ink: joined.data, threshold, hardness });
  return joined;
}

type Edge = { readonly fine: Float32Array; readonly edge: Float32Array; readonly fill: number };

function edgeRun({ fine, edge, fill }: Edge, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const f = fine[i] as number;
    const dark = fill > 0 && f < 0.35 ? fill * (0.35 - f) : 0;
    edge[i] = f - (edge[i] as number) - dark;
  }
}

type Ink = { readonly ink: Float32Array; readonly threshold: number; readonly hardness: number };

function inkRun({ ink, threshold, hardness }: Ink, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const over = -threshold - (ink[i] as number);
    ink[i] = over <= 0 ? 0 : Math.tanh(hardness * over);
  }
}

/**
 * Averages a plane along the flow on both sides of each pixel. With `floor`, a negative number, only
 * what may end below it is averaged: most of a picture lies far from any such place.
 */
export function smoothAlong(
  plane: Plane,
  flow: Flow,
  sigma: number,
  floor = Number.POSITIVE_INFINITY,
): Plane {
  const { width, height, data } = plane;
  // Six steps to a side are enough for any length: what is averaged is smooth already.
  const pace = Math.max(1, (sigma * 2.6) / 6);
  const taps = halfKernel(sigma / pace);
  const steps = Math.ceil((taps.length - 1) * pace);
  const ignore = floor > 0 ? floor : -2 * floor;
  const columns = Math.ceil(width / steps);
  const busy = busyTiles(plane, steps, floor);
  const fast = fastKernels()?.smoothAlong(plane, flow, { taps, pace, ignore, busy, side: steps });
  if (fast) return fast;
  const out = { width, height, data: data.slice() };
  for (let tile = 0; tile < busy.length; tile++) {
    if (busy[tile] === 0) continue;
    const left = (tile % columns) * steps;
    const top = Math.floor(tile / columns) * steps;
    const right = Math.min(width, left + steps);
    const bottom = Math.min(height, top + steps);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const here = data[y * width + x] as number;
        // The light flank of an edge never becomes part of the line beside it.
        if (here > ignore) continue;
        const sides = walk(plane, flow, taps, x, y, pace) + walk(plane, flow, taps, x, y, -pace);
        out.data[y * width + x] = (taps[0] as number) * here + sides;
      }
    }
  }
  return out;
}

/** The weighted sum of what lies on one side along the flow. */
function walk(plane: Plane, flow: Flow, taps: Float32Array, x: number, y: number, pace: number): number {
  const { width, height, data } = plane;
  const scaleX = flow.width / width;
  const scaleY = flow.height / height;
  const lastX = width - 1;
  const lastY = height - 1;
  let at = ((y * scaleY) | 0) * flow.width + ((x * scaleX) | 0);
  let dirX = (flow.x[at] as number) * pace;
  let dirY = (flow.y[at] as number) * pace;
  const length = Math.abs(pace);
  let px = x;
  let py = y;
  let sum = 0;
  for (let k = 1; k < taps.length; k++) {
    px += dirX;
    py += dirY;
    px = px < 0 ? 0 : px > lastX ? lastX : px;
    py = py < 0 ? 0 : py > lastY ? lastY : py;
    const ix = (px + 0.5) | 0;
    const iy = (py + 0.5) | 0;
    sum += (taps[k] as number) * (data[iy * width + ix] as number);
    at = ((iy * scaleY) | 0) * flow.width + ((ix * scaleX) | 0);
    const fx = flow.x[at] as number;
    const fy = flow.y[at] as number;
    const turn = fx * dirX + fy * dirY < 0 ? -length : length;
    dirX = fx * turn;
    dirY = fy * turn;
  }
  return sum;
}

/** Which squares of the picture lie within one square of a value under the floor. */
function busyTiles(plane: Plane, side: number, floor: number): Uint8Array {
  const columns = Math.ceil(plane.width / side);
  const rows = Math.ceil(plane.height / side);
  const low = new Uint8Array(columns * rows);
  eachRow(plane.height, lowRow, { plane, side, floor, columns, low });
  const busy = new Uint8Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      if (low[y * columns + x] === 0) continue;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(rows - 1, y + 1); ny++) {
        busy.fill(1, ny * columns + Math.max(0, x - 1), ny * columns + Math.min(columns, x + 2));
      }
    }
  }
  return busy;
}

type Low = { plane: Plane; side: number; floor: number; columns: number; low: Uint8Array };

function lowRow({ plane: { width, data }, side, floor, columns, low }: Low, y: number): void {
  const row = Math.floor(y / side) * columns;
  for (let x = 0, i = y * width; x < width; x++, i++)
    if ((data[i] as number) < floor) low[row + Math.floor(x / side)] = 1;
}
