import type { Tap } from '#lib/gallery/look/kinds.ts';
import { newPlane, type Picture, type Plane } from '../raster.ts';
import { fillCoordinates, type Head } from './head.ts';
import { type LabField, labField } from './lab-field.ts';
import type { Shares } from './prior.ts';

/** Seen of one head, in its own coordinates. */
type Coordinates = { readonly u: Float32Array; readonly v: Float32Array; readonly turn: number };

/** Of a smaller head no hat can be told: its share of the longest side. */
const leastHead = 0.116;

/** A chin lies so far below the middle of a face, in its heights. */
const chinDown = 0.5;

/** A crown begins so far above the middle of a face, in its heights. */
const crownFrom = 0.4;

/** Of a face that looks farther to the side one cheek is not seen. */
const leastTurn = 0.3;
/** A scarf leaves less of a neck bare. */
const mostNeck = 0.4;
/** How unlike its crown one scarf is beside the cheeks and under the chin, and how unlike a cheek it is there; of a shade that hair has, less. */
const sameCloth = {
  ofHairShade: { light: 0.12, hue: 0.03, fromCheek: 0.16 },
  ofAnother: { light: 0.28, hue: 0.045, fromCheek: 0.1 },
};

/** What lies on a head: its own hair, something worn on top of it, or something closed around the whole face. */
export type Wear = 'hair' | 'hat' | 'scarf';

/**
 * 1 where what was solved as hair (or, under a chin, as clothes) is a scarf or a hat. Who says so by a tap is
 * believed; otherwise it is told by colours that hair has not, by light and dark side by side, and by the same
 * cloth above the face and under the chin.
 */
export function tellCoverings(
  picture: Picture,
  shares: Shares,
  heads: readonly Head[],
  taps: readonly Tap[],
): Plane {
  const { width, height } = picture;
  const out = newPlane(width, height);
  const field = labField(picture);
  const [u, v] = [new Float32Array(out.data.length), new Float32Array(out.data.length)];
  for (const head of heads) {
    fillCoordinates(head, picture, u, v);
    const told = toldBy(taps, head, picture);
    const isSmall = head.unit < leastHead * Math.max(width, height);
    const wear = told ?? wearOf(field, shares, { u, v, turn: head.turn }, isSmall);
    if (wear === 'hair') continue;
    const crown = medianOf(field, shares.hair, u, v, isCrown);
    // Who says that it is clothes below a chin means that no scarf lies there.
    const least = taps.some((tap) => tap.part === 'clothes' && isBelowChin(tap, head, picture))
      ? chinDown
      : Infinity;
    for (let i = 0; i < out.data.length; i++) {
      const [across, down] = [Math.abs(u[i] as number), v[i] as number];
      if (across > 1.1 || down < -1.4 || down > least) continue;
      if (wear === 'hat') out.data[i] = down < -0.28 ? 1 : (out.data[i] as number);
      else if (!told && (down < chinDown || isMostlyHair(shares, i))) out.data[i] = 1;
      else if (down < 1.6 && crown && distance(field, i, crown) < 0.2) out.data[i] = 1;
    }
  }
  return out;
}

function isBelowChin({ x, y }: Tap, head: Head, { width, height }: Picture): boolean {
  const [across, down] = [(x * width - head.x) / head.unit, (y * height - head.y) / head.unit];
  return Math.abs(across) < 2 && down > chinDown && down < 2.5;
}

function isMostlyHair({ hair, clothes }: Shares, i: number): boolean {
  return (hair.data[i] as number) > (clothes.data[i] as number);
}

/** What taps near a head say of it. */
export function toldBy(taps: readonly Tap[], head: Head, { width, height }: Picture): Wear | null {
  let told: Wear | null = null;
  for (const { part, x, y } of taps) {
    if (part !== 'covering' && part !== 'hair') continue;
    const away = Math.hypot(x * width - head.x, y * height - head.y) / head.unit;
    if (away > 1.8) continue;
    // Hair may show below a cap; on top of a head it denies one.
    if (part === 'hair') told ??= y * height < head.y - crownFrom * head.unit ? 'hair' : null;
    else told = y * height > head.y ? 'scarf' : told === 'scarf' ? 'scarf' : 'hat';
  }
  return told;
}

export function isCrown(across: number, down: number): boolean {
  return across < 0.42 && down < -0.5 && down > -0.95;
}

export function isUnderChin(across: number, down: number): boolean {
  return across < 0.22 && down > 0.62 && down < 0.8;
}

function isBesideCheek(across: number, down: number): boolean {
  return across > 0.38 && across < 0.58 && down > -0.05 && down < 0.5;
}

function isCheek(across: number, down: number): boolean {
  return across < 0.3 && down > -0.1 && down < 0.3;
}

