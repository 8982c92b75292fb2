import type { Picture, Plane } from '../raster.ts';
import { colourCells, learnColours } from './colour-model.ts';
import { type Head, nearestHead } from './head.ts';
import { labField } from './lab-field.ts';
import { eachPiece } from './pieces.ts';
import type { Shares } from './prior.ts';

/** Around a neck one sees of each piece of clothing some, down to so far below the middle of the face, in its heights. */
const around = { across: 1.2, down: 1.3 };
/** Farther down than this begin trousers and skirts, of which nothing shows there. */
const waist = 2.4;
/** So much more usual in the room than in the clothes around necks: the logarithm of how many times. */
const strange = 0.5;
/** A piece is at least this large, in squares of a face's height. */
const leastPiece = 0.02;
/** The room around a piece says what it is made of there: as near as this, in heights of a face. */
const roomNear = 0.6;
/** And by so much stranger in the mean, the more the less of its rim is bare: a print lies within cloth. */
const leastDoubt = 1.2;

/**
 * Gives back to the room, in place, what was taken for clothes and is made of what the room is made of and no clothing around
 * a neck is: a paper between two arms, the wall between two shoulders.
 */
export function dropRoom(picture: Picture, shares: Shares, heads: readonly Head[]): void {
  const { width, height } = picture;
  const { clothes, background } = shares;
  const { L, a, b } = labField(picture);
  const cells = colourCells(L, a, b);
  // How far below the middle of the nearest face clothes lie, and whether around its neck.
  const down = new Float32Array(cells.length).fill(Infinity);
  const collar = new Float32Array(cells.length);
  for (let i = 0; i < cells.length; i++) {
    if (!((clothes.data[i] as number) > 0.5)) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    const head = nearestHead(heads, x, y);
    if (!head) continue;
    down[i] = (y - head.y) / head.unit;
    if (Math.abs(x - head.x) < around.across * head.unit && (down[i] as number) < around.down) collar[i] = 1;
  }
  const worn = learnColours(cells, collar);
  const room = learnColours(
    cells,
    background.data.map((share) => (share > 0.9 ? 1 : 0)),
  );
  const doubt = (i: number) => (room[cells[i] as number] as number) - (worn[cells[i] as number] as number);
  const inside = new Uint8Array(clothes.data.length);
  eachPiece(
    width,
    height,
    (i) => (down[i] as number) < waist && doubt(i) > strange,
    (piece) => {
      const first = piece[0] as number;
      const unit = nearestHead(heads, first % width, Math.floor(first / width))?.unit ?? 0;
      if (piece.length < leastPiece * unit * unit) return;
      for (const i of piece) inside[i] = 1;
      const here = learnColours(cells, roomAround(piece, background, roomNear * unit));
      let [rim, bare, sum] = [0, 0, 0];
      for (const i of piece) {
        sum += (here[cells[i] as number] as number) - (worn[cells[i] as number] as number);
        for (const j of [i - 1, i + 1, i - width, i + width]) {
          if (inside[j] === 1) continue;
          rim += 1;
          if (!((clothes.data[j] as number) > 0.5)) bare += 1;
        }
      }
      if ((sum / piece.length) * (bare / rim) < leastDoubt) return;
      for (const i of piece) {
        background.data[i] = (background.data[i] as number) + (clothes.data[i] as number);
        clothes.data[i] = 0;
      }
    },
  );
}

/** What lies around a piece and surely is nobody's. */
function roomAround(piece: Int32Array, { width, height, data }: Plane, reach: number): Float32Array {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (const i of piece) {
    const [x, y] = [i % width, Math.floor(i / width)];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const out = new Float32Array(data.length);
  const [from, to] = [Math.max(0, Math.floor(left - reach)), Math.min(width, Math.ceil(right + reach))];
  for (let y = Math.max(0, Math.floor(top - reach)); y < Math.min(height, bottom + reach); y++)
    for (let i = y * width + from; i < y * width + to; i++) out[i] = (data[i] as number) > 0.9 ? 1 : 0;
  return out;
}
