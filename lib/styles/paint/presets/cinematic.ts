import { eachRun } from '../each-row.ts';
import type { Grade } from '../grades/band.ts';
import { type GradedBand, gradeRows } from '../grades/graded-rows.ts';
import { enlargedPicture, type Line } from '../kernels/enlarge-rows.ts';
import { gaussianPicture } from '../kernels/gaussian.ts';
import { lookUp, toneTable, vignetteAt } from '../kernels/grade.ts';
import { resizePicture } from '../kernels/resize.ts';
import { letGo, mix, type Picture, smoothstep } from '../raster.ts';

const curve = toneTable([
  [0, 0.028],
  [0.12, 0.095],
  [0.45, 0.45],
  [0.78, 0.82],
  [1, 0.975],
]);

/** A frame from a film: shallow focus behind people, teal shadows against warm light, bloom and grain. */
export const cinematic: Grade = (scene, size) => {
  const glow = enlargedPicture(bloom(scene.photo, scene.unit), size.width, size.height);
  const opening = { grain: [1, 0.8, 11], corners: 0.42, away: 0.86, blur: 13, row: gradeRow } as const;
  return gradeRows(scene, size, opening, { glow });
};

type Glowing = { readonly glow: (y: number) => Line };

function gradeRow(of: GradedBand & Glowing, row: number): void {
  const { top, red, green, blue, mask, backdrop, glow, noises, width, height, corners, away } = of;
  const y = top + row;
  const blurred = backdrop?.(y);
  const [glowR, glowG, glowB] = glow(y);
  for (let x = 0, i = row * width; x < width; x++, i++) {
    const front = mask ? (mask[i] as number) : 1;
    let r = red[i] as number;
    let g = green[i] as number;
    let b = blue[i] as number;
    if (blurred) {
      r = mix(blurred[0][x] as number, r, front);
      g = mix(blurred[1][x] as number, g, front);
      b = mix(blurred[2][x] as number, b, front);
    }
    r = 1 - (1 - r) * (1 - (glowR[x] as number));
    g = 1 - (1 - g) * (1 - (glowG[x] as number));
    b = 1 - (1 - b) * (1 - (glowB[x] as number));
    const before = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    const dim = vignetteAt(x, y, width, height, corners) * (mask ? mix(away, 1, front) : 1);
    const after = lookUp(curve, before * dim);
    const gain = after / Math.max(before, 0.02);
    const warm = smoothstep(0.28, 0.8, after);
    const cool = 1 - smoothstep(0.04, 0.52, after);
    const keep = 0.9;
    const noise = (noises[i] as number) * 0.035 * (1 - 0.7 * after);
    red[i] = after + (r * gain - after) * keep + 0.03 * warm - 0.045 * cool * (0.35 + after) + noise;
    green[i] = after + (g * gain - after) * keep + 0.008 * warm + 0.012 * cool * (0.35 + after) + noise;
    blue[i] = after + (b * gain - after) * keep - 0.042 * warm + 0.05 * cool * (0.35 + after) + noise;
  }
}

/** Light that spills over from what is nearly white, a quarter as large. */
function bloom(photo: Picture, unit: number): Picture {
  const { width, height } = photo;
  const w = Math.max(1, Math.round(width / 4));
  const h = Math.max(1, Math.round(height / 4));
  const small = resizePicture(photo, w, h, 'smooth');
  eachRun(small.r.length, bloomRun, small);
  const soft = gaussianPicture(small, 5 * unit);
  letGo(small);
  return soft;
}

function bloomRun({ r, g, b }: Picture, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const light = 0.2126 * (r[i] as number) + 0.7152 * (g[i] as number) + 0.0722 * (b[i] as number);
    const over = smoothstep(0.72, 1, light) * 0.2;
    r[i] = (r[i] as number) * over * 1.1;
    g[i] = (g[i] as number) * over;
    b[i] = (b[i] as number) * over * 0.85;
  }
}
