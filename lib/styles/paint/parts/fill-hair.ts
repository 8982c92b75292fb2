import type { Picture } from '../raster.ts';
import { type Head, nearestHead } from './head.ts';
import { type LabField, labField } from './lab-field.ts';
import { eachPiece } from './pieces.ts';
import type { Shares } from './prior.ts';

/** Where an ear shows between locks, in heights of the face from its middle; nothing larger than so many of its squares. */
const ear = { from: 0.3, to: 0.68, above: -0.3, below: 0.4, most: 0.05 };

/** A piece that reaches farther from a head than this, in heights of the face, is an arm. */
const reach = 1.5;

/** A light behind somebody is at least this much more like what lies beside it than like hair, which borders it too. */
const light = { alike: 0.5, bare: 0.25 };

/**
 * Skin hangs together with a face. What on a head has its colour and hangs together with hair alone is where hair shines,
 * or a lock against the light: gives it to hair, in place. Where it borders what is behind and looks like that, it is a light there.
 */
export function fillHair(picture: Picture, shares: Shares, heads: readonly Head[]): void {
  const { skin, hair, background } = shares;
  const field = labField(picture);
  const { width, height, data } = skin;
  eachPiece(
    width,
    height,
    (i) => (data[i] as number) >= 0.5,
    (piece) => {
      const first = piece[0] as number;
      const head = nearestHead(heads, first % width, Math.floor(first / width));
      if (!head || !isOnHead(piece, width, head) || !isInHair(piece, shares)) return;
      const to = isBehind(field, piece, shares) ? background : hair;
      if (to === hair && isEar(piece, width, head)) return;
      // The piece and its soft rim.
      for (const middle of piece)
        for (const i of [middle, middle - 1, middle + 1, middle - width, middle + width]) {
          if (i < 0 || i >= data.length) continue;
          to.data[i] = (to.data[i] as number) + (data[i] as number);
          data[i] = 0;
        }
    },
  );
}

function isEar(piece: Int32Array, width: number, { x, y, unit }: Head): boolean {
  if (piece.length > ear.most * unit * unit) return false;
  let [across, down] = [0, 0];
  for (const i of piece) {
    across += ((i % width) - x) / unit / piece.length;
    down += (Math.floor(i / width) - y) / unit / piece.length;
  }
  const side = Math.abs(across);
  return side > ear.from && side < ear.to && down > ear.above && down < ear.below;
}

/** On a head and not in the middle of its face. */
function isOnHead(piece: Int32Array, width: number, { x, y, unit }: Head): boolean {
  return piece.every((i) => {
    const away = Math.hypot((i % width) - x, Math.floor(i / width) - y) / unit;
    return away >= 0.3 && away <= reach;
  });
}

/** Whether what lies around a piece is hair, or nobody. */
function isInHair(piece: Int32Array, { skin, hair, clothes, background }: Shares): boolean {
  let [ofHair, others] = [0, 0];
  for (const middle of piece)
    for (const i of [middle - 1, middle + 1, middle - skin.width, middle + skin.width]) {
      if (i < 0 || i >= skin.data.length || (skin.data[i] as number) >= 0.5) continue;
      if ((hair.data[i] as number) > 0.4) ofHair += 1;
      else if ((clothes.data[i] as number) > 0.4 || (background.data[i] as number) < 0.4) others += 1;
    }
  return ofHair >= 4 && others <= 0.25 * ofHair;
}

function isBehind(field: LabField, piece: Int32Array, { skin, hair, background }: Shares): boolean {
  const { width } = field;
  const inside = new Mean(field);
  const [ofHair, ofBack] = [new Mean(field), new Mean(field)];
  for (const i of piece) {
    inside.add(i);
    for (const step of [-1, 1, -width, width]) {
      if ((skin.data[i + step] ?? 1) >= 0.5) continue;
      // The place beside has something of both.
      if ((hair.data[i + step] as number) > 0.4) ofHair.add(i + 2 * step);
      else if ((background.data[i + step] as number) > 0.5) ofBack.add(i + 2 * step);
    }
  }
  if (ofBack.count < light.bare * (ofBack.count + ofHair.count)) return false;
  return inside.apart(ofBack) < light.alike * inside.apart(ofHair);
}

/** The mean colour of some places of a field. */
class Mean {
  count = 0;
  readonly #field: LabField;
  readonly #sum: [number, number, number] = [0, 0, 0];

  constructor(field: LabField) {
    this.#field = field;
  }

  add(i: number): void {
    const { L, a, b } = this.#field;
    if (L[i] === undefined) return;
    this.count += 1;
    for (const [k, plane] of [L, a, b].entries())
      this.#sum[k] = (this.#sum[k] as number) + (plane[i] as number);
  }

  /** How far from another, in OKLab. */
  apart(other: Mean): number {
    const [l, a, b] = this.#sum.map((sum, k) => sum / this.count - (other.#sum[k] as number) / other.count);
    return Math.hypot(l as number, 2 * (a as number), 2 * (b as number));
  }
}
