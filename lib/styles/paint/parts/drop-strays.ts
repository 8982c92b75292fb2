import { type Head, nearestHead } from './head.ts';
import { eachPiece } from './pieces.ts';
import type { Shares } from './prior.ts';
import { backwards, classes } from './prior.ts';

/** Where somebody's own clothes begin, in heights of the face below its middle: about the chin. */
const collar = 0.45;
/** A piece of somebody that hangs together with no head is at least this large, in squares of a face's height. */
const leastPiece = 0.35;
/** And a piece of clothes. */
const leastCloth = 0.12;
/** What lies as near to the middle of a head, in heights of its face, is of it. */
const ownHead = 0.95;

/**
 * Takes away, in place, what belongs to nobody whose face was found: clothes wholly above everybody's chin with whom they are
 * worn by, scraps, and pieces of people that hang together with no head and lie above a chin, or are small: a glass on the table.
 */
export function dropStrays(shares: Shares, heads: readonly Head[]): void {
  const { clothes, skin, background } = shares;
  const { width, height } = clothes;
  const headAt = (i: number) => nearestHead(heads, i % width, Math.floor(i / width));
  const isAbove = (i: number) => {
    const head = headAt(i);
    return head !== null && Math.floor(i / width) < head.y + collar * head.unit;
  };
  const unitAt = ([first = 0]: Int32Array) => headAt(first)?.unit ?? 0;
  const strange = new Uint8Array(width * height);
  let isAnybodyStrange = false;
  eachPiece(
    width,
    height,
    (i) => (clothes.data[i] as number) > 0.4,
    (piece) => {
      const isCloth = piece.length > leastCloth * unitAt(piece) ** 2;
      const isOverhead = piece.every(isAbove);
      if (isCloth && !isOverhead) return;
      isAnybodyStrange ||= isCloth;
      for (const i of piece) {
        skin.data[i] = (skin.data[i] as number) + (clothes.data[i] as number);
        clothes.data[i] = 0;
        if (isCloth) strange[i] = 1;
      }
    },
  );
  const isFar = (i: number) =>
    heads.every(
      ({ x, y, unit, turn }) =>
        Math.hypot((i % width) - x + backwards * turn * unit, Math.floor(i / width) - y) > ownHead * unit,
    );
  // Who wears a shirt above our chins stands behind us, with arms and head.
  eachPiece(
    width,
    height,
    (i) =>
      isAnybodyStrange && (strange[i] === 1 || ((skin.data[i] as number) > 0.4 && isAbove(i) && isFar(i))),
    (piece) => {
      if (!piece.some((i) => strange[i] === 1 && isFar(i))) return;
      for (const i of piece) giveBack(shares, i);
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
        for (const i of [middle, middle - 1, middle + 1, middle - width, middle + width]) giveBack(shares, i);
    },
  );
}

/** Makes a place nobody's. */
function giveBack(shares: Shares, i: number): void {
  for (const name of classes) shares[name].data[i] = 0;
  shares.background.data[i] = 1;
}
