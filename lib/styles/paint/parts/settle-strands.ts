import { gaussian } from '../kernels/gaussian.ts';
import { fitted, resize, resizePicture } from '../kernels/resize.ts';
import { luma, type Picture, type Plane, smoothstep } from '../raster.ts';
import { depthOf } from './depth.ts';
import { acrossFace, fillCoordinates, type Head, leastCheek } from './head.ts';
import { type GrainField, labField } from './lab-field.ts';
import type { Shares } from './prior.ts';

/** In pixels; of a smaller head no strands are seen. */
const leastHead = 16;
/** As far from hair that was found, in heights of the face, a strand of it may hang. */
const reach = 0.24;
/** Where the person network saw nobody hair may stand off by so much: thin ends before what is behind. */
const loose = 0.08;
/** If what is behind is less unlike hair than this, nothing is told apart by it: a dark wall behind dark hair. */
const leastGap = { none: 0.1, all: 0.15 };
/** Less than this the person network never gives to somebody. */
const leastBody = 0.1;
/** So deep in hair it surely is some. */
const rim = 0.04;
/** Of each class at most so many places are compared with, */
const mostSamples = 180;
/** and so many of them, which are most alike, say what a place is. */
const alike = 5;
/** Hue and grain say so much more than light does; what lies a face's height away is as unlike as so much of it. */
const weights = { hue: 2.6, grain: 0.5, away: 0.1 };
/** A strand is wider than this, in heights of the face: frames of glasses are not. */
const thread = 0.045;
/** Hair that has hardly more grain than the face is judged as if it had so much more. */
const leastGrain = 0.15;

/**
 * Settles strands that hang before a face or a neck, in place: what was taken for skin beside hair, the middle of the face
 * apart, is hair where it has the grain of some and is more like what surely is hair than what surely is not (nearest
 * neighbours). So are thin ends that were taken for what is behind. `near` is the picture as it came, `body` where the person
 * network saw somebody.
 */
export function settleStrands(
  picture: Picture,
  body: Plane,
  grain: Float32Array,
  shares: Shares,
  heads: readonly Head[],
): void {
  const large = heads.filter(({ unit }) => unit >= leastHead);
  if (large.length === 0) return;
  const field = { ...labField(picture), grain };
  const [u, v] = [new Float32Array(field.L.length), new Float32Array(field.L.length)];
  for (const head of large) {
    fillCoordinates(head, field, u, v);
    settleHead(field, shares, body, head, u, v);
  }
}

/** How much light and dark lie side by side at each place, 0 to 1: hair has strands, and skin has none. */
export function grainOf(near: Picture, { width, height }: Picture): Float32Array {
  const finer = fitted(near, Math.min(3 * Math.max(width, height), Math.max(near.width, near.height)));
  const light = luma(resizePicture(near, finer.width, finer.height, 'smooth'));
  const soft = gaussian(light, 1.5).data;
  const square = { ...light, data: light.data.map((value, i) => (value - (soft[i] as number)) ** 2) };
  const mean = gaussian(resize(square, width, height), 1.2).data;
  const base = resize(light, width, height).data;
  return mean.map((value, i) =>
    Math.sqrt(Math.min(1, (6 * Math.sqrt(Math.max(0, value))) / ((base[i] as number) + 0.1))),
  );
}

