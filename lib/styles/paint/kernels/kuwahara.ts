import { eachRow, eachRun } from '../each-row.ts';
import { channels, letGo, memoryFor, newPicture, newPlane, type Picture, type Plane } from '../raster.ts';
import type { Flow } from './flow.ts';
import { gaussian } from './gaussian.ts';

const sectors = 8;

/**
 * Kuwahara filter, anisotropic: every pixel takes the mean of whichever sides around it are calm, so
 * flat areas melt together and edges stay. Instead of summing each sector anew, means and variances
 * are blurred once and read at eight points of an ellipse that lies along the flow: the cost does not
 * grow with the radius. (Kuwahara et al.: Processing of RI-angiocardiographic images, 1976; along the flow: Kyprianidis,
 * Kang, Döllner: Image and Video Abstraction by Anisotropic Kuwahara Filtering, Pacific Graphics 2009.)
 */
export function kuwahara(photo: Picture, flow: Flow, radius: number): Picture {
  const { width, height } = photo;
  const calm = calmMeans(photo, radius * 0.42);
  const out = newPicture(width, height);
  eachRow(height, turnRow, { calm, flow, radius, out });
  letGo({ width: width * 4, height, data: calm });
  return out;
}

const ring = Array.from({ length: sectors }, (_, k) => (k * 2 * Math.PI) / sectors);
const cosines = Float32Array.from(ring, Math.cos);
const sines = Float32Array.from(ring, Math.sin);

type Turned = {
  readonly calm: Float32Array;
  readonly flow: Flow;
  readonly radius: number;
  readonly out: Picture;
};

function turnRow({ calm, flow, radius, out }: Turned, y: number): void {
  const { width } = out;
  const lastX = width - 1;
  const lastY = out.height - 1;
  for (let x = 0, i = y * width; x < width; x++, i++) {
    const sure = flow.certainty[i] as number;
    const fx = flow.x[i] as number;
    const fy = flow.y[i] as number;
    const along = radius * 0.72 * (1 + 0.9 * sure);
    const across = radius * 0.72 * (1 - 0.35 * sure);
    let sr = 0;
    let sg = 0;
    let sb = 0;
    let total = 0;
    for (let k = 0; k < sectors; k++) {
      const c = (cosines[k] as number) * along;
      const s = (sines[k] as number) * across;
      let px = (x + c * fx - s * fy + 0.5) | 0;
      let py = (y + c * fy + s * fx + 0.5) | 0;
      px = px < 0 ? 0 : px > lastX ? lastX : px;
      py = py < 0 ? 0 : py > lastY ? lastY : py;
      const at = (py * width + px) << 2;
      sr += calm[at] as number;
      sg += calm[at + 1] as number;
      sb += calm[at + 2] as number;
      total += calm[at + 3] as number;
    }
    out.r[i] = sr / total;
    out.g[i] = sg / total;
    out.b[i] = sb / total;
  }
}

/** For each pixel the mean colour around it times its weight, and the weight: great where it is calm. */
function calmMeans(photo: Picture, sigma: number): Float32Array {
  const { width, height } = photo;
  const blurred = channels(photo).map((plane) => gaussian(plane, sigma)) as [Plane, Plane, Plane];
  const [r, g, b] = blurred.map(({ data }) => data) as [Float32Array, Float32Array, Float32Array];
  const squares = newPlane(width, height);
  eachRun(squares.data.length, squareRun, { photo, squares: squares.data });
  const soft = gaussian(squares, sigma);
  const mean = soft.data;
  const calm = memoryFor(width * height * 4);
  for (let from = 0; from < mean.length; from += width) weighRow({ r, g, b, mean }, from, from + width, calm);
  letGo(squares, soft, ...blurred);
  return calm;
}

type Squares = { readonly photo: Picture; readonly squares: Float32Array };

function squareRun({ photo: { r, g, b }, squares }: Squares, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const pr = r[i] as number;
    const pg = g[i] as number;
    const pb = b[i] as number;
    squares[i] = pr * pr + pg * pg + pb * pb;
  }
}

type Means = Readonly<Record<'r' | 'g' | 'b' | 'mean', Float32Array>>;

function weighRow({ r, g, b, mean }: Means, from: number, to: number, calm: Float32Array): void {
  for (let i = from; i < to; i++) {
    const mr = r[i] as number;
    const mg = g[i] as number;
    const mb = b[i] as number;
    const spread = (mean[i] as number) - mr * mr - mg * mg - mb * mb;
    const q = 0.01 / (1e-5 + (spread > 0 ? spread : 0));
    const weight = q * q * q;
    calm[i * 4] = mr * weight;
    calm[i * 4 + 1] = mg * weight;
    calm[i * 4 + 2] = mb * weight;
    calm[i * 4 + 3] = weight;
  }
}
