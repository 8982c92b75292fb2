import { eachRun } from '../each-row.ts';
import type { Grade } from '../grades/band.ts';
import { type GradedBand, gradeRows } from '../grades/graded-rows.ts';
import { enlargedPicture, type Line } from '../kernels/enlarge-rows.ts';
import { gaussianPicture } from '../kernels/gaussian.ts';
import { lookUp, toneTable, vignetteAt } from '../kernels/grade.ts';
import { resizePicture } from '../kernels/resize.ts';
import { letGo, type Picture, smoothstep } from '../raster.ts';

const reds = toneTable([
  [0, 0.085],
  [0.25, 0.29],
  [0.55, 0.62],
  [0.85, 0.91],
  [1, 0.975],
]);
const greens = toneTable([
  [0, 0.07],
  [0.25, 0.255],
  [0.55, 0.565],
  [0.85, 0.865],
  [1, 0.945],
]);
const blues = toneTable([
  [0, 0.105],
  [0.25, 0.265],
  [0.55, 0.5],
  [0.85, 0.745],
  [1, 0.83],
]);

/** A colour print of the seventies: lifted blacks, warm whites, a red glow around lights, grain. */
export const vintage: Grade = (scene, size) => {
  const glow = enlargedPicture(halation(scene.photo, scene.unit), size.width, size.height);
  return gradeRows(scene, size, { grain: [1.2, 0.9, 71], corners: 0.3, row: printRow }, { glow });
};

type Glowing = { readonly glow: (y: number) => Line };

function printRow(of: GradedBand & Glowing, row: number): void {
  const { top, red, green, blue, glow, noises, width, height, corners } = of;
  const y = top + row;
  const [glowR, glowG, glowB] = glow(y);
  for (let x = 0, i = row * width; x < width; x++, i++) {
    const r = red[i] as number;
    const g = green[i] as number;
    const b = blue[i] as number;
    const tone = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    const dim = vignetteAt(x, y, width, height, corners);
    // Warm light from the upper right, wide and without a border.
    const across = 1.05 - x / width;
    const down = y / height + 0.1;
    const nearLight = Math.max(0, 1 - Math.sqrt(across * across + down * down) / 1.1);
    const leak = 0.1 * nearLight * nearLight;
    const noise = (noises[i] as number) * 0.055 * (1 - 0.55 * tone);
    red[i] = lookUp(reds, (tone + (r - tone) * 0.8) * dim + (glowR[x] as number)) + leak + noise;
    green[i] = lookUp(greens, (tone + (g - tone) * 0.8) * dim + (glowG[x] as number)) + leak * 0.5 + noise;
    blue[i] = lookUp(blues, (tone + (b - tone) * 0.74) * dim + (glowB[x] as number)) + leak * 0.1 + noise;
  }
}

/** Light that passed the film, came back from its base and reddened what lies around bright places; a quarter as large. */
function halation(photo: Picture, unit: number): Picture {
  const small = resizePicture(photo, Math.max(1, photo.width >> 2), Math.max(1, photo.height >> 2), 'smooth');
  eachRun(small.r.length, halationRun, { small });
  const soft = gaussianPicture(small, 4.5 * unit);
  letGo(small);
  return soft;
}

type Halation = {
  readonly small: Picture;
};

function halationRun({ small }: Halation, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const tone = 0.3 * (small.r[i] as number) + 0.6 * (small.g[i] as number) + 0.1 * (small.b[i] as number);
    const over = smoothstep(0.66, 1, tone) * 0.22;
    small.r[i] = over;
    small.g[i] = over * 0.42;
    small.b[i] = over * 0.16;
  }
}
