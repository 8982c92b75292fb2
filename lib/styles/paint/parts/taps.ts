import type { Tap } from '#lib/gallery/look/kinds.ts';
import { mix, type Picture, smoothstep } from '../raster.ts';
import type { Head } from './head.ts';
import { type LabField, labField } from './lab-field.ts';
import type { PartClass } from './prior.ts';

/** What a tap does: a push for its class that dies away with the way through the picture, and where it is near. */
export type Pull = { readonly part: PartClass; readonly push: Float32Array; readonly near: Float32Array };

/**
 * Spreads each tap from its place: steps cost length and change of colour, so that it stays on the thing that
 * was touched.
 */
export function spreadTaps(picture: Picture, taps: readonly Tap[], heads: readonly Head[]): Pull[] {
  const field = labField(picture);
  const { width, height, L, a, b } = field;
  return taps.flatMap(({ part, x, y }) => {
    if (part === 'person') return [];
    const start =
      Math.min(height - 1, Math.floor(y * height)) * width + Math.min(width - 1, Math.floor(x * width));
    const unit = nearestUnit(heads, x * width, y * height, Math.max(width, height) / 4);
    const far = geodesic(field, start, unit);
    const reach = reachOf(heads, x * width, y * height);
    const [push, near] = [new Float32Array(L.length), new Float32Array(L.length)];
    for (let i = 0; i < L.length; i++) {
      const dc = Math.hypot(
        (L[i] as number) - (L[start] as number),
        2 * ((a[i] as number) - (a[start] as number)),
        2 * ((b[i] as number) - (b[start] as number)),
      );
      const here = Math.exp(-(far[i] as number) / reach) * Math.exp(-((dc / 0.25) ** 2));
      push[i] = 8 * here;
      near[i] = (far[i] as number) < 0.15 ? 1 : 0;
    }
    // A covering is worn where hair would be: it is solved as hair and named afterwards.
    return [{ part: part === 'covering' ? 'hair' : part, push, near }];
  });
}

/**
 * How far a tap is heard, in heights of a face: about a head, where parts are small and often have the colour of what is
 * behind, less than on a body.
 */
function reachOf(heads: readonly Head[], x: number, y: number): number {
  let away = Infinity;
  for (const head of heads) away = Math.min(away, Math.hypot(x - head.x, y - head.y) / head.unit);
  return mix(0.6, 1.5, smoothstep(0.8, 1.6, away));
}

function nearestUnit(heads: readonly Head[], x: number, y: number, otherwise: number): number {
  let [best, unit] = [Infinity, otherwise];
  for (const head of heads) {
    const d = Math.hypot(head.x - x, head.y - y);
    if (d < best) [best, unit] = [d, head.unit];
  }
  return unit;
}

/** The cheapest way from one pixel to each other, in heights of a face; a colour edge costs as much as a long way. */
function geodesic({ width, height, L, a, b }: LabField, start: number, unit: number): Float32Array {
  const cost = new Float32Array(width * height).fill(60);
  cost[start] = 0;
  const step = 0.5 / unit;
  const relax = (i: number, j: number) => {
    const change = Math.hypot(
      (L[i] as number) - (L[j] as number),
      (a[i] as number) - (a[j] as number),
      (b[i] as number) - (b[j] as number),
    );
    const next = (cost[j] as number) + step + 5 * change;
    if (next < (cost[i] as number)) cost[i] = next;
  };
  // Sweeps there and back settle all but labyrinths.
  for (let sweep = 0; sweep < 3; sweep++) {
    for (let y = 0, i = 0; y < height; y++)
      for (let x = 0; x < width; x++, i++) {
        if (x > 0) relax(i, i - 1);
        if (y > 0) relax(i, i - width);
      }
    for (let y = height - 1, i = width * height - 1; y >= 0; y--)
      for (let x = width - 1; x >= 0; x--, i--) {
        if (x < width - 1) relax(i, i + 1);
        if (y < height - 1) relax(i, i + width);
      }
  }
  return cost;
}