type Colour = readonly [number, number, number];

function wearOf(field: LabField, shares: Shares, of: Coordinates, isSmall: boolean): Wear {
  const { u, v } = of;
  const crown = medianOf(field, shares.hair, u, v, isCrown);
  if (!crown) return 'hair';
  if (isClosed(field, shares, of, crown)) return 'scarf';
  if (isSmall) return 'hair';
  // Dark bands and white tops, badges: no hair has both within a hand's breadth.
  const lights: number[] = [];
  for (let i = 0; i < u.length; i++)
    if (
      isCrown(Math.abs(u[i] as number), v[i] as number) &&
      (shares.background.data[i] as number) < 0.4 &&
      (shares.skin.data[i] as number) < 0.5
    )
      lights.push(field.L[i] as number);
  lights.sort((one, two) => one - two);
  const at = (share: number) => lights[Math.floor(share * (lights.length - 1))] ?? 0;
  if (lights.length > 12 && at(0.8) - at(0.2) > 0.42 && at(0.2) < 0.4) return 'hat';
  const chroma = Math.hypot(crown[1], crown[2]);
  const hue = (Math.atan2(crown[2], crown[1]) * 180) / Math.PI;
  return chroma > 0.05 && (hue < 8 || hue > 105) ? 'hat' : 'hair';
}

/** Whether the cloth of the crown goes on beside the cheeks and under the chin: between hair and a collar lie ears or a neck. */
function isClosed(field: LabField, shares: Shares, { u, v, turn }: Coordinates, crown: Colour): boolean {
  const cheek = medianOf(field, null, u, v, isCheek);
  const chin = medianOf(field, null, u, v, isUnderChin);
  // Of a face that looks to the side, what lies beyond it is not seen.
  const sides = [-1, 1].filter((side) => side * turn < leastTurn);
  const seen = sides.map((side) =>
    medianOf(
      field,
      null,
      u.map((across) => (side * across > 0 ? across : Infinity)),
      v,
      isBesideCheek,
    ),
  );
  if (!cheek || !chin || bareNeck(shares, { u, v }) > mostNeck) return false;
  const most = isHairShade(crown) ? sameCloth.ofHairShade : sameCloth.ofAnother;
  const isSame = (one: Colour | null) =>
    one !== null &&
    Math.abs(one[0] - crown[0]) < most.light &&
    Math.hypot(one[1] - crown[1], one[2] - crown[2]) < most.hue;
  return apart(chin, cheek) > most.fromCheek && [chin, ...seen].every(isSame);
}

function bareNeck({ skin }: Shares, { u, v }: Pick<Coordinates, 'u' | 'v'>): number {
  let [bare, all] = [0, 0];
  for (let i = 0; i < u.length; i++) {
    if (!isUnderChin(Math.abs(u[i] as number), v[i] as number)) continue;
    all += 1;
    bare += skin.data[i] as number;
  }
  return bare / Math.max(1, all);
}

/** Whether hair grows in this shade: black to fair, and red. */
function isHairShade([L, a, b]: Colour): boolean {
  const hue = (Math.atan2(b, a) * 180) / Math.PI;
  return L < 0.72 && (Math.hypot(a, b) < 0.03 || (hue > 15 && hue < 100));
}

/** How unlike the colours above a face and under its chin are; endless where one of them is out of the picture. */
export function crownToChin(picture: Picture, u: Float32Array, v: Float32Array): number {
  const field = labField(picture);
  const crown = medianOf(field, null, u, v, isCrown);
  const chin = medianOf(field, null, u, v, isUnderChin);
  return crown && chin ? apart(crown, chin) : Infinity;
}

function apart(one: Colour, two: Colour): number {
  return Math.hypot(one[0] - two[0], 2 * (one[1] - two[1]), 2 * (one[2] - two[2]));
}

function distance({ L, a, b }: LabField, i: number, to: Colour): number {
  return apart([L[i] as number, a[i] as number, b[i] as number], to);
}

/** The middle colour of a part of the head, of the pixels that `of` gives to it; null where there is too little. */
function medianOf(
  { L, a, b }: LabField,
  of: Plane | null,
  u: Float32Array,
  v: Float32Array,
  isInside: (across: number, down: number) => boolean,
): Colour | null {
  const found: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < L.length; i++) {
    if (!isInside(Math.abs(u[i] as number), v[i] as number) || (of && (of.data[i] as number) < 0.5)) continue;
    found[0].push(L[i] as number);
    found[1].push(a[i] as number);
    found[2].push(b[i] as number);
  }
  if (found[0].length < 8) return null;
  const middle = (values: number[]) => values.sort((one, two) => one - two)[values.length >> 1] as number;
  return [middle(found[0]), middle(found[1]), middle(found[2])];
}
