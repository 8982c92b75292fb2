import { resize } from '../kernels/resize.ts';
import { clamp01, type Picture, smoothstep } from '../raster.ts';

/**
 * How much a photo is surrounded by white, as in a studio or on a product shot: 0 not at all, 1 all around. A
 * corner that is darkened there looks like dirt.
 */
export function whiteSurround(photo: Picture): number {
  const side = 24;
  const [r, g, b] = [photo.r, photo.g, photo.b].map(
    (data) => resize({ width: photo.width, height: photo.height, data }, side, side).data,
  ) as [Float32Array, Float32Array, Float32Array];
  let sum = 0;
  let count = 0;
  for (let y = 0, i = 0; y < side; y++)
    for (let x = 0; x < side; x++, i++) {
      if (Math.min(x, y, side - 1 - x, side - 1 - y) > 1) continue;
      const [low, high] = [
        Math.min(r[i] as number, g[i] as number, b[i] as number),
        Math.max(r[i] as number, g[i] as number, b[i] as number),
      ];
      sum += smoothstep(0.5, 0.8, low) * (1 - smoothstep(0.12, 0.3, high - low));
      count += 1;
    }
  // Half a border of white is a window or a sky; a person before a white wall is surrounded by white nearly all around.
  return clamp01((sum / count - 0.45) / 0.35);
}
