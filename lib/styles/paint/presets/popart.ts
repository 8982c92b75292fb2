import { eachRow, eachRun } from '../each-row.ts';
import { flowOf, letGoFlow } from '../kernels/flow.ts';
import { guidedFilter } from '../kernels/guided-filter.ts';
import { dotInk, type Screen, screenAt } from '../kernels/halftone.ts';
import { drawLines } from '../kernels/lines.ts';
import { resize } from '../kernels/resize.ts';
import type { Face } from '../people/find-faces.ts';
import {
  type Colour,
  hex,
  letGo,
  mix,
  newPicture,
  newPlane,
  type Picture,
  type Plane,
  smoothstep,
} from '../raster.ts';
import type { Scene } from '../scene.ts';
import { drawingLight, type WantedLight } from '../tone/drawing-light.ts';
import { bringOutFeatures, smallFaces } from '../tone/small-faces.ts';

/** Faces stand where the middle tone and the light one meet. */
const wantedLight: WantedLight = { from: 0.46, to: 0.62, mean: 0.2 };

type Palette = readonly [Colour, Colour, Colour, Colour];

/** Backdrop, light, middle and dark of each of the four frames. */
const palettes: readonly Palette[] = [
  [hex('#12b5a6'), hex('#ffe9c7'), hex('#ff5c8a'), hex('#3a1168')],
  [hex('#ffcf33'), hex('#fff3e2'), hex('#ff7a2f'), hex('#1d3a8f')],
  [hex('#ff4f79'), hex('#fff0b8'), hex('#29b6d8'), hex('#241a5e')],
  [hex('#3d5bd9'), hex('#e9fbe5'), hex('#ffb52e'), hex('#7a1046')],
];

/** A face printed smaller than this, in units, would be a blot. */
const leastPrinted = 44;

/**
 * Screen prints of the same picture in loud, flat colours: four of them, or, where everybody would be too small in
 * each, one whose quarters are printed in the four palettes.
 */
export function popart(scene: Scene): Picture {
  const { photo, faces, unit, person } = scene;
  const { width, height } = photo;
  const crop = frameFor(photo, faces);
  const smallest = Math.min(...faces.map((face) => (face.height * height ** 2) / (2 * crop.height)));
  const prints = faces.length > 1 && smallest < leastPrinted * unit ? 1 : 2;
  const tileWidth = Math.ceil(width / prints);
  const tileHeight = Math.ceil(height / prints);
  const drawn = drawingLight(photo, faces, wantedLight);
  const printed = tileHeight / crop.height;
  const small = smallFaces(scene, printed);
  bringOutFeatures(drawn, small, unit / printed, 0.5);
  const light = cut(drawn, crop, tileWidth, tileHeight);
  letGo(drawn, small);
  const subject = person ? cut(person, crop, tileWidth, tileHeight) : null;
  const shape = guidedFilter(light, light, { sigma: 5 * unit, epsilon: 0.002 }).data;
  spread(shape, light.data, subject?.data ?? null);
  const half = resize(light, Math.max(1, tileWidth >> 1), Math.max(1, tileHeight >> 1));
  const flow = flowOf(half, 1.6, 4);
  const lines = drawLines(light, flow, {
    sigma: 0.9 * unit,
    along: 3 * unit,
    threshold: 0.008,
    hardness: 90,
  }).data;
  const screen = screenAt(5 * unit, 45);
  const out = newPicture(width, height);
  const middle = Math.ceil(width / 2);
  const line = () => new Float64Array(tileWidth);
  const tones = { shine: line(), dots: line(), dark: line(), front: line() };
  const of = { light: light.data, shape, lines, subject, screen, half: middle, tileHeight, tones, out };
  eachRow(tileHeight, popartRow, of);
  letGo(light, subject, shape, lines, half);
  letGoFlow(flow);
  return out;
}

/** One row of a print, from which every colour is mixed; in double precision, as one pixel is. */
type Tones = Readonly<Record<'shine' | 'dots' | 'dark' | 'front', Float64Array>>;

type Plates = {
  readonly light: Float32Array;
  readonly shape: Float32Array;
  readonly lines: Float32Array;
  readonly subject: Plane | null;
  readonly screen: Screen;
  /** Where the palettes of the right side begin. */
  readonly half: number;
  readonly tileHeight: number;
  readonly tones: Tones;
  readonly out: Picture;
};

/** One row of a print, in each row of the picture that it is printed in. */
function popartRow(of: Plates, ty: number): void {
  const { half, tileHeight, tones, out } = of;
  const { width, height } = out;
  toneRow(of, ty);
  for (let y = ty; y < height; y += tileHeight) {
    const below = y * 2 < height ? 0 : 2;
    printRow(out, y, 0, half, palettes[below] as Palette, tones);
    printRow(out, y, half, width, palettes[below + 1] as Palette, tones);
  }
}

