import { eachRow, eachRun } from '../each-row.ts';
import { type Regions, regionsOf } from '../kernels/regions.ts';
import { resize, resizePicture } from '../kernels/resize.ts';
import type { Head } from '../parts/head.ts';
import { labField } from '../parts/lab-field.ts';
import { letGo, newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';

/** Things are told apart on a copy whose longest side has so many cells. */
const cells = 192;
const [scale, leastRegion] = [0.25, 10];
/** A region of which the mask holds less than this is a thing of the room; so is one that it holds, but is sure of hardly anywhere. */
const mostHeld = 0.7;
const [sure, mostSure] = [0.9, 0.4];
/** A region of fewer cells is mostly rim, of which nothing is sure. */
const leastUnsure = 30;
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
  const regions = regionsOf(labField(small), scale, leastRegion);
  const isThing = thingsAmong(regions, seen, heads, share);
  const [things, core] = [newPlane(width, height), newPlane(width, height)];
  eachRun(things.data.length, markRun, { ids: regions.ids, isThing, seen: seen.data, things: things.data });
  // What is narrow is a rim, which is better told by the photo's own edges.
  eachRow(height, coreRow, { from: things, to: core });
  eachRow(height, aroundRow, { from: core, to: things });
  const drop = resize(things, mask.width, mask.height);
  eachRun(mask.data.length, dropRun, { mask: mask.data, drop: drop.data });
  letGo(small, seen, things, core, drop);
  return mask;
}

type Counted = {
  readonly ids: Int32Array;
  readonly seen: Plane;
  readonly heads: readonly Head[];
  /** Cells of the small copy for each pixel of the picture that heads are measured in. */
  readonly share: number;
  /** Of each region: how many cells, how much of them is held, and how many surely so and near a head. */
  readonly area: Float32Array;
  readonly held: Float32Array;
  readonly surely: Float32Array;
  readonly near: Float32Array;
};

/** Which regions are things, of which the mask may hold a part. */
function thingsAmong(
  { ids, count }: Regions,
  seen: Plane,
  heads: readonly Head[],
  share: number,
): Uint8Array {
  const sum = () => new Float32Array(count);
  const of: Counted = { ids, seen, heads, share, area: sum(), held: sum(), surely: sum(), near: sum() };
  eachRow(seen.height, countRow, of);
  return Uint8Array.from({ length: count }, (_, id) => {
    const area = of.area[id] as number;
    if ((of.near[id] as number) >= ofHead * area) return 0;
    const isUnsure = area >= leastUnsure && (of.surely[id] as number) < mostSure * area;
    return isUnsure || (of.held[id] as number) < mostHeld * area ? 1 : 0;
  });
}

function countRow(of: Counted, y: number): void {
  const { ids, seen, heads, share, area, held, surely, near } = of;
  for (let x = 0, i = y * seen.width; x < seen.width; x++, i++) {
    const id = ids[i] as number;
    const value = seen.data[i] as number;
    area[id] = (area[id] as number) + 1;
    held[id] = (held[id] as number) + value;
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

type Marked = {
  readonly ids: Int32Array;
  readonly isThing: Uint8Array;
  readonly seen: Float32Array;
  readonly things: Float32Array;
};

/** What the mask holds of things; where it holds nothing, nothing is to be taken away. */
function markRun({ ids, isThing, seen, things }: Marked, from: number, to: number): void {
  for (let i = from; i < to; i++)
    things[i] = isThing[ids[i] as number] === 1 && (seen[i] as number) > 0.1 ? 1 : 0;
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

type Dropped = { readonly mask: Float32Array; readonly drop: Float32Array };

function dropRun({ mask, drop }: Dropped, from: number, to: number): void {
  for (let i = from; i < to; i++)
    mask[i] = (mask[i] as number) * (1 - smoothstep(0.25, 0.75, drop[i] as number));
}