function settleHead(
  field: GrainField,
  { skin, hair, background }: Shares,
  body: Plane,
  head: Head,
  u: Float32Array,
  v: Float32Array,
): void {
  const { width, height, grain } = field;
  const isHair = Uint8Array.from(hair.data, (share) => (share >= 0.5 ? 1 : 0));
  const within = depthOf(isHair, width, height);
  const without = depthOf(
    isHair.map((one) => 1 - one),
    width,
    height,
  );
  const sure = { hair: [] as number[], skin: [] as number[], other: [] as number[], behind: [] as number[] };
  const [asked, ends]: [number[], number[]] = [[], []];
  for (let i = 0; i < isHair.length; i++) {
    const [pu, pv] = [u[i] as number, v[i] as number];
    if (Math.abs(pu) > 1.2 || pv < -1.2 || pv > 1.3) continue;
    const skinHere = skin.data[i] as number;
    const inner = inFace(head, pu, pv);
    if (isHair[i] === 1) {
      if ((within[i] as number) > rim * head.unit && (hair.data[i] as number) > 0.8) sure.hair.push(i);
    } else if (
      (without[i] as number) < loose * head.unit &&
      (background.data[i] as number) > 0.3 &&
      (body.data[i] as number) > leastBody
    )
      ends.push(i);
    else if ((without[i] as number) < reach * head.unit && skinHere > 0.3 && inner < 1) asked.push(i);
    else {
      if (inner === 1) sure.skin.push(i);
      if ((background.data[i] as number) > 0.9 && (without[i] as number) < 0.5 * head.unit)
        sure.behind.push(i);
      if (inner === 1 || skinHere < 0.1 || (without[i] as number) > reach * head.unit) sure.other.push(i);
    }
  }
  const [hairs, skins, others] = [someOf(sure.hair), someOf(sure.skin), someOf(sure.other)];
  if (hairs.length < 24 || skins.length < 24) return;
  const smooth = middleOf(grain, skins);
  const span = Math.max(leastGrain, middleOf(grain, hairs) - smooth);
  const found = new Float32Array(isHair.length);
  const strand = isHair.slice();
  for (const i of asked) {
    const grained = smoothstep(0.2, 0.5, ((grain[i] as number) - smooth) / span);
    if (grained === 0) continue;
    const [toHair, toOther] = [unlike(field, hairs, i, head.unit), unlike(field, others, i, head.unit)];
    found[i] =
      grained *
      smoothstep(0.52, 0.68, toOther / (toHair + toOther + 1e-6)) *
      (1 - inFace(head, u[i] as number, v[i] as number));
    if ((found[i] as number) > 0.5) strand[i] = 1;
  }
  if (ends.length > 0) {
    const told = toldFromBehind(field, hairs, someOf(sure.behind), head.unit);
    for (const i of told > 0 ? ends : []) {
      const [toHair, toOther] = [unlike(field, hairs, i, head.unit), unlike(field, others, i, head.unit)];
      const share =
        told * (background.data[i] as number) * smoothstep(0.5, 0.62, toOther / (toHair + toOther + 1e-6));
      background.data[i] = (background.data[i] as number) - share;
      hair.data[i] = (hair.data[i] as number) + share;
    }
  }
  const core = depthOf(strand, width, height);
  const wide = core.map((depth) => (depth > thread * head.unit ? 1 : 0));
  const around = gaussian({ width, height, data: wide }, Math.max(0.8, thread * head.unit)).data;
  for (const i of asked) {
    const share = (skin.data[i] as number) * (found[i] as number) * smoothstep(0.1, 0.3, around[i] as number);
    skin.data[i] = (skin.data[i] as number) - share;
    hair.data[i] = (hair.data[i] as number) + share;
  }
}

/** 1 in the middle of a face and on its eyes and brows, where no strand is looked for. */
function inFace(head: Head, u: number, v: number): number {
  const across = Math.abs(acrossFace(head, u, leastCheek));
  const middle = 1 - smoothstep(0.9, 1.1, Math.hypot(across / 0.27, (v - 0.08) / 0.42));
  const eyes = (1 - smoothstep(0.2, 0.26, across)) * (1 - smoothstep(0.14, 0.2, Math.abs(v + 0.12)));
  return Math.max(middle, eyes);
}

/** How surely hair is told from what is behind it, 0 to 1: by the quarter of it that is most alike. */
function toldFromBehind(field: GrainField, hairs: Int32Array, behind: Int32Array, unit: number): number {
  const gaps = Float32Array.from(
    behind.filter((_, k) => k % 4 === 0),
    (i) => unlike(field, hairs, i, unit),
  ).sort();
  return smoothstep(leastGap.none, leastGap.all, gaps[gaps.length >> 2] ?? 0);
}

/** At most so many of some places, evenly. */
function someOf(places: readonly number[]): Int32Array {
  const step = Math.max(1, places.length / mostSamples);
  return Int32Array.from(
    { length: Math.min(places.length, mostSamples) },
    (_, k) => places[Math.floor(k * step)] as number,
  );
}

function middleOf(plane: Float32Array, places: Int32Array): number {
  return Float32Array.from(places, (i) => plane[i] as number).sort()[places.length >> 1] as number;
}

/** How unlike a place is the few samples that it is most like. */
function unlike({ width, L, a, b, grain }: GrainField, samples: Int32Array, i: number, unit: number): number {
  const nearest = new Float32Array(alike).fill(Infinity);
  const [x, y] = [i % width, Math.floor(i / width)];
  for (let n = 0; n < samples.length; n++) {
    const j = samples[n] as number;
    const hue = ((a[i] as number) - (a[j] as number)) ** 2 + ((b[i] as number) - (b[j] as number)) ** 2;
    const away = (x - (j % width)) ** 2 + (y - Math.floor(j / width)) ** 2;
    const d =
      ((L[i] as number) - (L[j] as number)) ** 2 +
      weights.hue ** 2 * hue +
      weights.grain ** 2 * ((grain[i] as number) - (grain[j] as number)) ** 2 +
      (weights.away / unit) ** 2 * away;
    let k = alike - 1;
    if (d >= (nearest[k] as number)) continue;
    for (; k > 0 && (nearest[k - 1] as number) > d; k--) nearest[k] = nearest[k - 1] as number;
    nearest[k] = d;
  }
  let sum = 0;
  for (const d of nearest) sum += Math.sqrt(d);
  return sum / alike;
}
