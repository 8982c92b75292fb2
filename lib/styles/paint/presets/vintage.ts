import { gaussianPicture } from '../kernels/gaussian.ts';
import { filmGrain, lookUp, toneTable, vignetteAt } from '../kernels/grade.ts';
import { resizePicture } from '../kernels/resize.ts';
import { newPicture, type Picture, smoothstep } from '../raster.ts';
import type { Scene } from '../scene.ts';

const red = toneTable([
  [0, 0.085],
  [0.25, 0.29],
  [0.55, 0.62],
  [0.85, 0.91],
  [1, 0.975],
]);
const green = toneTable([
  [0, 0.07],
  [0.25, 0.255],
  [0.55, 0.565],
  [0.85, 0.865],
  [1, 0.945],
]);
const blue = toneTable([
  [0, 0.105],
  [0.25, 0.265],
  [0.55, 0.5],
  [0.85, 0.745],
  [1, 0.83],
]);

/** A colour print of the seventies: lifted blacks, warm whites, a red glow around lights, grain. */
export function vintage({ photo, unit, white }: Scene): Picture {
  const { width, height } = photo;
  const glow = halation(photo, unit);
  const grain = filmGrain(width, height, Math.max(0.9, 1.2 * unit), 71).data;
  const corners = 0.3 * (1 - white);
  const out = newPicture(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const r = photo.r[i] as number;
      const g = photo.g[i] as number;
      const b = photo.b[i] as number;
      const tone = 0.2126 * r + 0.7152 * g + 0.0722 * b;
      const dim = vignetteAt(x, y, width, height, corners);
      // Warm light from the upper right, wide and without a border.
      const nearLight = Math.max(0, 1 - Math.hypot(1.05 - x / width, y / height + 0.1) / 1.1);
      const leak = 0.1 * nearLight * nearLight;
      const noise = (grain[i] as number) * 0.055 * (1 - 0.55 * tone);
      out.r[i] = lookUp(red, (tone + (r - tone) * 0.8) * dim + (glow.r[i] as number)) + leak + noise;
      out.g[i] = lookUp(green, (tone + (g - tone) * 0.8) * dim + (glow.g[i] as number)) + leak * 0.5 + noise;
      out.b[i] = lookUp(blue, (tone + (b - tone) * 0.74) * dim + (glow.b[i] as number)) + leak * 0.1 + noise;
    }
  }
  return out;
}

/** Light that passed the film, came back from its base and reddened what lies around bright places. */
function halation(photo: Picture, unit: number): Picture {
  const { width, height } = photo;
  const small = resizePicture(photo, Math.max(1, width >> 2), Math.max(1, height >> 2), 'smooth');
  for (let i = 0; i < small.r.length; i++) {
    const tone = 0.3 * (small.r[i] as number) + 0.6 * (small.g[i] as number) + 0.1 * (small.b[i] as number);
    const over = smoothstep(0.66, 1, tone) * 0.22;
    small.r[i] = over;
    small.g[i] = over * 0.42;
    small.b[i] = over * 0.16;
  }
  return resizePicture(gaussianPicture(small, 4.5 * unit), width, height, 'smooth');
}
