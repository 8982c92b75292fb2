import { gaussianPicture } from '../kernels/gaussian.ts';
import { filmGrain, gradePixels, lookUp, toneTable, vignetteAt } from '../kernels/grade.ts';
import { lensBlur } from '../kernels/lens-blur.ts';
import { resizePicture } from '../kernels/resize.ts';
import { mix, newPicture, type Picture, smoothstep } from '../raster.ts';
import type { Scene } from '../scene.ts';

const curve = toneTable([
  [0, 0.028],
  [0.12, 0.095],
  [0.45, 0.45],
  [0.78, 0.82],
  [1, 0.975],
]);

/** A frame from a film: shallow focus behind people, teal shadows against warm light, bloom and grain. */
export function cinematic({ photo, person, unit, white }: Scene): Picture {
  const { width, height } = photo;
  const out = newPicture(width, height);
  const behind = person ? lensBlur(photo, person, 13 * unit) : photo;
  const glow = bloom(photo, unit);
  const corners = 0.42 * (1 - white);
  const away = mix(0.86, 1, white);
  const grain = filmGrain(width, height, Math.max(0.8, unit), 11);
  out.r.set(photo.r);
  out.g.set(photo.g);
  out.b.set(photo.b);
  gradePixels(out, (p, i) => {
    const front = person ? (person.data[i] as number) : 1;
    let r = mix(behind.r[i] as number, p[0] as number, front);
    let g = mix(behind.g[i] as number, p[1] as number, front);
    let b = mix(behind.b[i] as number, p[2] as number, front);
    r = 1 - (1 - r) * (1 - (glow.r[i] as number));
    g = 1 - (1 - g) * (1 - (glow.g[i] as number));
    b = 1 - (1 - b) * (1 - (glow.b[i] as number));
    const before = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    const dim =
      vignetteAt(i % width, (i / width) | 0, width, height, corners) * (person ? mix(away, 1, front) : 1);
    const after = lookUp(curve, before * dim);
    const gain = after / Math.max(before, 0.02);
    const warm = smoothstep(0.28, 0.8, after);
    const cool = 1 - smoothstep(0.04, 0.52, after);
    const keep = 0.9;
    const noise = (grain.data[i] as number) * 0.035 * (1 - 0.7 * after);
    p[0] = after + (r * gain - after) * keep + 0.03 * warm - 0.045 * cool * (0.35 + after) + noise;
    p[1] = after + (g * gain - after) * keep + 0.008 * warm + 0.012 * cool * (0.35 + after) + noise;
    p[2] = after + (b * gain - after) * keep - 0.042 * warm + 0.05 * cool * (0.35 + after) + noise;
  });
  return out;
}

/** Light that spills over from what is nearly white. */
function bloom(photo: Picture, unit: number): Picture {
  const { width, height } = photo;
  const w = Math.max(1, Math.round(width / 4));
  const h = Math.max(1, Math.round(height / 4));
  const small = resizePicture(photo, w, h, 'smooth');
  gradePixels(small, (p) => {
    const light = 0.2126 * (p[0] as number) + 0.7152 * (p[1] as number) + 0.0722 * (p[2] as number);
    const over = smoothstep(0.72, 1, light) * 0.2;
    p[0] = (p[0] as number) * over * 1.1;
    p[1] = (p[1] as number) * over;
    p[2] = (p[2] as number) * over * 0.85;
  });
  return resizePicture(gaussianPicture(small, 5 * unit), width, height, 'smooth');
}
