import { newPlane, type Plane } from '../raster.ts';
import { gaussian } from './gaussian.ts';
import { resize } from './resize.ts';

/**
 * Guided filter: smooths `input` but lets it turn where `guide` turns. Fitted on a copy whose longest
 * side is at most `fitAt`, then applied to the full guide, so a rough mask gains the photo's own edges.
 */
export function guidedFilter(
  guide: Plane,
  input: Plane,
  options: { sigma: number; epsilon: number; fitAt?: number },
): Plane {
  const { width, height } = guide;
  const shrink = Math.min(1, (options.fitAt ?? 512) / Math.max(width, height));
  const w = Math.max(1, Math.round(width * shrink));
  const h = Math.max(1, Math.round(height * shrink));
  const small = resize(guide, w, h);
  const wanted = resize(input, w, h);
  const sigma = Math.max(0.5, options.sigma * shrink);
  const meanGuide = gaussian(small, sigma).data;
  const meanInput = gaussian(wanted, sigma).data;
  const meanSquare = gaussian(times(small, small), sigma).data;
  const meanProduct = gaussian(times(small, wanted), sigma).data;
  const slope = newPlane(w, h);
  const offset = newPlane(w, h);
  for (let i = 0; i < w * h; i++) {
    const g = meanGuide[i] as number;
    const p = meanInput[i] as number;
    const a = ((meanProduct[i] as number) - g * p) / ((meanSquare[i] as number) - g * g + options.epsilon);
    slope.data[i] = a;
    offset.data[i] = p - a * g;
  }
  const a = resize(gaussian(slope, sigma * 0.7), width, height).data;
  const b = resize(gaussian(offset, sigma * 0.7), width, height).data;
  const out = newPlane(width, height);
  for (let i = 0; i < out.data.length; i++) {
    out.data[i] = (a[i] as number) * (guide.data[i] as number) + (b[i] as number);
  }
  return out;
}

function times(one: Plane, two: Plane): Plane {
  const out = newPlane(one.width, one.height);
  for (let i = 0; i < out.data.length; i++) out.data[i] = (one.data[i] as number) * (two.data[i] as number);
  return out;
}
