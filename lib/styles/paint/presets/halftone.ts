import { eachRow } from '../each-row.ts';
import { gaussianPicture } from '../kernels/gaussian.ts';
import { lookUp, toneTable } from '../kernels/grade.ts';
import { inkRow, type Screen, screenAt } from '../kernels/halftone.ts';
import { paperAt, paperTile } from '../kernels/paper.ts';
import { clamp, clamp01, hex, letGo, newPicture, type Picture, type Plane, smoothstep } from '../raster.ts';
import type { Scene } from '../scene.ts';

const curve = toneTable([
  [0, 0],
  [0.2, 0.14],
  [0.5, 0.58],
  [0.8, 0.94],
  [1, 1],
]);

const inks = [hex('#00a2d8'), hex('#e3237f'), hex('#ffdf1a'), hex('#23211f')] as const;

/** Four-colour print seen from near: dots of cyan, magenta, yellow and black on newsprint. */
export function halftone({ photo, faces, stroke: unit }: Scene): Picture {
  const { width, height } = photo;
  const soft = gaussianPicture(photo, 0.8 * unit);
  // Dots small enough that the smallest face of note keeps its eyes.
  const smallest = Math.min(...faces.slice(0, 3).map((face) => face.height * height), 999 * unit);
  const cell = clamp(smallest / 36, 3.4 * Math.max(1, unit), 5.2 * unit);
  const screens = [screenAt(cell, 15), screenAt(cell, 75), screenAt(cell, 0), screenAt(cell, 45)] as const;
  const paper = paperTile('tooth', unit);
  const shift = 0.9 * unit;
  const out = newPicture(width, height);
  const plates = [0, 1, 2, 3].map(() => new Float64Array(width)) as [Plate, Plate, Plate, Plate];
  eachRow(height, halftoneRow, { soft, screens, shift, paper, plates, out });
  letGo(soft);
  return out;
}

/** One row of one colour: its tones, then its ink. */
type Plate = Float64Array;

type Print = {
  readonly soft: Picture;
  readonly screens: readonly [Screen, Screen, Screen, Screen];
  /** By how much magenta and yellow lie beside their place. */
  readonly shift: number;
  readonly paper: Plane;
  readonly plates: readonly [Plate, Plate, Plate, Plate];
  readonly out: Picture;
};

function halftoneRow(of: Print, y: number): void {
  const { screens, shift, plates } = of;
  separateRow(of, y);
  inkRow(screens[0], y, plates[0]);
  inkRow(screens[1], y, plates[1], shift);
  inkRow(screens[2], y + shift, plates[2]);
  inkRow(screens[3], y, plates[3]);
  printRow(of, y);
}

/** The tones of the four plates for one row. */
function separateRow({ soft, plates: [cyan, magenta, yellow, black] }: Print, y: number): void {
  const { width, r: reds, g: greens, b: blues } = soft;
  for (let x = 0, i = y * width; x < width; x++, i++) {
    const r = reds[i] as number;
    const g = greens[i] as number;
    const b = blues[i] as number;
    const tone = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    const gain = lookUp(curve, tone) / Math.max(0.03, tone);
    // Pale tints are left as they are: whites would break into coloured islands.
    const chroma = Math.max(r, g, b) - Math.min(r, g, b);
    const vivid = gain * (0.5 + 1.15 * smoothstep(0.03, 0.2, chroma));
    const full = tone * gain;
    const c = 1 - clamp01(full + (r - tone) * vivid);
    const m = 1 - clamp01(full + (g - tone) * vivid);
    const ye = 1 - clamp01(full + (b - tone) * vivid);
    const grey = Math.min(c, m, ye);
    const k = grey * grey * 0.9;
    const under = k * 0.75;
    // By the strongest of them: if each ran out by itself, a pale grey would end in a fringe of one ink.
    const share = printable(Math.max(c, m, ye) - under);
    cyan[x] = (c - under) * share;
    magenta[x] = (m - under) * share;
    yellow[x] = (ye - under) * share;
    black[x] = k;
  }
}

function printRow({ paper, plates, out }: Print, y: number): void {
  const { width, r, g, b } = out;
  const [cyan, magenta, yellow, black] = plates;
  for (let x = 0, i = y * width; x < width; x++, i++) {
    const c = cyan[x] as number;
    const m = magenta[x] as number;
    const ye = yellow[x] as number;
    const k = black[x] as number;
    const sheet = 0.975 - 0.035 * (1 - paperAt(paper, x, y));
    r[i] = sheet * 0.99 * printed(0, c, m, ye, k);
    g[i] = sheet * 0.97 * printed(1, c, m, ye, k);
    b[i] = sheet * 0.92 * printed(2, c, m, ye, k);
  }
}

/** Plates cannot hold the smallest dots: the lightest tones run out into bare paper instead of ending at a line. */
function printable(ink: number): number {
  return smoothstep(0.01, 0.1, ink);
}

/** What is left of the paper's light in one channel under the four inks. */
function printed(channel: 0 | 1 | 2, c: number, m: number, y: number, k: number): number {
  return (
    (1 - c * (1 - inks[0][channel])) *
    (1 - m * (1 - inks[1][channel])) *
    (1 - y * (1 - inks[2][channel])) *
    (1 - k * (1 - inks[3][channel]))
  );
}