function toneRow({ light, shape, lines, subject, screen, tones }: Plates, y: number): void {
  const { shine, dots, dark, front } = tones;
  for (let x = 0, at = y * shine.length; x < shine.length; x++, at++) {
    const base = shape[at] as number;
    const tone = base + ((light[at] as number) - base) * 1.6;
    const lightStep = smoothstep(0.53, 0.57, tone);
    const dot = dotInk(screen, x, y, 0.55 * smoothstep(0.5, 0.75, 1 - Math.abs(tone - 0.56) * 5));
    dots[x] = dot;
    dark[x] = Math.max(smoothstep(0.3, 0.26, tone), lines[at] as number);
    front[x] = subject ? smoothstep(0.4, 0.6, subject.data[at] as number) : 1;
    shine[x] = Math.max(0, lightStep - 0.8 * dot * (1 - lightStep));
  }
}

/** Prints row `y` from one column to another in one palette. */
function printRow(out: Picture, y: number, from: number, to: number, palette: Palette, tones: Tones): void {
  const { width, r, g, b } = out;
  const start = y * width;
  const first = from % tones.shine.length;
  for (const [k, channel] of [r, g, b].entries()) {
    const [back, high, middle, low] = palette.map((colour) => colour[k]) as [number, number, number, number];
    tintRow(channel.subarray(start + from, start + to), first, back, high, middle, low, tones);
  }
}

function tintRow(
  to: Float32Array,
  first: number,
  back: number,
  high: number,
  middle: number,
  low: number,
  { shine, dots, dark, front }: Tones,
): void {
  for (let x = 0, at = first; x < to.length; x++, at++) {
    const flat = mix(middle, high, shine[at] as number);
    const inked = mix(mix(flat, middle, (dots[at] as number) * 0.7), low, dark[at] as number);
    to[x] = mix(back, inked, front[at] as number);
  }
}

/** A subject with less between its darker and its lighter parts would be printed as one flat colour. */
const leastRange = 0.34;

/** Pulls the tones of a hazy subject apart around its middle, in place; what has depth already stays as it is. */
function spread(shape: Float32Array, light: Float32Array, subject: Float32Array | null): void {
  const seen: number[] = [];
  for (let i = 0; i < shape.length; i += 37)
    if (!subject || (subject[i] as number) > 0.5) seen.push(shape[i] as number);
  if (seen.length < 50) return;
  seen.sort((one, two) => one - two);
  const at = (share: number) => seen[Math.floor(share * (seen.length - 1))] as number;
  const gain = Math.min(2, leastRange / Math.max(0.02, at(0.85) - at(0.15)));
  if (gain <= 1) return;
  const middle = at(0.5);
  for (const plane of [shape, light]) {
    eachRun(plane.length, spreadRun, { plane, middle, gain });
  }
}

type Spread = {
  readonly plane: Float32Array;
  readonly middle: number;
  readonly gain: number;
};

function spreadRun({ plane, middle, gain }: Spread, from: number, to: number): void {
  for (let i = from; i < to; i++) plane[i] = middle + ((plane[i] as number) - middle) * gain;
}

type Frame = { x: number; y: number; width: number; height: number };

/** What is printed: the heads and shoulders of everybody whose face was found, or the whole picture. */
function frameFor({ width, height }: Picture, faces: readonly Face[]): Frame {
  if (faces.length === 0) return { x: 0, y: 0, width, height };
  const reach = faces.map((face) => {
    // A box of a face seen from the side is narrow; heads are about as wide as high.
    const side = Math.max(face.width * width, face.height * height);
    const [x, y] = [face.x * width, face.y * height];
    return { left: x - 1.15 * side, right: x + 1.15 * side, top: y - 1.1 * side, bottom: y + 1.4 * side };
  });
  const left = Math.max(0, Math.min(...reach.map((box) => box.left)));
  const right = Math.min(width, Math.max(...reach.map((box) => box.right)));
  const top = Math.max(0, Math.min(...reach.map((box) => box.top)));
  const bottom = Math.min(height, Math.max(...reach.map((box) => box.bottom)));
  const share = Math.min(1, Math.max((right - left) / width, (bottom - top) / height));
  const [w, h] = [width * share, height * share];
  const x = Math.min(width - w, Math.max(0, (left + right - w) / 2));
  // Room that is left over goes below: shoulders tell more than a ceiling.
  const y = Math.min(height - h, Math.max(0, top - 0.2 * (h - (bottom - top))));
  return { x: Math.round(x), y: Math.round(y), width: Math.round(w), height: Math.round(h) };
}

function cut(plane: Plane, frame: Frame, width: number, height: number): Plane {
  const part = newPlane(Math.max(1, frame.width), Math.max(1, frame.height));
  for (let y = 0; y < part.height; y++) {
    const from = Math.min(plane.height - 1, frame.y + y) * plane.width + frame.x;
    part.data.set(plane.data.subarray(from, from + part.width), y * part.width);
  }
  const printed = resize(part, width, height, 'crisp');
  letGo(part);
  return printed;
}
