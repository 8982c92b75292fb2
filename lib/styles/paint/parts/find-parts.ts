import type { Tap } from '#lib/gallery/look/kinds.ts';
import { guidedFilter } from '../kernels/guided-filter.ts';
import { fitted, resize, resizePicture } from '../kernels/resize.ts';
import type { FaceMesh } from '../people/face-mesh.ts';
import type { Face } from '../people/find-faces.ts';
import { luma, newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';
import { clearFaces } from './clear-faces.ts';
import { tellCoverings } from './coverings.ts';
import { dressTorsos } from './dress-torsos.ts';
import { dropRoom } from './drop-room.ts';
import { dropStrays } from './drop-strays.ts';
import { fillHair } from './fill-hair.ts';
import { hangHair } from './hang-hair.ts';
import { type Head, headOf } from './head.ts';
import { labField } from './lab-field.ts';
import { networkParts, type SeenByNetwork } from './network-parts.ts';
import type { Shares } from './prior.ts';
import { settleRims } from './settle-rims.ts';
import { grainOf, settleStrands } from './settle-strands.ts';
import { settleTaps } from './settle-taps.ts';
import { bareEars, growForeheads } from './skin.ts';
import { solveParts } from './solve-parts.ts';
import { trimHair } from './trim-hair.ts';

/** Somebody in the photo. */
export type Person = { readonly face: Face; readonly mesh: FaceMesh | null };

/** What of the photo belongs to what; planes of the photo's size, 0 to 1. */
export type Parts = {
  readonly clothes: Plane;
  readonly hair: Plane;
  /** A scarf or a hat: never dyed, but it can be worn in another cloth. */
  readonly covering: Plane;
  readonly skin: Plane;
  /** Everybody, with everything they wear. */
  readonly person: Plane;
  /** Heads in pixels of the photo. */
  readonly heads: readonly Head[];
};

type PartName = Exclude<keyof Parts, 'heads'>;

/** The classes are solved at this longest side. */
const solvedSide = 224;
/** What taps say is settled at this one. */
const tappedSide = 448;
/** What a network saw is kept as fine as it saw it. */
const seenSide = 384;

/**
 * Parts of everybody in a photo: `mask` says where people are (0 to 1, any size), `people` whose faces were found, `seen`
 * what an operator's network makes of it (any size) in place of our own means. Taps correct; a tap on a `person` leaves
 * the others out.
 */
export function findParts(
  photo: Picture,
  mask: Plane,
  people: readonly Person[],
  taps: readonly Tap[] = [],
  seen: SeenByNetwork | null = null,
): Parts {
  const frame = frameOf(mask, photo);
  const near = cropPicture(photo, frame);
  const size = fitted(near, Math.min(seen ? seenSide : solvedSide, Math.max(near.width, near.height)));
  const small = resizePicture(near, size.width, size.height, 'smooth');
  const whole = resize(mask, photo.width, photo.height);
  const body = resize(cropPlane(whole, frame), size.width, size.height);
  const scale = size.width / near.width;
  const heads = people.map(({ face, mesh }) => headOf(face, mesh, photo));
  const headsHere = heads.map((head) => ({
    ...head,
    x: (head.x - frame.x) * scale,
    y: (head.y - frame.y) * scale,
    unit: head.unit * scale,
  }));
  const tapsHere = taps.flatMap((tap) => {
    const x = (tap.x * photo.width - frame.x) / frame.width;
    const y = (tap.y * photo.height - frame.y) / frame.height;
    return x >= 0 && y >= 0 && x < 1 && y < 1 ? [{ ...tap, x, y }] : [];
  });
  const base = seen
    ? networkParts(small, seenIn(seen, photo, frame, size), headsHere, tapsHere)
    : { shares: solved(near, small, { mask, body }, headsHere), covering: null };
  const told = withTaps(near, { picture: small, body, heads: headsHere, ...base }, tapsHere);
  const light = luma(near);
  const longest = Math.max(near.width, near.height);
  const fine = (plane: Plane) => {
    const soft = guidedFilter(light, plane, { sigma: longest * 0.004, epsilon: 4e-4, fitAt: 640 });
    for (let i = 0; i < soft.data.length; i++) soft.data[i] = smoothstep(0.22, 0.78, soft.data[i] as number);
    return paste(soft, frame, photo);
  };
  return whenAsked((part) => fine(told[part]), heads);
}

/** Taps come one after the other over the same photo; what was made without them is kept as long as its mask is. */
const solvedBefore = new WeakMap<Plane, Shares>();

/** By our own means. */
function solved(
  near: Picture,
  picture: Picture,
  { mask, body }: { readonly mask: Plane; readonly body: Plane },
  heads: readonly Head[],
): Shares {
  const before = solvedBefore.get(mask);
  if (before?.skin.width === picture.width && before.skin.height === picture.height) return before;
  const shares = solveParts(picture, body, heads);
  settleRims(picture, body, shares, heads);
  const grain = grainOf(near, picture);
  growForeheads({ ...labField(picture), grain }, shares, heads);
  trimHair(shares, heads);
  fillHair(picture, shares, heads);
  settleStrands(picture, body, grain, shares, heads);
  bareEars(labField(picture), shares, heads);
  hangHair(labField(picture), shares, heads);
  dressTorsos(labField(picture), shares, heads);
  dropRoom(picture, shares, heads);
  dropStrays(shares, heads);
  clearFaces(shares, heads);
  solvedBefore.set(mask, shares);
  return shares;
}

/** What was made of a small copy of everybody; `covering` is null where nobody has told it yet. */
type Solved = {
  readonly picture: Picture;
  readonly body: Plane;
  readonly heads: readonly Head[];
  readonly shares: Shares;
  readonly covering: Plane | null;
};

/** What was made of a small copy, with what taps say of it, as parts: on a finer copy where there are any. */
function withTaps(near: Picture, found: Solved, taps: readonly Tap[]): Record<PartName, Plane> {
  const isTold = taps.some(({ part }) => part !== 'person');
  const { picture, body, heads, shares, covering } = isTold ? finer(near, found) : found;
  const told = isTold ? settleTaps(picture, shares, heads, taps) : null;
  const covers = covering ?? tellCoverings(picture, shares, heads, taps);
  const of = () => newPlane(picture.width, picture.height);
  const [hair, worn, clothes, person] = [of(), of(), of(), of()];
  for (let i = 0; i < hair.data.length; i++) {
    const covered = covers.data[i] as number;
    const [ofHair, ofClothes] = [shares.hair.data[i] as number, shares.clothes.data[i] as number];
    hair.data[i] = ofHair * (1 - covered);
    clothes.data[i] = ofClothes * (1 - covered);
    worn.data[i] = (ofHair + ofClothes) * covered;
    // A light behind fair hair has its colour; where no look saw anybody it is not theirs, unless somebody says so.
    const seen = Math.max(
      smoothstep(0.2, 0.5, body.data[i] as number),
      (told?.data[i] as number | undefined) ?? 0,
    );
    person.data[i] = (1 - (shares.background.data[i] as number)) * seen;
  }
  return { clothes, hair, covering: worn, skin: shares.skin, person };
}

/** The same on a copy large enough for a finger's precision. */
function finer(near: Picture, { picture, body, heads, shares, covering }: Solved): Solved {
  const { width, height } = fitted(near, Math.min(tappedSide, Math.max(near.width, near.height)));
  const of = (plane: Plane) => resize(plane, width, height);
  const scale = width / picture.width;
  return {
    picture: resizePicture(near, width, height, 'smooth'),
    body: of(body),
    heads: heads.map((head) => ({ ...head, x: head.x * scale, y: head.y * scale, unit: head.unit * scale })),
    shares: {
      background: of(shares.background),
      skin: of(shares.skin),
      hair: of(shares.hair),
      clothes: of(shares.clothes),
    },
    covering: covering && of(covering),
  };
}

/** Parts that are brought to the photo's size when they are first asked for: a look needs one or two of them. */
export function whenAsked(make: (part: PartName) => Plane, heads: readonly Head[]): Parts {
  const made = new Map<PartName, Plane>();
  const of = (part: PartName): Plane => {
    const known = made.get(part) ?? make(part);
    made.set(part, known);
    return known;
  };
  return {
    get clothes() {
      return of('clothes');
    },
    get hair() {
      return of('hair');
    },
    get covering() {
      return of('covering');
    },
    get skin() {
      return of('skin');
    },
    get person() {
      return of('person');
    },
    heads,
  };
}

type Frame = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** The box of everybody with room around it: small people are solved at more pixels than the whole frame gives. */
function frameOf(mask: Plane, photo: Picture): Frame {
  let [left, top, right, bottom] = [mask.width, mask.height, -1, -1];
  for (let y = 0, i = 0; y < mask.height; y++)
    for (let x = 0; x < mask.width; x++, i++) {
      if ((mask.data[i] as number) < 0.2) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  if (right < left) return { x: 0, y: 0, width: photo.width, height: photo.height };
  const room = 0.08 * Math.max(right - left, bottom - top);
  const [sx, sy] = [photo.width / mask.width, photo.height / mask.height];
  const x = Math.max(0, Math.floor((left - room) * sx));
  const y = Math.max(0, Math.floor((top - room) * sy));
  const width = Math.min(photo.width, Math.ceil((right + 1 + room) * sx)) - x;
  const height = Math.min(photo.height, Math.ceil((bottom + 1 + room) * sy)) - y;
  return { x, y, width, height };
}

function cropPlane(plane: Plane, { x, y, width, height }: Frame): Plane {
  if (x === 0 && y === 0 && width === plane.width && height === plane.height) return plane;
  const out = newPlane(width, height);
  for (let row = 0; row < height; row++) {
    const from = (row + y) * plane.width + x;
    out.data.set(plane.data.subarray(from, from + width), row * width);
  }
  return out;
}

/** What a network saw in this frame of the photo, at this size. */
function seenIn(
  seen: SeenByNetwork,
  photo: Picture,
  frame: Frame,
  size: { width: number; height: number },
): SeenByNetwork {
  const [sx, sy] = [seen.background.width / photo.width, seen.background.height / photo.height];
  const [x, y] = [Math.floor(frame.x * sx), Math.floor(frame.y * sy)];
  const part = {
    x,
    y,
    width: Math.max(1, Math.min(seen.background.width - x, Math.round(frame.width * sx))),
    height: Math.max(1, Math.min(seen.background.height - y, Math.round(frame.height * sy))),
  };
  const of = (plane: Plane) => resize(cropPlane(plane, part), size.width, size.height);
  const { background, hair, bodySkin, faceSkin, clothes, other } = seen;
  return {
    background: of(background),
    hair: of(hair),
    bodySkin: of(bodySkin),
    faceSkin: of(faceSkin),
    clothes: of(clothes),
    other: of(other),
  };
}

function cropPicture(picture: Picture, frame: Frame): Picture {
  const of = (data: Float32Array) =>
    cropPlane({ width: picture.width, height: picture.height, data }, frame).data;
  return { width: frame.width, height: frame.height, r: of(picture.r), g: of(picture.g), b: of(picture.b) };
}

function paste(plane: Plane, { x, y }: Frame, { width, height }: Picture): Plane {
  if (plane.width === width && plane.height === height) return plane;
  const out = newPlane(width, height);
  for (let row = 0; row < plane.height; row++)
    out.data.set(plane.data.subarray(row * plane.width, (row + 1) * plane.width), (row + y) * width + x);
  return out;
}
