import { gaussianPicture } from '../kernels/gaussian.ts';
import { lookUp, toneTable } from '../kernels/grade.ts';
import { dotInk, screenAt } from '../kernels/halftone.ts';
import { paperAt, paperTile } from '../kernels/paper.ts';
import { clamp, clamp01, hex, newPicture, type Picture, smoothstep } from '../raster.ts';
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
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const r = soft.r[i] as number;
      const g = soft.g[i] as number;
      const b = soft.b[i] as number;
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
      const cyan = dotInk(screens[0], x, y, printable(c - under));
      const magenta = dotInk(screens[1], x + shift, y, printable(m - under));
      const yellow = dotInk(screens[2], x, y + shift, printable(ye - under));
      const black = dotInk(screens[3], x, y, k);
      const sheet = 0.975 - 0.035 * (1 - paperAt(paper, x, y));
      out.r[i] = sheet * 0.99 * printed(0, cyan, magenta, yellow, black);
      out.g[i] = sheet * 0.97 * printed(1, cyan, magenta, yellow, black);
      out.b[i] = sheet * 0.92 * printed(2, cyan, magenta, yellow, black);
    }
  }
  return out;
}

/** A plate cannot hold the smallest dots: the lightest tones run out into bare paper instead of ending at a line. */
function printable(ink: number): number {
  return ink * smoothstep(0.01, 0.1, ink);
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
