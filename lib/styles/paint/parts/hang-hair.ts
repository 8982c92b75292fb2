import type { Plane } from '../raster.ts';
import { depthOf } from './depth.ts';
import { type Head, nearestHead } from './head.ts';
import type { LabField } from './lab-field.ts';
import { eachPiece } from './pieces.ts';
import type { Shares } from './prior.ts';

/** Long hair goes on below a jaw, so far to the side and as far down, in heights of the face from its middle. */
const reach = { from: 0.25, across: 1.35, down: 3.4 };
/** A step goes on in the same hair while its colour is so near (OKLab) to the way's; the widest that still ends is taken. */
const alike = [0.09, 0.075, 0.065, 0.05, 0.04] as const;
/** A way takes on so much of each colour that it comes through: hair fades to its ends. */
const fading = 0.12;
/** A lock is at least so large, in squares of a face's height, and nowhere thicker, in heights: a garment as dark as hair is. */
const lock = { least: 0.05, thickest: 0.45 };
/**
 * All of somebody's hair may hang on one side: what lies farther from their middle than `from`, but for the share `before`, may be
 * thicker, as long as it is longer than thick (heights of the face; thickness as a share of length).
 */
const beside = { from: 0.3, before: 0.1, thickest: 0.62, share: 2 / 7 };
/** By so much (OKLab) a lock differs all around from what it hangs before, a stronger edge counting as `most`. */
const edge = { least: 0.125, most: 0.4 };

/**
 * Geometry lets hair end at about a collar. What goes on below in its colour and stays a lock, before another colour all
 * around, is hair to its ends: gives it to hair, in place. What widens is a garment as dark as the hair and stays one.
 */
export function hangHair(field: LabField, shares: Shares, heads: readonly Head[]): void {
  const { hair, clothes } = shares;
  for (const head of heads)
    for (const most of alike) {
      const followed = followHair(field, shares, head, heads, most);
      if (!followed) break;
      eachPiece(
        hair.width,
        hair.height,
        (i) => followed[i] === 1,
        (piece) => {
          if (!isLock(field, hair, piece, followed, head)) return;
          for (const i of piece) {
            hair.data[i] = (hair.data[i] as number) + (clothes.data[i] as number);
            clothes.data[i] = 0;
          }
        },
      );
    }
}

/** 1 where clothes follow a head's hair without a change of colour; null where that head has no hair so far down. */
function followHair(
  field: LabField,
  { hair, clothes }: Shares,
  head: Head,
  heads: readonly Head[],
  most: number,
): Uint8Array | null {
  const { width, height } = hair;
  const count = width * height;
  // The colour of the way to each place.
  const way = [new Float32Array(count), new Float32Array(count), new Float32Array(count)] as const;
  const own = [field.L, field.a, field.b] as const;
  const [seen, followed] = [new Uint8Array(count), new Uint8Array(count)];
  const queue = new Int32Array(count);
  let end = 0;
  const hangs = (i: number) => {
    const across = ((i % width) + 0.5 - head.x) / head.unit;
    const down = (Math.floor(i / width) + 0.5 - head.y) / head.unit;
    return down > reach.from && down < reach.down && Math.abs(across) < reach.across;
  };
  for (let i = 0; i < count; i++) {
    if ((hair.data[i] as number) < 0.5 || !hangs(i)) continue;
    if (nearestHead(heads, i % width, Math.floor(i / width)) !== head) continue;
    seen[i] = 1;
    for (const [c, plane] of own.entries()) (way[c] as Float32Array)[i] = plane[i] as number;
    queue[end++] = i;
  }
  if (end === 0) return null;
  const visit = (i: number, from: number) => {
    if (seen[i] === 1 || (clothes.data[i] as number) < 0.4 || !hangs(i)) return;
    const [l, a, b] = own.map(
      (plane, c) => (plane[i] as number) - ((way[c] as Float32Array)[from] as number),
    );
    if (Math.hypot(l as number, 2 * (a as number), 2 * (b as number)) > most) return;
    for (const [c, plane] of own.entries()) {
      const before = (way[c] as Float32Array)[from] as number;
      (way[c] as Float32Array)[i] = before + fading * ((plane[i] as number) - before);
    }
    seen[i] = 1;
    followed[i] = 1;
    queue[end++] = i;
  };
  for (let at = 0; at < end; at++) {
    const i = queue[at] as number;
    const x = i % width;
    if (x > 0) visit(i - 1, i);
    if (x < width - 1) visit(i + 1, i);
    if (i >= width) visit(i - width, i);
    if (i < count - width) visit(i + width, i);
  }
  return followed;
}

/** How thick a lock may be, in pixels, where it lies and as long as it is. */
function thickestOf(piece: Int32Array, width: number, { x, unit }: Head): number {
  let [first, last, before] = [Infinity, 0, 0];
  for (const i of piece) {
    first = Math.min(first, Math.floor(i / width));
    last = Math.max(last, Math.floor(i / width));
    if (Math.abs((i % width) - x) < beside.from * unit) before += 1;
  }
  const isBeside = before < beside.before * piece.length;
  const long = isBeside ? Math.min(beside.thickest * unit, beside.share * (last - first)) : 0;
  return Math.max(lock.thickest * unit, long);
}

function isLock(
  { L, a, b }: LabField,
  hair: Plane,
  piece: Int32Array,
  followed: Uint8Array,
  head: Head,
): boolean {
  const { unit } = head;
  if (piece.length < lock.least * unit * unit) return false;
  const own = new Uint8Array(hair.data.length);
  for (const i of piece) own[i] = 1;
  const depth = depthOf(own, hair.width, hair.height);
  const thickest = thickestOf(piece, hair.width, head);
  let [contrast, rim] = [0, 0];
  for (const i of piece) {
    if (2 * (depth[i] as number) > thickest) return false;
    for (const step of [-1, 1, hair.width, -hair.width]) {
      // The place beside has something of both.
      const beyond = i + 2 * step;
      if (own[i + step] !== 0 || followed[beyond] !== 0 || (hair.data[beyond] as number) > 0.4) continue;
      const [l, u, v] = [L, a, b].map((plane) => (plane[i] as number) - (plane[beyond] as number));
      rim += 1;
      contrast += Math.min(edge.most, Math.hypot(l as number, 2 * (u as number), 2 * (v as number)));
    }
  }
  return contrast > edge.least * rim;
}
