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
/** Cloth that goes on beyond the chest covers so much of what lies before one, in heights of the face from its middle. */
const torso = { across: 0.8, from: 0.9, to: 2.6, covered: 0.45 };
/**
 * Tan, beige and cream are yellower than the face above, in radians, and have at most this share of its colour (for their light),
 * where that has enough to tell; bare skin that is yellower has more of it.
 */
const tan = { yellower: 0.2, most: 0.8, leastFace: 0.06 };
/** As light (OKLab) a face is at least where hues are to be believed. */
const leastLight = 0.4;

/**
 * A pullover or a coat of about a skin's colour is no bare chest: gives to clothes, in place, pieces on a torso that were taken
 * for skin and as a whole have another hue than the face above; and a tan suit, that goes on below, paler and yellower than it.
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
      let [across, down, before] = [0, 0, 0];
      for (const i of piece) {
        const [u, v] = [((i % width) - head.x) / head.unit, (Math.floor(i / width) - head.y) / head.unit];
        across += u / piece.length;
        down += v / piece.length;
        if (Math.abs(u) < torso.across && v > torso.from && v < torso.to) before += 1;
      }
      const whole = 2 * torso.across * (torso.to - torso.from) * head.unit ** 2;
      const isBefore = Math.abs(across) < chest.across && down < chest.down;
      const isSuit = before > torso.covered * whole;
      if (!isBefore && !isSuit) return;
      const [own, face] = [meanOf(field, piece), meanOf(field, faceOf(head, width, height))];
      const yellower = own.hue - face.hue;
      const isStrange = isBefore && Math.abs(yellower) > strange;
      const isTan =
        isSuit &&
        yellower > tan.yellower &&
        own.colour < tan.most * face.colour &&
        face.colour > tan.leastFace;
      // In the dark hues say nothing.
      if (face.light < leastLight || !(isStrange || isTan)) return;
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

/** Of places, the mean light and hue (radians), and how much colour they have for their light. */
function meanOf(
  { L, a, b }: LabField,
  places: ArrayLike<number>,
): { readonly light: number; readonly hue: number; readonly colour: number } {
  let [light, one, two] = [0, 0, 0];
  for (let k = 0; k < places.length; k++) {
    const i = places[k] as number;
    light += (L[i] as number) / places.length;
    one += a[i] as number;
    two += b[i] as number;
  }
  const colour = Math.hypot(one, two) / Math.max(1e-6, light * places.length);
  return { light, hue: Math.atan2(two, one), colour };
}
