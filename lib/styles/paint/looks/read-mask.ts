import type { LookKind, LookOrder, Tap } from '#lib/gallery/look/kinds.ts';
import { gaussian } from '../kernels/gaussian.ts';
import { resize, resizePicture } from '../kernels/resize.ts';
import type { Parts } from '../parts/find-parts.ts';
import type { Head } from '../parts/head.ts';
import { labField } from '../parts/lab-field.ts';
import { coverage } from '../people/find-person.ts';
import type { Picture, Plane } from '../raster.ts';
import type { Otherwise } from './order.ts';
import { chosenPeople, type People, readParts } from './read-people.ts';
import { leastClothes, leastHair, wornPart } from './wear-look.ts';

/** Somebody in a photo: the middle of their face, and its height, in shares of the photo's width and height. */
type SeenPerson = {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly isChosen: boolean;
};

/** What a look would change in a photo, to be looked at before it is done. */
export type SeenParts = {
  /** 1 where the look is worn, of the photo's size; null where it is worn on faces alone, or nothing was found. */
  readonly mask: Plane | null;
  readonly people: readonly SeenPerson[];
  /** Little was found, or where it ends is not clear. */
  readonly isUnsure: boolean;
  readonly otherwise: Otherwise;
};

const gridSide = 96;
/** More of a mask than this neither one nor the other is a doubt. */
const mostDoubt: Readonly<Partial<Record<LookKind, number>>> = { hair: 0.16, fabric: 0.1, garment: 0.1 };
/** Less hair or clothes than this many faces' areas are more likely missed than missing. */
const usualShare = { hair: 0.25, clothes: 0.5 } as const;

/** The part of a photo that a look of this kind is worn on, with what taps say; `people` are those of the photo. */
export function readMask(
  photo: Picture,
  people: People,
  { kind, taps = [] }: Pick<LookOrder, 'kind' | 'taps'>,
): SeenParts {
  const chosen = chosenPeople(people.people, taps);
  const seen = people.people.map((person) => ({
    x: person.face.x,
    y: person.face.y,
    height: person.face.height,
    isChosen: chosen.includes(person),
  }));
  const parts = kind === 'makeup' ? null : readParts(photo, people, taps);
  if (!parts)
    return { mask: null, people: seen, isUnsure: false, otherwise: { width: 0, height: 0, cells: '' } };
  const mask =
    kind === 'hair' ? parts.hair : kind === 'place' ? parts.person : wornPart(parts, { kind, taps });
  const share = coverage(mask);
  const faces = parts.heads.reduce((sum, { unit }) => sum + unit * unit, 0) / mask.data.length;
  const few =
    kind === 'hair'
      ? share < Math.max(leastHair, usualShare.hair * faces)
      : kind !== 'place' && share < Math.max(leastClothes, usualShare.clothes * faces);
  const isUnsure = !isTold(taps, kind) && (few || doubtOf(mask) > (mostDoubt[kind] ?? 1));
  const others = {
    s: parts.skin,
    ...(kind === 'hair' ? { c: parts.clothes } : { h: parts.hair }),
  };
  return { mask, people: seen, isUnsure, otherwise: otherwiseOf(photo, parts, others) };
}

/** Whether somebody has said where the part is: then it is not for us to doubt. */
function isTold(taps: readonly Tap[], kind: LookKind): boolean {
  return taps.some(({ part }) =>
    kind === 'hair' ? part === 'hair' : part === 'clothes' || part === 'covering',
  );
}

/** How much of a mask is neither in nor out, of all that is in. */
function doubtOf({ data }: Plane): number {
  let [unclear, inside] = [0, 0];
  for (const value of data) {
    inside += value;
    if (value > 0.15 && value < 0.85) unclear += 1;
  }
  return inside > 0 ? unclear / inside : 0;
}

/**
 * What each place most likely is if it is not what it was taken for: of the other parts the one whose colour it has,
 * and where it has none of theirs, what is behind. The middle of a face is skin whatever its colour: half of it may lie in shade.
 */
function otherwiseOf(
  photo: Picture,
  { person, heads }: Pick<Parts, 'person' | 'heads'>,
  parts: Readonly<Record<string, Plane>>,
): Otherwise {
  const scale = gridSide / Math.max(photo.width, photo.height);
  const width = Math.max(1, Math.round(photo.width * scale));
  const height = Math.max(1, Math.round(photo.height * scale));
  const { L, a, b } = labField(resizePicture(photo, width, height, 'smooth'));
  const outside: Plane = { ...person, data: person.data.map((value) => 1 - value) };
  // Skin, wall and cloth are everywhere; hair is where some was found, or hardly farther than locks stand off.
  const faces = heads.reduce((most, { unit }) => Math.max(most, unit), 0) * scale;
  const nearHair = parts.h && gaussian(resize(parts.h, width, height), hairReach * faces).data;
  const means = Object.entries({ ...parts, b: outside }).flatMap(([letter, plane]) => {
    const small = resize(plane, width, height).data;
    const mean = [0, 0, 0, 0];
    for (let i = 0; i < small.length; i++) {
      const weight = (small[i] as number) > 0.7 ? 1 : 0;
      for (const [k, value] of [L[i], a[i], b[i], 1].entries())
        mean[k] = (mean[k] as number) + weight * (value as number);
    }
    const [l = 0, ma = 0, mb = 0, n = 0] = mean;
    return n < 4 ? [] : [{ letter, l: l / n, a: ma / n, b: mb / n }];
  });
  let cells = '';
  for (let i = 0; i < L.length; i++) {
    const [x, y] = [((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height];
    if (heads.some((head) => isInFace(head, x * photo.width, y * photo.height))) {
      cells += 's';
      continue;
    }
    let [best, least] = ['b', 0.25];
    for (const one of means) {
      const d = Math.hypot(
        0.5 * ((L[i] as number) - one.l),
        2 * ((a[i] as number) - one.a),
        2 * ((b[i] as number) - one.b),
      );
      if (one.letter === 'h' && nearHair && (nearHair[i] as number) < leastNear) continue;
      if (d < least) [best, least] = [one.letter, d];
    }
    cells += best;
  }
  return { width, height, cells };
}

/** How far from hair a place may still be some, in heights of the largest face, and what of it is seen there. */
const hairReach = 0.2;
const leastNear = 0.06;

/** Whether a place (pixels of the photo) lies inside of a face, below its hairline. */
function isInFace({ x, y, unit, roll }: Head, px: number, py: number): boolean {
  const [dx, dy] = [(px - x) / unit, (py - y) / unit];
  const [cos, sin] = [Math.cos(roll), Math.sin(roll)];
  return Math.hypot((dx * cos + dy * sin) / 0.33, (dy * cos - dx * sin - 0.04) / 0.42) < 1;
}
