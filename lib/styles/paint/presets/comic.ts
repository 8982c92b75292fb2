import { eachRow } from '../each-row.ts';
import { letGoFlow } from '../kernels/flow.ts';
import { lookUp } from '../kernels/grade.ts';
import { guidedFilter } from '../kernels/guided-filter.ts';
import { dotInk, type Screen, screenAt } from '../kernels/halftone.ts';
import { kuwahara } from '../kernels/kuwahara.ts';
import { drawLines } from '../kernels/lines.ts';
import { resize, resizePicture } from '../kernels/resize.ts';
import { finerOnFaces } from '../people/face-map.ts';
import { clamp01, letGo, luma, mix, newPicture, type Picture, type Plane, smoothstep } from '../raster.ts';
import type { Scene } from '../scene.ts';
import { readMotif } from '../tone/drawn-forms.ts';
import { bringOutFeatures, smallFaces } from '../tone/small-faces.ts';

const bands = 5;

/** A few levels of light with a short slope between them: flat like print, smooth at its borders. */
const posterised = Float32Array.from({ length: 2049 }, (_, i) => {
  const scaled = (i / 2048) ** 0.85 * bands;
  const level = Math.floor(scaled);
  const edge = smoothstep(0.38, 0.62, scaled - level);
  return ((level + edge) / bands) * 0.96 + 0.04;
});

/** A printed comic: inked outlines, flat colour in a few steps, dots in the shadows. */
export function comic(scene: Scene): Picture {
  const { photo, stroke: unit } = scene;
  const { width, height } = photo;
  const { small, light: seen, flow } = readMotif(scene, 1.8, 5);
  const once = kuwahara(small, flow, 3);
  const flat = kuwahara(once, flow, 3);
  const paint = resizePicture(flat, width, height);
  const tone = quietTone(flat, unit, photo);
  letGo(small, seen, once, flat);
  const light = luma(photo);
  const faces = smallFaces(scene);
  bringOutFeatures(light, faces, scene.unit);
  const lines = drawLines(light, flow, {
    sigma: 1.15 * unit,
    along: 4.5 * unit,
    threshold: 0.008,
    hardness: 90,
    fill: 0.09,
  }).data;
  letGo(light);
  letGoFlow(flow);
  const screen = screenAt(7 * unit, 45);
  if (faces) finerOnFaces(faces, photo, paint, 0.75);
  const out = newPicture(width, height);
  eachRow(height, printRow, {
    width,
    paint,
    tone: tone.data,
    faces: faces?.data ?? null,
    screen,
    lines,
    out,
  });
  letGo(paint, tone, faces, lines);
  return out;
}

/** By which light is parted into steps: without the unrest of a wall or a sky, whose steps would have torn borders. */
function quietTone(flat: Picture, unit: number, { width, height }: Picture): Plane {
  const light = luma(flat);
  const sigma = (14 * unit * flat.width) / width;
  const quiet = guidedFilter(light, light, { sigma, epsilon: 0.0012 });
  const tone = resize(quiet, width, height);
  letGo(light, quiet);
  return tone;
}

type Print = {
  readonly width: number;
  readonly paint: Picture;
  readonly tone: Float32Array;
  /** Where faces are small: they keep more of their own light, or the steps would swallow eyes and mouths. */
  readonly faces: Float32Array | null;
  readonly screen: Screen;
  readonly lines: Float32Array;
  readonly out: Picture;
};

function printRow({ width, paint, tone: tones, faces, screen, lines, out }: Print, y: number): void {
  for (let x = 0, i = y * width; x < width; x++, i++) {
    const r = paint.r[i] as number;
    const g = paint.g[i] as number;
    const b = paint.b[i] as number;
    const own = clamp01(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const face = faces ? (faces[i] as number) : 0;
    const tone = mix(clamp01(tones[i] as number), own, face);
    const high = Math.max(r, g, b);
    const chroma = high - Math.min(r, g, b);
    // A full red or blue is printed full, though it has little light.
    const full = tone + 0.5 * (high - tone) * smoothstep(0.4, 0.75, chroma);
    const step = mix(lookUp(posterised, full), full, 0.5 * face);
    const gain = step / Math.max(0.04, own);
    // Pale colours gain most; skin and other full colours keep their character.
    const vivid = 1.5 - 0.55 * smoothstep(0.12, 0.6, chroma);
    const shadow = dotInk(screen, x, y, 0.62 * smoothstep(0.46, 0.16, tone));
    const ink = lines[i] as number;
    const dim = 1 - 0.34 * shadow;
    out.r[i] = mix(clamp01((step + (r * gain - step) * vivid) * dim), 0.06, ink);
    out.g[i] = mix(clamp01((step + (g * gain - step) * vivid) * dim), 0.05, ink);
    out.b[i] = mix(clamp01((step + (b * gain - step) * vivid) * (dim + 0.1 * shadow)), 0.08, ink);
  }
}
