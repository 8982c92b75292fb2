import type { Tap } from '#lib/gallery/look/kinds.ts';
import { newPlane, type Picture, type Plane } from '../raster.ts';
import { fillCoordinates, type Head } from './head.ts';
import { type LabField, labField } from './lab-field.ts';
import type { Shares } from './prior.ts';

/** Seen of one head, in its own coordinates. */
type Coordinates = { readonly u: Float32Array; readonly v: Float32Array };

/** Of a smaller head nothing can be told: its share of the longest side. */
const leastHead = 0.116;

/** A crown begins so far above the middle of a face, in its heights. */
const crownFrom = 0.4;

/** As much of what lies beside each cheek is a scarf's. */
const leastRing = 0.4;

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
    const wear =
      told ?? (head.unit < leastHead * Math.max(width, height) ? 'hair' : wearOf(field, shares, { u, v }));
    if (wear === 'hair') continue;
    const crown = medianOf(field, shares.hair, u, v, isCrown);
    for (let i = 0; i < out.data.length; i++) {
      const [across, down] = [Math.abs(u[i] as number), v[i] as number];
      if (across > 1.1 || down < -1.4) continue;
      if (wear === 'hat') out.data[i] = down < -0.28 ? 1 : (out.data[i] as number);
      else if (down < 1.6 && crown && distance(field, i, crown) < 0.2) out.data[i] = 1;
    }
  }
  return out;
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

function isCheek(across: number, down: number): boolean {
  return across < 0.3 && down > -0.1 && down < 0.3;
}

type Colour = readonly [number, number, number];

function wearOf(field: LabField, shares: Shares, { u, v }: Coordinates): Wear {
  const crown = medianOf(field, shares.hair, u, v, isCrown);
  if (!crown) return 'hair';
  const chin = medianOf(field, null, u, v, isUnderChin);
  const cheek = medianOf(field, null, u, v, isCheek);
  if (
    chin &&
    cheek &&
    apart(crown, chin) < 0.09 &&
    apart(chin, cheek) > 0.16 &&
    isClosed(field, shares, { u, v }, crown)
  )
    return 'scarf';
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

/** Whether the cloth of the crown goes on beside both cheeks: dark hair above a dark collar leaves ears or a neck between them. */
function isClosed(field: LabField, { skin }: Shares, { u, v }: Coordinates, crown: Colour): boolean {
  const [same, all] = [
    [0, 0],
    [0, 0],
  ];
  for (let i = 0; i < u.length; i++) {
    const [across, down] = [u[i] as number, v[i] as number];
    if (Math.abs(across) < 0.34 || Math.abs(across) > 0.6 || down < 0.1 || down > 0.55) continue;
    const side = across < 0 ? 0 : 1;
    all[side] = (all[side] as number) + 1;
    if ((skin.data[i] as number) < 0.5 && distance(field, i, crown) < 0.12)
      same[side] = (same[side] as number) + 1;
  }
  return same.every((count, side) => count > leastRing * Math.max(1, all[side] as number));
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
