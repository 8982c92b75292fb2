import { resize } from '../kernels/resize.ts';
import { eachPiece } from '../parts/pieces.ts';
import type { Picture, Plane } from '../raster.ts';
import { segment } from './find-person.ts';
import type { Models } from './models.ts';
import type { Region } from './sample-region.ts';

/** What is unsure is told in cells; the longest side has so many. */
const cells = 64;
/** Between these the network did not say whether it is somebody. */
const [nobody, somebody] = [0.08, 0.85];
/** Fewer cells are a rim, not a foot. */
const leastPiece = 8;
/** A piece is seen with so much of what is around it; one that fills most of the frame was seen no farther away. */
const [around, widest] = [2.4, 0.75];
const mostLooks = 2;

type Piece = { readonly places: readonly number[]; readonly region: Region };

/**
 * The mask, changed in place, with what was unsure from afar and is somebody from near: a foot in a sandal, a hand on a shoulder,
 * whoever sits between others. Takes nothing away: without a head in it, a look from near may miss a sleeve.
 */
export async function lookAtUnsure(models: Models, picture: Picture, mask: Plane): Promise<Plane> {
  const cell = Math.max(mask.width, mask.height) / cells;
  const width = Math.max(3, Math.round(mask.width / cell));
  const height = Math.max(3, Math.round(mask.height / cell));
  for (const { places, region } of unsurePieces(resize(mask, width, height), cell)) {
    const { x, y } = region;
    const [w, h] = [Math.min(mask.width - x, region.width), Math.min(mask.height - y, region.height)];
    const near = resize(await segment(models, picture, { x, y, width: w, height: h }), w, h);
    const own = new Float32Array(width * height);
    let seen = 0;
    for (const i of places) {
      const [column, row] = [i % width, Math.floor(i / width)];
      const px = Math.min(w - 1, Math.max(0, Math.round((column + 0.5) * cell - x)));
      const py = Math.min(h - 1, Math.max(0, Math.round((row + 0.5) * cell - y)));
      seen += (near.data[py * w + px] as number) / places.length;
      for (let dy = -2; dy <= 2; dy++)
        for (let dx = -2; dx <= 2; dx++)
          if (column + dx >= 0 && column + dx < width && row + dy >= 0 && row + dy < height)
            own[i + dy * width + dx] = 1;
    }
    if (seen < somebody) continue;
    const weight = resize({ width, height, data: own }, mask.width, mask.height).data;
    for (let row = 0, k = 0; row < h; row++)
      for (let column = 0; column < w; column++, k++) {
        const at = (y + row) * mask.width + x + column;
        mask.data[at] = Math.max(mask.data[at] as number, (near.data[k] as number) * (weight[at] as number));
      }
  }
  return mask;
}

/** The largest pieces of what is unsure, rims left out, and where to look at each. */
function unsurePieces({ width, height, data }: Plane, cell: number): Piece[] {
  const isUnsure = (i: number) => (data[i] as number) > nobody && (data[i] as number) < somebody;
  const isInside = (i: number) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) return false;
    let unsure = 0;
    for (let dy = -width; dy <= width; dy += width)
      for (let dx = -1; dx <= 1; dx++) if (isUnsure(i + dy + dx)) unsure += 1;
    return unsure > 6;
  };
  const found: Piece[] = [];
  eachPiece(width, height, isInside, (piece) => {
    if (piece.length < leastPiece) return;
    const places = [...piece];
    const columns = places.map((i) => i % width);
    const rows = places.map((i) => Math.floor(i / width));
    const [left, right] = [Math.min(...columns), Math.max(...columns) + 1];
    const [top, bottom] = [Math.min(...rows), Math.max(...rows) + 1];
    const side = around * (Math.max(right - left, bottom - top) + 2);
    if (side > widest * cells) return;
    const from = (low: number, high: number) => Math.max(0, Math.round(((low + high - side) / 2) * cell));
    const pixels = Math.round(side * cell);
    found.push({
      places,
      region: { x: from(left, right), y: from(top, bottom), width: pixels, height: pixels },
    });
  });
  return found.sort((one, two) => two.places.length - one.places.length).slice(0, mostLooks);
}
