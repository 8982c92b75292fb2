import { type LookKind, mostTaps, type Tap } from '#lib/gallery/look/kinds.ts';
import { otherwiseAt } from '#lib/styles/paint/looks/order.ts';
import { readMask, type SeenParts } from '#lib/styles/paint/looks/read-mask.ts';
import type { People } from '#lib/styles/paint/looks/read-people.ts';
import { headOf } from '#lib/styles/paint/parts/head.ts';
import { eachPiece } from '#lib/styles/paint/parts/pieces.ts';
import type { Picture } from '#lib/styles/paint/raster.ts';
import { type Drawn, fillPolygons } from './drawn.ts';

/** The parts that are judged, and the kind of look that is worn on each. */
export const judgedParts = { clothes: 'fabric', hair: 'hair' } as const satisfies Record<string, LookKind>;
export type JudgedPart = keyof typeof judgedParts;

/** Of the longest side: as exactly polygons are drawn by hand. Wrong regions thinner than twice this are nobody's to tap. */
const coarseness = 0.005;

/** How a part was found with so many taps for each person: masks' overlap with what was drawn, 0 to 1, by taps a person. */
export type Judged = {
  readonly overlaps: readonly number[];
  readonly taps: readonly Tap[];
  readonly seen: SeenParts;
  readonly truth: Uint8Array;
  readonly ignore: Uint8Array;
};

/**
 * Judges a part of everybody in a photo as the studio shows it, first by itself and then after each round in which every
 * person is tapped once where it is most wrong: in the middle of the largest wrong region that lies nearest to them. After
 * each tap it is looked at anew, as in the studio, and no tap is taken back.
 */
export function judgePhoto(
  photo: Picture,
  people: People,
  { part, drawn, rounds }: { part: JudgedPart; drawn: Drawn; rounds: number },
): Judged {
  const { width, height } = photo;
  const truth = fillPolygons(drawn[part] ?? [], width, height);
  const ignore = fillPolygons(drawn.ignore ?? [], width, height);
  const taps: Tap[] = [];
  const look = () => readMask(photo, people, { kind: judgedParts[part], taps });
  const owner = ownersOf(photo, people);
  let seen = look();
  const overlaps = [overlapOf(seen, truth, ignore)];
  for (let round = 0; round < rounds; round++) {
    for (let person = 0; person < people.people.length && taps.length < mostTaps; person++) {
      const at = worstPlace(seen, { truth, ignore, owner, person }, photo);
      if (at === null) continue;
      const [x, y] = [((at % width) + 0.5) / width, (Math.floor(at / width) + 0.5) / height];
      taps.push({ part: truth[at] === 1 ? part : otherwiseAt(seen.otherwise, x, y), x, y });
      seen = look();
    }
    overlaps.push(overlapOf(seen, truth, ignore));
  }
  return { overlaps, taps, seen, truth, ignore };
}

function isIn(seen: SeenParts, i: number): boolean {
  return ((seen.mask?.data[i] as number | undefined) ?? 0) >= 0.5;
}

/** Intersection over union; 1 where neither has anything. */
function overlapOf(seen: SeenParts, truth: Uint8Array, ignore: Uint8Array): number {
  let [both, either] = [0, 0];
  for (let i = 0; i < truth.length; i++) {
    if (ignore[i] === 1) continue;
    const [one, two] = [isIn(seen, i), truth[i] === 1];
    if (one && two) both += 1;
    if (one || two) either += 1;
  }
  return either === 0 ? 1 : both / either;
}

/** Whose each place is: of the person whose head is nearest, bodies hanging down from heads. */
function ownersOf(photo: Picture, { people }: People): Uint8Array {
  const { width, height } = photo;
  const out = new Uint8Array(width * height);
  const heads = people.map(({ face, mesh }) => headOf(face, mesh, photo));
  for (let i = 0; i < out.length; i++) {
    let least = Infinity;
    for (const [k, { x, y, unit }] of heads.entries()) {
      const [dx, dy] = [((i % width) - x) / unit, (Math.floor(i / width) - y) / unit];
      const away = Math.hypot(dx, dy > 0 ? 0.45 * dy : dy);
      if (away < least) [least, out[i]] = [away, k];
    }
  }
  return out;
}

type Told = {
  readonly truth: Uint8Array;
  readonly ignore: Uint8Array;
  readonly owner: Uint8Array;
  readonly person: number;
};

/** The middle of the largest wrong region of one person; null where hardly anything is wrong. */
function worstPlace(
  seen: SeenParts,
  { truth, ignore, owner, person }: Told,
  { width, height }: Picture,
): number | null {
  // Added and left out are different regions, also where they touch.
  const wrong = truth.map((value, i) =>
    ignore[i] === 1 || owner[i] !== person || isIn(seen, i) === (value === 1) ? 0 : 1 + value,
  );
  const room = roomInside(wrong, width, height);
  const least = coarseness * Math.max(width, height);
  let [most, place]: [number, number | null] = [0, null];
  for (const kind of [1, 2])
    eachPiece(
      width,
      height,
      (i) => wrong[i] === kind && (room[i] as number) > least,
      (piece) => {
        if (piece.length <= most) return;
        most = piece.length;
        place = piece.reduce((best, i) => ((room[i] as number) > (room[best] as number) ? i : best));
      },
    );
  return place;
}

/** How far each place is from what is not of its kind, in pixels (chamfer 3-4). */
function roomInside(kind: Uint8Array, width: number, height: number): Float32Array {
  const out = new Float32Array(kind.length).fill(1e6);
  const relax = (i: number, x: number, y: number, steps: readonly (readonly [number, number])[]) => {
    for (const [dx, dy] of steps) {
      const isOutside = x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height;
      const j = i + dy * width + dx;
      const from = isOutside ? 0 : kind[j] === kind[i] ? (out[j] as number) : 0;
      out[i] = Math.min(out[i] as number, from + (dx !== 0 && dy !== 0 ? 4 / 3 : 1));
    }
  };
  const before = [
    [-1, 0],
    [0, -1],
    [-1, -1],
    [1, -1],
  ] as const;
  const after = before.map(([dx, dy]) => [-dx, -dy] as const);
  for (let i = 0; i < kind.length; i++) relax(i, i % width, Math.floor(i / width), before);
  for (let i = kind.length - 1; i >= 0; i--) relax(i, i % width, Math.floor(i / width), after);
  return out;
}
