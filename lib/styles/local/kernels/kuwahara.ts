import { channels, newPicture, type Picture } from '../raster.ts';
import type { Flow } from './flow.ts';
import { gaussian } from './gaussian.ts';

const sectors = 8;

/**
 * Kuwahara filter, anisotropic: every pixel takes the mean of whichever sides around it are calm, so
 * flat areas melt together and edges stay. Instead of summing each sector anew, means and variances
 * are blurred once and read at eight points of an ellipse that lies along the flow: the cost does not
 * grow with the radius.
 */
export function kuwahara(photo: Picture, flow: Flow, radius: number): Picture {
  const { width, height } = photo;
  const sigma = radius * 0.42;
  const [r, g, b] = channels(photo).map((plane) => gaussian(plane, sigma).data) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const spread = variance(photo, r, g, b, sigma);
  const out = newPicture(width, height);
  const ring = Array.from({ length: sectors }, (_, k) => (k * 2 * Math.PI) / sectors);
  const cosines = Float32Array.from(ring, Math.cos);
  const sines = Float32Array.from(ring, Math.sin);
  const lastX = width - 1;
  const lastY = height - 1;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const along = radius * 0.72 * (1 + 0.9 * (flow.certainty[i] as number));
      const across = radius * 0.72 * (1 - 0.35 * (flow.certainty[i] as number));
      const [ax, ay] = [(flow.x[i] as number) * along, (flow.y[i] as number) * along];
      const [bx, by] = [-(flow.y[i] as number) * across, (flow.x[i] as number) * across];
      let [sr, sg, sb, total] = [0, 0, 0, 0];
      for (let k = 0; k < sectors; k++) {
        const [c, s] = [cosines[k] as number, sines[k] as number];
        let px = (x + c * ax + s * bx + 0.5) | 0;
        let py = (y + c * ay + s * by + 0.5) | 0;
        px = px < 0 ? 0 : px > lastX ? lastX : px;
        py = py < 0 ? 0 : py > lastY ? lastY : py;
        const at = py * width + px;
        const rough = spread[at] as number;
        const q = 1 / (1e-5 + rough);
        const weight = q * q * q;
        sr += weight * (r[at] as number);
        sg += weight * (g[at] as number);
        sb += weight * (b[at] as number);
        total += weight;
      }
      out.r[i] = sr / total;
      out.g[i] = sg / total;
      out.b[i] = sb / total;
    }
  }
  return out;
}

function variance(
  photo: Picture,
  r: Float32Array,
  g: Float32Array,
  b: Float32Array,
  sigma: number,
): Float32Array {
  const { width, height } = photo;
  const squares = new Float32Array(width * height);
  for (let i = 0; i < squares.length; i++) {
    const [pr, pg, pb] = [photo.r[i] as number, photo.g[i] as number, photo.b[i] as number];
    squares[i] = pr * pr + pg * pg + pb * pb;
  }
  const spread = gaussian({ width, height, data: squares }, sigma).data;
  for (let i = 0; i < spread.length; i++) {
    const [mr, mg, mb] = [r[i] as number, g[i] as number, b[i] as number];
    spread[i] = Math.max(0, (spread[i] as number) - mr * mr - mg * mg - mb * mb);
  }
  return spread;
}
