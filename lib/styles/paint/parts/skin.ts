import { inOrder } from '../kernels/in-order.ts';
import { smoothstep } from '../raster.ts';
import { acrossFace, fillCoordinates, type Head, leastCheek } from './head.ts';
import type { GrainField, LabField } from './lab-field.ts';
import type { Shares } from './prior.ts';

/** Skin that is this sure is where it goes on from. */
const sure = 0.8;
/** A step of so much colour between neighbours (OKLab) is an edge; what shades off does it in many small ones. */
const edge = 0.045;
/** How far it goes on: so many edges in all, counted by their squares. */
const reach = 1.6;
/** Of what light and hue let expect, skin has at least and at most this much colour. */
const colour = { least: 0.5, most: 2.2 };
/** As far from a face's hue skin may be, as a share of its colour. */
const aside = 0.5;

/**
 * What skin looks like in most light, whoever's it is: hues in radians, how much colour for its light (OKLab), and from what
 * light on that can be told. Of cloth hardly any looks like this; of limbs in another light than the face most does.
 */
const usual = { from: 0.44, to: 1.08, least: 0.055, most: 0.165, light: 0.3 };
/** A face that looks like that itself says which of those hues are its owner's: as far from its own. */
const vouched = { aside: 0.3, least: 0.07 };
/** What looks like any skin counts as so much of what looks like the face's. */
const usualShare = 0.85;

/** The middle of a face's skin, in OKLab. */
export type FaceColour = readonly [L: number, a: number, b: number];

/**
 * An arm shades off towards its far side and a leg lies in another light than a face: skin goes on from where it surely is
 * for as long as nothing ends it with an edge and its hue is the face's, darker or lighter, more or less of it. Gives `skin`
 * (0 to 1) with what it goes on to, of whatever face each place is a limb of: its number from 1 in `limbs`, or 0.
 */
export function growSkin(
  field: LabField,
  skin: Float32Array,
  faces: readonly FaceColour[],
  limbs: Uint8Array,
): Float32Array {
  const { L, a, b } = field;
  const way = new Float32Array(skin.length).fill(Infinity);
  const open = new Int32Array(skin.length);
  let count = 0;
  for (let i = 0; i < skin.length; i++) {
    if ((skin[i] as number) >= sure) way[i] = 0;
    const face = faces[(limbs[i] as number) - 1];
    if (!face || way[i] === 0) continue;
    const colour = [L[i] as number, a[i] as number, b[i] as number] as const;
    if (hasHue(...colour, face) || usualSkin(colour, face, 0.3) > 0.5) open[count++] = i;
  }
  const places = open.subarray(0, count);
  walk(field, way, places);
  const out = skin.slice();
  for (const i of places)
    out[i] = Math.max(out[i] as number, 1 - smoothstep(0.4 * reach, reach, way[i] as number));
  return out;
}

/**
 * A face beside a window is pale, one under a coloured lamp blue, while legs below it look as skin does in most light: gives
 * `skin` (0 to 1), in place, limbs that do. `limbs` as of {@link growSkin}.
 */
export function lightLimbs(
  { L, a, b }: LabField,
  skin: Float32Array,
  faces: readonly FaceColour[],
  limbs: Uint8Array,
): void {
  for (let i = 0; i < skin.length; i++) {
    const face = faces[(limbs[i] as number) - 1];
    if (!face) continue;
    const share = usualShare * usualSkin([L[i] as number, a[i] as number, b[i] as number], face);
    skin[i] = Math.max(skin[i] as number, share);
  }
}

/** How much a colour looks like skin in most light, 0 to 1; `more` widens by that share how much colour it may have. */
function usualSkin([L, a, b]: FaceColour, face: FaceColour, more = 0): number {
  const colour = Math.hypot(a, b) / Math.max(0.05, L);
  const [least, most] = [usual.least * (1 - more), usual.most * (1 + more)];
  if (L < usual.light || colour < 0.8 * least || colour > 1.1 * most) return 0;
  const [hue, own] = [Math.atan2(b, a), Math.atan2(face[2], face[1])];
  const isVouched =
    own > usual.from && own < usual.to && Math.hypot(face[1], face[2]) > vouched.least * face[0];
  const from = isVouched ? Math.max(usual.from, own - vouched.aside) : usual.from;
  const to = isVouched ? Math.min(usual.to, own + vouched.aside) : usual.to;
  return (
    smoothstep(from - 0.1, from + 0.1, hue) *
    (1 - smoothstep(to - 0.1, to + 0.1, hue)) *
    smoothstep(0.8 * least, 1.2 * least, colour) *
    (1 - smoothstep(0.9 * most, 1.1 * most, colour))
  );
}

function walk(field: LabField, way: Float32Array, places: Int32Array): void {
  const { width } = field;
  // Sweeps there and back settle all but labyrinths.
  for (let sweep = 0; sweep < 3; sweep++) {
    for (let k = 0; k < places.length; k++) goOn(field, way, places[k] as number, -1, -width);
    for (let k = places.length - 1; k >= 0; k--) goOn(field, way, places[k] as number, 1, width);
  }
}

