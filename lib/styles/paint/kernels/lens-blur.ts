import { eachRow, eachRun } from '../each-row.ts';
import { channels, letGo, newPicture, newPlane, type Picture, type Plane } from '../raster.ts';
import { resize } from './resize.ts';

/** The disc is drawn on a copy small enough that it is about this many pixels wide. */
const discRadius = 5.5;

/**
 * The background as a wide-open lens would draw it: each point a disc, in linear light, bright points
 * brighter still. What belongs to `subject` does not bleed into it. Answers as large as the disc is drawn (or as the
 * photo, where that is smaller): it is smooth, and read larger by `enlargedPicture`.
 */
export function lensBlur(photo: Picture, subject: Plane | null, radius: number): Picture {
  const { width, height } = photo;
  const shrink = Math.min(1, discRadius / Math.max(1, radius));
  const w = Math.max(1, Math.round(width * shrink));
  const h = Math.max(1, Math.round(height * shrink));
  const [r, g, b] = channels(photo).map((plane) => resize(plane, w, h).data) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const hidden = subject ? resize(subject, w, h).data : null;
  const weight = newPlane(w, h).data;
  eachRun(weight.length, weighRun, { r, g, b, hidden, weight });
  const rows = discRows(radius * shrink);
  const total = discSum(weight, w, h, rows);
  const out = newPicture(w, h);
  for (const [linear, drawn] of [
    [r, out.r],
    [g, out.g],
    [b, out.b],
  ] as const) {
    const sum = discSum(linear, w, h, rows);
    eachRun(sum.length, drawRun, { sum, total, drawn });
    letGo(linear, sum);
  }
  letGo(hidden, weight, total);
  return out;
}

type Weighed = {
  readonly r: Float32Array;
  readonly g: Float32Array;
  readonly b: Float32Array;
  readonly hidden: Float32Array | null;
  readonly weight: Float32Array;
};

/** Linear light times its weight, in place, and the weight. */
function weighRun({ r, g, b, hidden, weight }: Weighed, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const lr = (r[i] as number) ** 2;
    const lg = (g[i] as number) ** 2;
    const lb = (b[i] as number) ** 2;
    const light = 0.3 * lr + 0.6 * lg + 0.1 * lb;
    const seen = hidden ? Math.max(0, 1 - 1.25 * (hidden[i] as number)) : 1;
    const own = (0.6 + 5 * light * light) * seen + 1e-5;
    weight[i] = own;
    r[i] = lr * own;
    g[i] = lg * own;
    b[i] = lb * own;
  }
}

type Drawn = Readonly<Record<'sum' | 'total' | 'drawn', Float32Array>>;

function drawRun({ sum, total, drawn }: Drawn, from: number, to: number): void {
  for (let i = from; i < to; i++)
    drawn[i] = Math.sqrt(Math.max(0, (sum[i] as number) / (total[i] as number)));
}

/** For each row of the disc, how far it reaches to either side. */
function discRows(radius: number): { dy: number; reach: number }[] {
  const rows: { dy: number; reach: number }[] = [];
  const tall = Math.max(0, Math.floor(radius));
  for (let dy = -tall; dy <= tall; dy++)
    rows.push({ dy, reach: Math.floor(Math.sqrt(radius * radius - dy * dy)) });
  return rows;
}

/** Sums over the disc around each pixel, by running sums along rows; the edge repeats. */
function discSum(
  data: Float32Array,
  w: number,
  h: number,
  rows: readonly { dy: number; reach: number }[],
): Float32Array {
  const pad = Math.max(...rows.map(({ reach }) => reach)) + 1;
  const stride = w + 2 * pad + 1;
  const running = new Float64Array(stride * h);
  const out = newPlane(w, h).data;
  const of = { data, w, h, rows, pad, stride, running, out };
  eachRow(h, runRow, of);
  eachRow(h, sumRow, of);
  return out;
}

type Summed = {
  readonly data: Float32Array;
  readonly w: number;
  readonly h: number;
  readonly rows: readonly { dy: number; reach: number }[];
  readonly pad: number;
  readonly stride: number;
  readonly running: Float64Array;
  readonly out: Float32Array;
};

function runRow({ data, w, pad, stride, running }: Summed, y: number): void {
  let sum = 0;
  for (let k = 1; k < stride; k++) {
    sum += data[y * w + Math.min(w - 1, Math.max(0, k - 1 - pad))] as number;
    running[y * stride + k] = sum;
  }
}

function sumRow({ w, h, rows, pad, stride, running, out }: Summed, y: number): void {
  const start = y * w;
  for (const { dy, reach } of rows) {
    const from = Math.min(h - 1, Math.max(0, y + dy)) * stride + pad;
    for (let x = 0; x < w; x++) {
      const inside = (running[from + x + reach + 1] as number) - (running[from + x - reach] as number);
      out[start + x] = (out[start + x] as number) + inside;
    }
  }
}
