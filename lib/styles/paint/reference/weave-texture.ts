import { newPicture, type Picture } from '../raster.ts';
import type { TextureMatch } from './match-texture.ts';

/** A picture as bytes, red, green and blue of each pixel one after the other: a third of the memory of floats. */
export type Swatch = {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
};

/** How far a match speaks beyond its own cell, in cells: enough that no border between two is seen as one. */
const reach = 1.25;

/** Which pixels of a line a cell speaks for, how much, and where in the swatch, from the match's place on. */
type Span = { readonly first: number; readonly weight: Float32Array; readonly step: Float32Array };

/**
 * The reference's own pixels in the order of the match, at any size: neighbouring matches are blended, so that
 * texture runs on where they agree and fades over where they do not.
 */
export function weaveTexture(match: TextureMatch, swatch: Swatch, width: number, height: number): Picture {
  const { r, g, b } = newPicture(width, height);
  const { pixels } = swatch;
  const tx = swatch.width / match.from.width;
  const ty = swatch.height / match.from.height;
  const columns = spans(match.width, width, tx);
  const rows = spans(match.height, height, ty);
  for (let cy = 0, cell = 0; cy < match.height; cy++) {
    const row = rows[cy] as Span;
    for (let cx = 0; cx < match.width; cx++, cell++) {
      const column = columns[cx] as Span;
      const left = (match.x[cell] as number) * tx;
      const top = (match.y[cell] as number) * ty;
      const wide = column.weight.length;
      for (let n = 0; n < row.weight.length; n++) {
        // A match keeps two cells from every border and speaks for less than two around it: this stays inside.
        const line = ((top + (row.step[n] as number)) | 0) * swatch.width;
        const share = row.weight[n] as number;
        let at = (row.first + n) * width + column.first;
        for (let m = 0; m < wide; m++, at++) {
          const weight = share * (column.weight[m] as number);
          const q = (line + ((left + (column.step[m] as number)) | 0)) * 3;
          r[at] = (r[at] as number) + weight * (pixels[q] as number);
          g[at] = (g[at] as number) + weight * (pixels[q + 1] as number);
          b[at] = (b[at] as number) + weight * (pixels[q + 2] as number);
        }
      }
    }
  }
  return { width, height, r, g, b };
}

/** What each of `cells` says about a line of `length` pixels. The weights at a pixel sum to the root of 1 / 255. */
function spans(cells: number, length: number, scale: number): Span[] {
  const size = cells / length;
  const total = new Float32Array(length);
  const found = Array.from({ length: cells }, (_, cell) => {
    const first = Math.max(0, Math.ceil((cell - reach + 0.5) / size - 0.5));
    const last = Math.min(length - 1, Math.floor((cell + reach + 0.5) / size - 0.5));
    const count = Math.max(0, last - first + 1);
    const weight = new Float32Array(count);
    const step = new Float32Array(count);
    for (let k = 0; k < count; k++) {
      const at = (first + k + 0.5) * size;
      weight[k] = Math.max(1e-4, 1 - Math.abs(at - 0.5 - cell) / reach);
      step[k] = (at - cell) * scale;
      total[first + k] = (total[first + k] as number) + (weight[k] as number);
    }
    return { first, weight, step };
  });
  // Bytes become 0 to 1 on the way: half of that in each direction.
  const unit = 1 / Math.sqrt(255);
  for (const { first, weight } of found) {
    for (let k = 0; k < weight.length; k++)
      weight[k] = ((weight[k] as number) * unit) / (total[first + k] as number);
  }
  return found;
}
