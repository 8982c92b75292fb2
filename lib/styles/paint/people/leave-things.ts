import { eachRow, eachRun } from '../each-row.ts';
import { type Regions, regionsOf } from '../kernels/regions.ts';
import { resize, resizePicture } from '../kernels/resize.ts';
import type { Head } from '../parts/head.ts';
import { type LabField, labField } from '../parts/lab-field.ts';
import { eachPiece } from '../parts/pieces.ts';
import { letGo, newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';

/** Things are told apart on a copy whose longest side has so many cells. */
const cells = 192;
const [scale, leastRegion] = [0.25, 10];
/** A region of which the mask holds less than this is a thing of the room; so is one that it holds, but is sure of hardly anywhere. */
const mostHeld = 0.7;
const [sure, mostSure] = [0.9, 0.4];
/** A region of fewer cells is mostly rim, of which nothing is sure. */
const leastUnsure = 30;
/** A region that the mask holds by this much and that has the colour of a face, in OKLab within so much of it, is an arm, if it lies so far below. */
const [ofSkin, likeSkin, belowFace] = [0.5, 0.028, 0.6];
/** In a photo without colour nothing is told by it. */
const leastColour = 0.025;
/** A face's own colour is told within this of its middle, in its heights. */
const ofFace = 0.3;
/** So near to the middle of a face, in its heights, is hair, however unsure; of a region of which so much is there nothing is left. */
const [nearHead, ofHead] = [0.95, 0.25];

/**
 * The mask, changed in place, without what it holds of things: a wedge of the table, half a glass. What has one colour and hangs
 * together belongs to people as a whole or not at all, and half of it is worse than none. Hair is left as it was seen.
 */
export function leaveThings(picture: Picture, mask: Plane, heads: readonly Head[]): Plane {
  const share = Math.min(1, cells / Math.max(picture.width, picture.height));
  const width = Math.max(3, Math.round(picture.width * share));
  const height = Math.max(3, Math.round(picture.height * share));
  const small = resizePicture(picture, width, height, 'smooth');
  const seen = resize(mask, width, height);
  const field = labField(small);
  const regions = regionsOf(field, scale, leastRegion);
  const isThing = thingsAmong(regions, field, seen, heads, share);
  const [things, core] = [newPlane(width, height), newPlane(width, height)];
  eachRow(height, markRow, { ids: regions.ids, isThing, seen: seen.data, heads, share, things });
  // What is narrow is a rim, which is better told by the photo's own edges.
  eachRow(height, coreRow, { from: things, to: core });
  eachRow(height, aroundRow, { from: core, to: things });
  dropIslands(things, seen, heads, share);
  const drop = resize(things, mask.width, mask.height);
  eachRun(mask.data.length, dropRun, { mask: mask.data, drop: drop.data });
  letGo(small, seen, things, core, drop);
  return mask;
}

type Counted = {
  readonly ids: Int32Array;
  readonly field: LabField;
  readonly seen: Plane;
  readonly heads: readonly Head[];
  /** Cells of the small copy for each pixel of the picture that heads are measured in. */
  readonly share: number;
  /** Of each region: how many cells, how much of them is held, and how many surely so and near a head. */
  readonly area: Float32Array;
  readonly held: Float32Array;
  readonly surely: Float32Array;
  readonly near: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
  readonly y: Float32Array;
};

/** Which regions are things, of which the mask may hold a part. */
function thingsAmong(
  { ids, count }: Regions,
  field: LabField,
  seen: Plane,
  heads: readonly Head[],
  share: number,
): Uint8Array {
  const sum = () => new Float32Array(count);
  const sums = { area: sum(), held: sum(), surely: sum(), near: sum(), a: sum(), b: sum(), y: sum() };
  const of: Counted = { ids, field, seen, heads, share, ...sums };
  eachRow(seen.height, countRow, of);
  const skins = heads
    .map((head) => skinOf(head, field, share))
    .filter(({ a, b }) => Math.hypot(a, b) > leastColour);
  return Uint8Array.from({ length: count }, (_, id) => {
    const area = of.area[id] as number;
    const mean = (of.held[id] as number) / area;
    const isUnsure = area >= leastUnsure && (of.surely[id] as number) < mostSure * area;
    if ((of.near[id] as number) >= ofHead * area || !(isUnsure || mean < mostHeld)) return 0;
    const [a, b, y] = [of.a, of.b, of.y].map((values) => (values[id] as number) / area) as [
      number,
      number,
      number,
    ];
    const isArm = (skin: Skin) => y > skin.chin && Math.hypot(a - skin.a, b - skin.b) < likeSkin;
    return mean > ofSkin && skins.some(isArm) ? 0 : 1;
  });
}

/** The colour of the middle of a face, light apart, and below which row there may be arms. */
type Skin = { readonly a: number; readonly b: number; readonly chin: number };

function skinOf(head: Head, { width, height, a, b }: LabField, share: number): Skin {
  const [x, y, reach] = [head.x * share, head.y * share, Math.max(1, ofFace * head.unit * share)];
  const skin = { a: 0, b: 0 };
  let cells = 0;
  for (let row = Math.max(0, Math.floor(y - reach)); row < Math.min(height, y + reach); row++)
    for (let column = Math.max(0, Math.floor(x - reach)); column < Math.min(width, x + reach); column++) {
      skin.a += a[row * width + column] as number;
      skin.b += b[row * width + column] as number;
      cells += 1;
    }
  const chin = y + belowFace * head.unit * share;
  return { a: skin.a / Math.max(1, cells), b: skin.b / Math.max(1, cells), chin };
}

function countRow(of: Counted, y: number): void {
  const { ids, field, seen, heads, share, area, held, surely, near, a, b, y: rows } = of;
  for (let x = 0, i = y * seen.width; x < seen.width; x++, i++) {
    const id = ids[i] as number;
    const value = seen.data[i] as number;
    area[id] = (area[id] as number) + 1;
    held[id] = (held[id] as number) + value;
    rows[id] = (rows[id] as number) + y;
    a[id] = (a[id] as number) + (field.a[i] as number);
    b[id] = (b[id] as number) + (field.b[i] as number);
    if (value > sure) surely[id] = (surely[id] as number) + 1;
    if (isNearHead(heads, (x + 0.5) / share, (y + 0.5) / share)) near[id] = (near[id] as number) + 1;
  }
}

function isNearHead(heads: readonly Head[], x: number, y: number): boolean {
  for (const head of heads) {
    const reach = nearHead * head.unit;
    // Hair rises higher than it reaches to the sides, where others stand, and than a chin lies low.
    const across = 1.25 * (x - head.x);
    const down = 0.9 * (y - head.y + 0.1 * head.unit);
    if (across * across + down * down < reach * reach) return true;
  }
  return false;
}

type Marked = Pick<Counted, 'ids' | 'heads' | 'share'> & {
  readonly isThing: Uint8Array;
  readonly seen: Float32Array;
  readonly things: Plane;
};

/**
 * What the mask holds of things; where it holds nothing, nothing is to be taken away. Nor is what is surely somebody near a head:
 * brown hair before brown stairs is one region with them.
 */
function markRow({ ids, isThing, seen, heads, share, things }: Marked, y: number): void {
  const { width, data } = things;
  for (let x = 0, i = y * width; x < width; x++, i++) {
    const value = seen[i] as number;
    const isMarked =
      isThing[ids[i] as number] === 1 &&
      value > 0.1 &&
      !(value > sure && isNearHead(heads, (x + 0.5) / share, (y + 0.5) / share));
    data[i] = isMarked ? 1 : 0;
  }
}

type Step = { readonly from: Plane; readonly to: Plane };

/** Cells all of whose neighbours are marked; the edge of the picture is no end of a thing. */
function coreRow({ from, to }: Step, y: number): void {
  const { width, height, data } = from;
  const above = Math.max(0, y - 1) * width;
  const below = Math.min(height - 1, y + 1) * width;
  for (let x = 0, i = y * width; x < width; x++, i++) {
    const left = Math.max(0, x - 1);
    const right = Math.min(width - 1, x + 1);
    let all = data[i] as number;
    for (let column = left; column <= right; column++)
      all *=
        (data[above + column] as number) *
        (data[y * width + column] as number) *
        (data[below + column] as number);
    to.data[i] = all;
  }
}

/** Of what is marked in `to`, what lies beside a core is left. */
function aroundRow({ from, to }: Step, y: number): void {
  const { width, height, data } = from;
  const above = Math.max(0, y - 1) * width;
  const below = Math.min(height - 1, y + 1) * width;
  for (let x = 0, i = y * width; x < width; x++, i++) {
    if ((to.data[i] as number) === 0) continue;
    const left = Math.max(0, x - 1);
    const right = Math.min(width - 1, x + 1);
    let any = 0;
    for (let column = left; column <= right; column++)
      any +=
        (data[above + column] as number) +
        (data[y * width + column] as number) +
        (data[below + column] as number);
    to.data[i] = any > 0 ? 1 : 0;
  }
}

/**
 * What is held between things and hangs together with no head is one of them: the lid of a laptop whose rim was given back. Half of
 * what is around it must be things; a leg or a hand mostly lies before the room.
 */
function dropIslands(things: Plane, seen: Plane, heads: readonly Head[], share: number): void {
  const { width, height, data } = things;
  const isLeft = (i: number) => (seen.data[i] as number) > 0.5 && data[i] === 0;
  eachPiece(width, height, isLeft, (piece) => {
    let [things, around] = [0, 0];
    for (const i of piece) {
      const x = i % width;
      if (isNearHead(heads, (x + 0.5) / share, (Math.floor(i / width) + 0.5) / share)) return;
      for (const j of [x > 0 ? i - 1 : i, x < width - 1 ? i + 1 : i, i - width, i + width]) {
        if (j < 0 || j >= data.length || isLeft(j)) continue;
        around += 1;
        things += data[j] as number;
      }
    }
    if (things > 0.5 * around) for (const i of piece) data[i] = 1;
  });
}

type Dropped = { readonly mask: Float32Array; readonly drop: Float32Array };

function dropRun({ mask, drop }: Dropped, from: number, to: number): void {
  for (let i = from; i < to; i++)
    mask[i] = (mask[i] as number) * (1 - smoothstep(0.25, 0.75, drop[i] as number));
}
