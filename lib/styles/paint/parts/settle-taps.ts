import type { Tap } from '#lib/gallery/look/kinds.ts';
import { gaussian } from '../kernels/gaussian.ts';
import { newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';
import { depthOf } from './depth.ts';
import { type Head, nearestHead } from './head.ts';
import { type LabField, labField } from './lab-field.ts';
import type { Shares } from './prior.ts';
import { classes } from './prior.ts';

/** How much deeper than a tap what it settles may lie in what was taken wrongly. */
const deeper = 2;
/** How far a tap is heard, in depths of its place, and at most, in heights of a face. */
const reaches = { depths: 5, least: 0.25, most: 1.6 };
/** And as much of that is lost along the way: what is wrong ends somewhere, and what lies beyond it may look the same. */
const narrows = 0.65;
/** A tap lies at least so deep, in heights of a face: who taps a rim means something. */
const leastDepth = 0.04;
/** As much around a tap says what its colour is, in heights of a face. */
const ownColour = 0.06;
/** Colours this far from a tap's (OKLab) are another thing, and farther by this many times what they vary around it. */
const alike = { least: 0.12, varying: 1.5 };
/** What crossing an edge costs, of a whole way; less where there are edges all around the tap. */
const edge = { cost: 3, calm: 8 };
/** No way leads there. */
const closed = 9;

type Box = { left: number; top: number; width: number; height: number };

/**
 * Settles, in place, what taps say. A tap is meant for the whole of what is wrong there: what hangs together with its place,
 * looks like it and was taken for the same. People tap the middle of it, so it lies hardly more than twice as deep as the tap: a
 * tap on a strip along the rim does not reach into the middle of a part of the same colour. What nobody tapped stays.
 */
export function settleTaps(
  picture: Picture,
  shares: Shares,
  heads: readonly Head[],
  taps: readonly Tap[],
): Plane {
  const { width, height } = picture;
  const field = softened(labField(picture));
  const told = newPlane(width, height);
  const settled = new Float32Array(width * height).fill(1);
  for (const { part, x, y } of taps) {
    if (part === 'person') continue;
    // A covering is worn where hair would be: it is hair here and named afterwards.
    const wanted = classes.indexOf(part === 'covering' ? 'hair' : part);
    const [px, py] = [
      Math.min(width - 1, Math.floor(x * width)),
      Math.min(height - 1, Math.floor(y * height)),
    ];
    const unit = nearestHead(heads, px, py)?.unit ?? Math.max(width, height) / 4;
    const reach = reaches.most * unit;
    const left = Math.max(0, Math.floor(px - reach));
    const top = Math.max(0, Math.floor(py - reach));
    const box = {
      left,
      top,
      width: Math.min(width, Math.ceil(px + reach + 1)) - left,
      height: Math.min(height, Math.ceil(py + reach + 1)) - top,
    };
    const ways = waysFrom(cutField(field, box), classesIn(shares, box), {
      start: (py - top) * box.width + px - left,
      wanted,
      unit,
      edges: [left === 0, top === 0, left + box.width === width, top + box.height === height],
    });
    for (let row = 0, k = 0; row < box.height; row++)
      for (let column = 0; column < box.width; column++, k++) {
        const way = ways[k] as number;
        const i = (top + row) * width + left + column;
        // Of two taps the nearer one is meant.
        if (way >= (settled[i] as number)) continue;
        settled[i] = way;
        const share = 1 - smoothstep(0.6, 1, way);
        told.data[i] = Math.max(told.data[i] as number, share);
        for (const [c, name] of classes.entries()) {
          const { data } = shares[name];
          data[i] = (data[i] as number) * (1 - share) + (c === wanted ? share : 0);
        }
      }
  }
  return told;
}

function softened({ width, height, L, a, b }: LabField): LabField {
  const soft = (data: Float32Array) => gaussian({ width, height, data }, 0.8).data;
  return { width, height, L: soft(L), a: soft(a), b: soft(b) };
}

function cutField(field: LabField, { left, top, width, height }: Box): LabField {
  const cut = (from: Float32Array) => {
    const out = new Float32Array(width * height);
    for (let row = 0; row < height; row++) {
      const at = (top + row) * field.width + left;
      out.set(from.subarray(at, at + width), row * width);
    }
    return out;
  };
  return { width, height, L: cut(field.L), a: cut(field.a), b: cut(field.b) };
}

/** What each place was taken for. */
function classesIn(shares: Shares, { left, top, width, height }: Box): Uint8Array {
  const out = new Uint8Array(width * height);
  for (let row = 0, k = 0; row < height; row++)
    for (let column = 0; column < width; column++, k++) {
      const i = (top + row) * shares.skin.width + left + column;
      let most = -1;
      for (const [c, name] of classes.entries()) {
        const share = shares[name].data[i] as number;
        if (share > most) [most, out[k]] = [share, c];
      }
    }
  return out;
}

type From = {
  readonly start: number;
  readonly wanted: number;
  readonly unit: number;
  readonly edges: boolean[];
};

/** What the way from a tap to each place costs: under 1 where the tap means it. */
function waysFrom(field: LabField, taken: Uint8Array, { start, wanted, unit, edges }: From): Float32Array {
  const { width, height, L, a, b } = field;
  const was = taken[start] as number;
  const isWorn = (one: number) => classes[one] === 'hair' || classes[one] === 'clothes';
  // What is added may have been taken for skin here and for the wall there; what is left out, or is the other part, was one.
  const isAdded = isWorn(wanted) && !isWorn(was);
  const inside = taken.map((one) =>
    (was === wanted ? one === was : isAdded ? one !== wanted : one === was) ? 1 : 0,
  );
  const depth = depthOf(inside, width, height);
  const [sx, sy] = [start % width, Math.floor(start / width)];
  const rim = Math.min(
    ...edges.map((k, at) => (k ? ([sx, sy, width - 1 - sx, height - 1 - sy][at] as number) : 1e6)),
  );
  const own = Math.max(Math.min(depth[start] as number, 2 * rim), leastDepth * unit, 1.5);
  const deepest = Math.max(deeper * own, depth[start] as number);
  const reach = Math.min(reaches.most * unit, Math.max(reaches.least * unit, reaches.depths * own));
  const { middle, spread } = coloursAround(field, inside, start, Math.min(0.5 * own, ownColour * unit));
  const apart = (i: number) =>
    Math.hypot(
      (L[i] as number) - middle[0],
      2 * ((a[i] as number) - middle[1]),
      2 * ((b[i] as number) - middle[2]),
    );
  const awayOf = (i: number) => Math.min(1, Math.hypot((i % width) - sx, Math.floor(i / width) - sy) / reach);
  const strange = Float32Array.from(inside, (_, i) =>
    inside[i] === 1 && (depth[i] as number) <= deepest * (1 - narrows * awayOf(i))
      ? (apart(i) / (alike.least + alike.varying * spread)) ** 2
      : closed,
  );
  const calm = edge.cost / (1 + edge.calm * spread);
  return flood(field, strange, { start, reach, calm });
}

type Way = { readonly start: number; readonly reach: number; readonly calm: number };

function flood(
  { width, height, L, a, b }: LabField,
  strange: Float32Array,
  { start, reach, calm }: Way,
): Float32Array {
  const out = new Float32Array(strange.length).fill(1);
  out[start] = 0;
  const relax = (i: number, j: number) => {
    if ((strange[i] as number) >= closed) return;
    const step = Math.hypot(
      (L[i] as number) - (L[j] as number),
      2 * ((a[i] as number) - (a[j] as number)),
      2 * ((b[i] as number) - (b[j] as number)),
    );
    const next = (out[j] as number) + (0.5 + (strange[i] as number)) / reach + calm * step;
    if (next < (out[i] as number)) out[i] = next;
  };
  // Sweeps there and back settle all but labyrinths.
  for (let sweep = 0; sweep < 3; sweep++) {
    for (let y = 0, i = 0; y < height; y++)
      for (let x = 0; x < width; x++, i++) {
        if (x > 0) relax(i, i - 1);
        if (y > 0) relax(i, i - width);
      }
    for (let y = height - 1, i = width * height - 1; y >= 0; y--)
      for (let x = width - 1; x >= 0; x--, i--) {
        if (x < width - 1) relax(i, i + 1);
        if (y < height - 1) relax(i, i + width);
      }
  }
  return out;
}

/** The colour around a place, and how much it varies there. */
function coloursAround(
  { width, height, L, a, b }: LabField,
  inside: Uint8Array,
  start: number,
  radius: number,
) {
  const [x, y] = [start % width, Math.floor(start / width)];
  const reach = Math.max(1, Math.min(12, Math.round(radius)));
  let [n, l, ma, mb, square] = [0, 0, 0, 0, 0];
  for (let py = Math.max(0, y - reach); py <= Math.min(height - 1, y + reach); py++)
    for (let px = Math.max(0, x - reach); px <= Math.min(width - 1, x + reach); px++) {
      const i = py * width + px;
      if (inside[i] !== 1 || Math.hypot(px - x, py - y) > reach) continue;
      const [one, two, three] = [L[i] as number, 2 * (a[i] as number), 2 * (b[i] as number)];
      n += 1;
      l += one;
      ma += two;
      mb += three;
      square += one * one + two * two + three * three;
    }
  const middle = [l / n, ma / n / 2, mb / n / 2] as const;
  const spread = Math.sqrt(Math.max(0, square / n - middle[0] ** 2 - 4 * (middle[1] ** 2 + middle[2] ** 2)));
  return { middle, spread };
}
