import { eachRow, eachRun } from '../each-row.ts';
import { type Grade, unitOf } from '../grades/band.ts';
import { enlargedPicture, type Line } from '../kernels/enlarge-rows.ts';
import { gaussianPicture } from '../kernels/gaussian.ts';
import { grainRows, lookUp, toneTable, vignetteAt } from '../kernels/grade.ts';
import { resizePicture } from '../kernels/resize.ts';
import { letGo, type Picture, smoothstep } from '../raster.ts';

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
export const vintage: Grade = ({ photo, unit, white }, size) => {
  const { width, height } = size;
  const glow = enlargedPicture(halation(photo, unit), width, height);
  const grain = grainRows(width, height, Math.max(0.9, 1.2 * unitOf(size)), 71);
  const corners = 0.3 * (1 - white);
  return ({ top, r: reds, g: greens, b: blues }) => {
    const noises = grain(top, reds.length / width);
    eachRow(reds.length / width, printRow, {
      top,
      reds,
      greens,
      blues,
      glow,
      noises,
      width,
      height,
      corners,
    });
    letGo(noises);
  };
};

type Print = Readonly<Record<'reds' | 'greens' | 'blues' | 'noises', Float32Array>> &
  Readonly<Record<'top' | 'width' | 'height' | 'corners', number>> & { readonly glow: (y: number) => Line };

function printRow(of: Print, row: number): void {
  const { top, reds, greens, blues, glow, noises, width, height, corners } = of;
  const y = top + row;
  const [glowR, glowG, glowB] = glow(y);
  for (let x = 0, i = row * width; x < width; x++, i++) {
    const r = reds[i] as number;
    const g = greens[i] as number;
    const b = blues[i] as number;
    const tone = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    const dim = vignetteAt(x, y, width, height, corners);
    // Warm light from the upper right, wide and without a border.
    const across = 1.05 - x / width;
    const down = y / height + 0.1;
    const nearLight = Math.max(0, 1 - Math.sqrt(across * across + down * down) / 1.1);
    const leak = 0.1 * nearLight * nearLight;
    const noise = (noises[i] as number) * 0.055 * (1 - 0.55 * tone);
    reds[i] = lookUp(red, (tone + (r - tone) * 0.8) * dim + (glowR[x] as number)) + leak + noise;
    greens[i] = lookUp(green, (tone + (g - tone) * 0.8) * dim + (glowG[x] as number)) + leak * 0.5 + noise;
    blues[i] = lookUp(blue, (tone + (b - tone) * 0.74) * dim + (glowB[x] as number)) + leak * 0.1 + noise;
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