/** The shorter way to a place by one of two neighbours. Beyond a row's end lies the next row's other end: an edge, as a rule. */
function goOn({ L, a, b }: LabField, way: Float32Array, i: number, one: number, two: number): void {
  for (let k = 0; k < 2; k++) {
    const j = i + (k === 0 ? one : two);
    const before = way[j];
    if (before === undefined || before === Infinity) continue;
    const square =
      ((L[i] as number) - (L[j] as number)) ** 2 +
      4 * (((a[i] as number) - (a[j] as number)) ** 2 + ((b[i] as number) - (b[j] as number)) ** 2);
    const next = before + 0.004 + square / (edge * edge);
    if (next < (way[i] as number)) way[i] = next;
  }
}

/** Where a forehead may still go on, in heights of the face from its middle, across and up; and where it surely is one. */
const brow = { across: 0.46, up: 0.62, sureAcross: 0.3, sureUp: 0.42, down: 0.1 };
/** A high one goes on farther, where it has no grain. */
const high = { across: 0.56, up: 0.8 };
/** Hair with less grain than this beyond the forehead's is not told from it by grain. */
const leastGrain = 0.12;

/**
 * A forehead ends where an edge ends it, or a grain begins: gives to skin, in place, what around it was taken for hair and
 * shades off from it, bleached by light or not.
 */
export function growForeheads(field: GrainField, shares: Shares, heads: readonly Head[]): void {
  const { skin, hair } = shares;
  const count = skin.data.length;
  const [u, v] = [new Float32Array(count), new Float32Array(count)];
  for (const head of heads) {
    fillCoordinates(head, skin, u, v);
    const way = new Float32Array(count).fill(Infinity);
    const shown = u.map((one) => acrossFace(head, one));
    const middle = middleOf(field, shown, v)?.middle;
    if (!middle) continue;
    const asked: number[] = [];
    const [ofSkin, ofHair] = [[] as number[], [] as number[]];
    for (let i = 0; i < count; i++) {
      const [across, down] = [acrossFace(head, u[i] as number, leastCheek), v[i] as number];
      if (down > brow.down || Math.hypot(across / high.across, down / high.up) > 1) continue;
      if ((hair.data[i] as number) > 0.8) ofHair.push(field.grain[i] as number);
      const isSure = Math.hypot(across / brow.sureAcross, down / brow.sureUp) < 1;
      if (isSure && (skin.data[i] as number) > 0.8) {
        way[i] = 0;
        ofSkin.push(field.grain[i] as number);
      } else if (hasHue(field.L[i] as number, field.a[i] as number, field.b[i] as number, middle, true))
        asked.push(i);
    }
    // Of the grain in the middle of a face three quarters are eyes and brows.
    const [smooth, rough] = [shareOf(ofSkin, 0.25), shareOf(ofHair, 0.5)];
    const most = rough - smooth > leastGrain ? (smooth + rough) / 2 : Infinity;
    const open = asked.filter(
      (i) =>
        (field.grain[i] as number) < most ||
        Math.hypot(acrossFace(head, u[i] as number, leastCheek) / brow.across, (v[i] as number) / brow.up) <
          1,
    );
    walk(field, way, Int32Array.from(open));
    for (const i of open) {
      const share = (hair.data[i] as number) * (1 - smoothstep(0.4 * reach, reach, way[i] as number));
      hair.data[i] = (hair.data[i] as number) - share;
      skin.data[i] = (skin.data[i] as number) + share;
    }
  }
}

function shareOf(values: readonly number[], share: number): number {
  return inOrder(Float32Array.from(values), Math.floor(share * (values.length - 1))) ?? 0;
}

/** Where ears and the neck below them lie, in heights of the face from its middle. */
const ear = { from: 0.34, to: 0.8, above: -0.3, below: 0.6 };
/** Hair has at most this share of the colour that skin has in its light, or ears are not told from it. */
const mostColour = 0.5;

/** Of black and grey hair ears are told by their colour, whatever their light: gives them to skin, in place. */
export function bareEars(field: LabField, { skin, hair }: Shares, heads: readonly Head[]): void {
  const count = skin.data.length;
  const [u, v] = [new Float32Array(count), new Float32Array(count)];
  for (const head of heads) {
    fillCoordinates(head, skin, u, v);
    const middle = middleOf(
      field,
      u.map((one) => acrossFace(head, one)),
      v,
    )?.middle;
    if (!middle) continue;
    const [asked, onTop]: [number[], number[]] = [[], []];
    for (let i = 0; i < count; i++) {
      if (!((hair.data[i] as number) > 0.1)) continue;
      const [across, down] = [Math.abs(acrossFace(head, u[i] as number, leastCheek)), v[i] as number];
      if (down < -0.4 && (hair.data[i] as number) > 0.8) onTop.push(colourOf(field, i, middle));
      else if (across > ear.from && across < ear.to && down > ear.above && down < ear.below) asked.push(i);
    }
    const own = shareOf(onTop, 0.75);
    if (onTop.length < 24 || own > mostColour) continue;
    for (const i of asked) {
      const share =
        (hair.data[i] as number) *
        smoothstep((own + 1) / 2 - 0.12, (own + 1) / 2 + 0.12, colourOf(field, i, middle));
      hair.data[i] = (hair.data[i] as number) - share;
      skin.data[i] = (skin.data[i] as number) + share;
    }
  }
}

