import { resize } from '../kernels/resize.ts';
import { segment } from '../people/find-person.ts';
import type { Models } from '../people/models.ts';
import { mix, type Picture, type Plane, smoothstep } from '../raster.ts';
import type { Head } from './head.ts';

/** Half a side of what is looked at, in heights of the face. */
const reach = 1.4;
const feather = 0.2;
/**
 * The mask with each head and its shoulders looked at from near, in place of what was seen from afar. `mask` has
 * the picture's size, and so have the heads' pixels.
 */
export async function lookNear(
  models: Models,
  picture: Picture,
  mask: Plane,
  heads: readonly Head[],
): Promise<Plane> {
  const { width, height } = picture;
  const out: Plane = { ...mask, data: mask.data.slice() };
  const weight = new Float32Array(out.data.length);
  for (const head of heads) {
    const half = reach * head.unit;
    const x = Math.max(0, Math.round(head.x - half));
    const y = Math.max(0, Math.round(head.y - half * 0.8));
    const w = Math.min(width, Math.round(head.x + half)) - x;
    const h = Math.min(height, Math.round(head.y + half * 1.2)) - y;
    if (w < 24 || h < 24) continue;
    const near = resize(await segment(models, picture, { x, y, width: w, height: h }), w, h).data;
    for (let row = 0, i = 0; row < h; row++)
      for (let column = 0; column < w; column++, i++) {
        const room = Math.min(
          x > 0 ? column : w,
          y > 0 ? row : h,
          x + w < width ? w - 1 - column : w,
          y + h < height ? h - 1 - row : h,
        );
        const share = smoothstep(0, feather, room / (2 * half));
        const at = (y + row) * width + x + column;
        // Where two looks overlap the surer of them counts.
        const before = weight[at] as number;
        const far = mask.data[at] as number;
        const seen = near[i] as number;
        // Who stands beside others is seen in their look without a head, and taken for nobody.
        if (seen < far && nearestOf(heads, x + column, y + row) !== head) continue;
        // What only the near look takes for somebody is a light or a leaf behind them, unless it is their rim.
        const value = seen > far ? mix(far, seen, smoothstep(0.12, 0.4, far)) : seen;
        const next = mix(far, value, share);
        if (share > before || value > (out.data[at] as number))
          out.data[at] = before > 0 ? Math.max(next, out.data[at] as number) : next;
        weight[at] = Math.max(before, share);
      }
  }
  return out;
}

/** The head whose body a place is nearest to: bodies hang down from heads. */
function nearestOf(heads: readonly Head[], x: number, y: number): Head | undefined {
  let [nearest, least] = [heads[0], Infinity];
  for (const head of heads) {
    const [across, down] = [(x - head.x) / head.unit, (y - head.y) / head.unit];
    const away = Math.hypot(across, down > 0 ? 0.45 * down : down);
    if (away < least) [nearest, least] = [head, away];
  }
  return nearest;
}
