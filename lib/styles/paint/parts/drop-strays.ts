import { type Head, nearestHead } from './head.ts';
import { eachPiece } from './pieces.ts';
import { classes } from './prior.ts';
import type { Shares } from './solve-parts.ts';

/** Where somebody's own clothes begin, in heights of the face below its middle: about the chin. */
const collar = 0.45;
/** A piece of somebody that hangs together with no head is at least this large, in squares of a face's height. */
const leastPiece = 0.35;
/** And a piece of clothes. */
const leastCloth = 0.12;

/**
 * Takes away, in place, what belongs to nobody whose face was found: clothes wholly above everybody's chin, scraps, and pieces of
 * people that hang together with no head and lie above a chin, or are small: passers-by, a glass on the table.
 */
export function dropStrays(shares: Shares, heads: readonly Head[]): void {
  const { clothes, skin, background } = shares;
  const { width, height } = clothes;
  const isAbove = (i: number) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const head = nearestHead(heads, x, y);
    return head !== null && y < head.y + collar * head.unit;
  };
  const unitAt = ([first = 0]: Int32Array) =>
    nearestHead(heads, first % width, Math.floor(first / width))?.unit ?? 0;
  eachPiece(
    width,
    height,
    (i) => (clothes.data[i] as number) > 0.4,
    (piece) => {
      if (piece.length > leastCloth * unitAt(piece) ** 2 && !piece.every(isAbove)) return;
      // Who is behind us is somebody, if nobody's to dress.
      for (const i of piece) {
        skin.data[i] = (skin.data[i] as number) + (clothes.data[i] as number);
        clothes.data[i] = 0;
      }
    },
  );
  const isSomebody = (i: number) => (background.data[i] as number) < 0.5;
  eachPiece(
    width,
    height,
    // What touches with a pixel's width does not hang together.
    (i) =>
      isSomebody(i) &&
      isSomebody(i - 1) &&
      isSomebody(i + 1) &&
      isSomebody(i - width) &&
      isSomebody(i + width),
    (piece) => {
      const hasHead = piece.some((i) =>
        heads.some(
          (head) => Math.hypot((i % width) - head.x, Math.floor(i / width) - head.y) < 0.3 * head.unit,
        ),
      );
      if (hasHead) return;
      if (piece.length >= leastPiece * unitAt(piece) ** 2 && !piece.every(isAbove)) return;
      for (const middle of piece)
        for (const i of [middle, middle - 1, middle + 1, middle - width, middle + width]) {
          for (const name of classes) shares[name].data[i] = 0;
          background.data[i] = 1;
        }
    },
  );
}
