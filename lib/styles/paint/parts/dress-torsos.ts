import { type Head, nearestHead } from './head.ts';
import type { LabField } from './lab-field.ts';
import { eachPiece } from './pieces.ts';
import type { Shares } from './prior.ts';

/** Face and neck lie in so much beside and below the middle of a face, in its heights. */
const neck = { across: 0.55, down: 0.85 };
/** A piece of cloth before a chest lies about there, in heights of the face, and is at least so large, in their squares. */
const chest = { across: 0.9, down: 2.6, least: 0.5 };
/** Its hue differs from the face's by so much, in radians: skin of one person does by a third of that, in other light by two. */
const strange = 0.28;
/** As light (OKLab) a face is at least where hues are to be believed. */
const leastLight = 0.4;

/**
 * A pullover or a coat of about a skin's colour is no bare chest: gives to clothes, in place, pieces on a torso that were taken
 * for skin and as a whole have another hue than the face above.
 */
export function dressTorsos(field: LabField, { skin, clothes }: Shares, heads: readonly Head[]): void {
  const { width, height, data } = skin;
  const isHead = (i: number) =>
    heads.some(
      ({ x, y, unit }) =>
        Math.abs((i % width) - x) < neck.across * unit && Math.floor(i / width) - y < neck.down * unit,
    );
  eachPiece(
    width,
    height,
    (i) => (data[i] as number) > 0.5 && !isHead(i),
    (piece) => {
      const first = piece[0] as number;
      const head = nearestHead(heads, first % width, Math.floor(first / width));
      if (!head || piece.length < chest.least * head.unit ** 2) return;
      let [across, down] = [0, 0];
      for (const i of piece) {
        across += ((i % width) - head.x) / head.unit / piece.length;
        down += (Math.floor(i / width) - head.y) / head.unit / piece.length;
      }
      if (Math.abs(across) > chest.across || down > chest.down) return;
      const [own, face] = [meanOf(field, piece), meanOf(field, faceOf(head, width, height))];
      // In the dark hues say nothing.
      if (face.light < leastLight || Math.abs(own.hue - face.hue) < strange) return;
      for (const i of piece) {
        clothes.data[i] = (clothes.data[i] as number) + (data[i] as number);
        data[i] = 0;
      }
    },
  );
}

/** Places in the middle of a face, below its eyes. */
function faceOf({ x, y, unit }: Head, width: number, height: number): number[] {
  const out: number[] = [];
  for (let row = Math.max(0, Math.ceil(y)); row < Math.min(height, y + 0.34 * unit); row++)
    for (let at = Math.max(0, Math.ceil(x - 0.25 * unit)); at < Math.min(width, x + 0.25 * unit); at++)
      out.push(row * width + at);
  return out;
}

function meanOf({ L, a, b }: LabField, places: ArrayLike<number>): { light: number; hue: number } {
  let [light, one, two] = [0, 0, 0];
  for (let k = 0; k < places.length; k++) {
    const i = places[k] as number;
    light += (L[i] as number) / places.length;
    one += a[i] as number;
    two += b[i] as number;
  }
  return { light, hue: Math.atan2(two, one) };
}