/** How much of a face's colour a place has, 1 where it has as much as the face would in its light. */
function colourOf({ L, a, b }: LabField, i: number, face: FaceColour): number {
  const light = (L[i] as number) / Math.max(0.05, face[0]);
  const [fa, fb] = [face[1] * light, face[2] * light];
  return ((a[i] as number) * fa + (b[i] as number) * fb) / Math.max(1e-6, fa * fa + fb * fb);
}

/** Whether a colour has a face's hue in another light; `isPale` where light may have bleached it. */
function hasHue(L: number, a: number, b: number, face: FaceColour, isPale = false): boolean {
  const light = L / Math.max(0.05, face[0]);
  const [fa, fb] = [face[1] * light, face[2] * light];
  const square = fa * fa + fb * fb;
  if (square < 1e-6) return false;
  const along = (a * fa + b * fb) / square;
  const across = Math.abs(a * fb - b * fa) / square;
  const pale = isPale && light > 1 ? Math.max(0, (1 - L) / (1 - face[0])) / light : 1;
  return along > colour.least * pale && along < colour.most && across < aside * Math.max(1, along);
}

/** 1 where a pixel has the colour of the middle of this face in whatever light, 0 where it surely has not; and that colour. */
export function skinLikeness(
  { L, a, b }: LabField,
  u: Float32Array,
  v: Float32Array,
): { readonly likeness: Float32Array; readonly middle: FaceColour } {
  const out = new Float32Array(u.length);
  const seen = middleOf({ L, a, b }, u, v);
  if (!seen) return { likeness: out, middle: [0, 0, 0] };
  const [[l0, a0, b0], [ls, as, bs]] = [seen.middle, seen.spread];
  const [sl, sa, sb] = [
    Math.min(0.26, Math.max(0.18, (1.5 * ls) / l0)),
    Math.min(0.02, Math.max(0.01, as)),
    Math.min(0.024, Math.max(0.011, bs)),
  ];
  for (let i = 0; i < out.length; i++) {
    const light = L[i] as number;
    // Colour fades with light: what lies in shadow is compared with the same skin in shadow.
    let fade = Math.min(1.15, light / l0);
    const [across, pv] = [Math.abs(u[i] as number), v[i] as number];
    if (light > l0 && across < 0.7 && pv > -0.6 && pv < 0.5) {
      // A side of a face that is lit beyond the rest of it pales towards white.
      const pale = Math.max(0.5, (1 - light) / (1 - l0));
      const along = ((a[i] as number) * a0 + (b[i] as number) * b0) / (a0 * a0 + b0 * b0);
      fade = Math.min(fade, Math.max(pale, along));
    }
    // Half a face may lie in shadow; arms and hands seldom lie in a deeper one.
    const below = 1 - 0.4 * smoothstep(0.4, 0.8, pv) * (1 - smoothstep(1.6, 2.6, pv));
    const dl = Math.log(Math.max(0.02, light) / l0) / ((light < l0 ? sl : 1.4 * sl) * below);
    const da = ((a[i] as number) - a0 * fade) / sa;
    const db = ((b[i] as number) - b0 * fade) / sb;
    out[i] = 1 - smoothstep(1.6, 3.2, Math.sqrt((dl * dl + da * da + db * db) / 2.2));
  }
  return { likeness: out, middle: [l0, a0, b0] };
}

/** The middle of a face's colour and how much it varies; null where too little of it is seen. */
function middleOf(
  { L, a, b }: Pick<LabField, 'L' | 'a' | 'b'>,
  u: Float32Array,
  v: Float32Array,
): { readonly middle: FaceColour; readonly spread: FaceColour } | null {
  const samples: number[] = [];
  for (let i = 0; i < u.length; i++)
    if (Math.abs(u[i] as number) < 0.3 && (v[i] as number) > -0.2 && (v[i] as number) < 0.34) samples.push(i);
  if (samples.length < 4) return null;
  const median = (values: number[]) => values.sort((one, two) => one - two)[values.length >> 1] as number;
  const of = (from: Float32Array): [number, number] => {
    const centre = median(samples.map((i) => from[i] as number));
    return [centre, 1.4826 * median(samples.map((i) => Math.abs((from[i] as number) - centre)))];
  };
  const [light, one, two] = [of(L), of(a), of(b)];
  return { middle: [light[0], one[0], two[0]], spread: [light[1], one[1], two[1]] };
}
