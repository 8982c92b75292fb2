import { eachRun } from '../each-row.ts';
import { letGoFlow } from '../kernels/flow.ts';
import { gaussian } from '../kernels/gaussian.ts';
import { lookUp, toneTable } from '../kernels/grade.ts';
import { kuwahara } from '../kernels/kuwahara.ts';
import { resize, resizePicture } from '../kernels/resize.ts';
import { faceMap, finerOnFaces } from '../people/face-map.ts';
import { letGo, mix, newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';
import { skinColoured } from '../reference/find-skin.ts';
import type { Scene } from '../scene.ts';
import { layStrokes } from '../strokes/lay-strokes.ts';
import { lightPaint } from '../strokes/light-paint.ts';
import { canvasOn } from '../strokes/paint-stroke.ts';
import { readMotif } from '../tone/drawn-forms.ts';

const curve = toneTable([
  [0, 0.02],
  [0.25, 0.22],
  [0.5, 0.52],
  [0.75, 0.79],
  [1, 0.98],
]);

/** The way a hand paints where the motif does not say: up to the right, in radians of the picture. */
const handAngle = -0.75;

/** Faces keep so much of what the simplifying takes away. */
const keptOnFaces = 0.45;

/** Oil on canvas: brushes from broad to fine, along the forms, fine ones only where they are needed. */
export function oil(scene: Scene): Picture {
  const { photo, faces, stroke: unit } = scene;
  const { width, height } = photo;
  const { size, small, light, flow } = readMotif(scene, 2.2, 8, handAngle);
  const scale = size.width / width;
  const face = faceMap(size.width, size.height, faces);
  const skin = skinColoured(small, faces);
  const thin = detail(light, 2.2 * unit * scale, 0.04, 0.085, face);
  const simple = finerOnFaces(face, small, kuwahara(small, flow, 2.6), keptOnFaces);
  const target = enrich(finerOnFaces(thin, small, simple, 0.85));
  letGo(small);
  const motif = { target, flow };
  const canvas = canvasOn(resizePicture(target, width, height, 'smooth'), 5 * unit);
  const paint = { cover: 0.95, load: 1, bristle: 1.9 * Math.max(0.8, unit) };
  const u = unit;
  const middle = detail(light, 11 * u * scale, 0.02, 0.06, face);
  const fine = detail(light, 5 * u * scale, 0.02, 0.05, face);
  const finest = detail(light, 2.6 * u * scale, 0.022, 0.055, face);
  const rest = detail(light, 0, -1, -0.5, face);
  layStrokes(canvas, motif, {
    ...paint,
    width: 36 * u,
    length: 150 * u,
    coats: 4,
    where: rest,
    edge: 0.13,
    wander: 0.07,
    seed: 1,
  });
  layStrokes(canvas, motif, {
    ...paint,
    width: 19 * u,
    length: 90 * u,
    coats: 2.5,
    where: middle,
    edge: 0.1,
    wander: 0.06,
    seed: 2,
  });
  layStrokes(canvas, motif, {
    ...paint,
    width: 9 * u,
    length: 52 * u,
    coats: 3,
    where: fine,
    edge: 0.08,
    wander: 0.045,
    seed: 3,
  });
  layStrokes(canvas, motif, {
    ...paint,
    width: 4.6 * u,
    length: 28 * u,
    coats: 2.6,
    where: finest,
    edge: 0.07,
    wander: 0.03,
    seed: 4,
    load: 0.8,
  });
  // Letters, rigging, wires: what is thin and stands out is drawn with a rigger.
  layStrokes(canvas, motif, {
    ...paint,
    width: 2.4 * u,
    length: 12 * u,
    coats: 4,
    where: thin,
    edge: 0.06,
    wander: 0.015,
    seed: 8,
    load: 0.6,
  });
  for (const { height: share } of faces.slice(0, 1)) {
    const f = Math.max(24, share * height) / 100;
    layStrokes(canvas, motif, {
      ...paint,
      width: 6 * f,
      length: 22 * f,
      coats: 3,
      where: soft(face),
      edge: 0.05,
      wander: 0.05,
      seed: 5,
      load: 0.8,
      cover: 0.8,
    });
    layStrokes(canvas, motif, {
      ...paint,
      width: 2.6 * f,
      length: 10 * f,
      coats: 2.5,
      where: detail(light, 2 * f * scale, 0.012, 0.03, face, true),
      edge: 0.05,
      wander: 0.025,
      seed: 6,
      load: 0.7,
      cover: 0.9,
    });
    layStrokes(canvas, motif, {
      ...paint,
      width: 1.4 * f,
      length: 6 * f,
      coats: 2,
      where: detail(light, 1.2 * f * scale, 0.02, 0.05, face, true),
      edge: 0.05,
      wander: 0.015,
      seed: 7,
      load: 0.6,
    });
  }
  const calm = resize(calmOf(target, face, skin, middle), width, height);
  const smooth = 0.8 * Math.max(1, u);
  lightPaint(canvas.colour, canvas.thickness, { strength: 1.1, shine: 0.08, smooth, calm });
  letGo(light, face, skin, target, thin, middle, fine, finest, rest, canvas.thickness, calm);
  letGoFlow(flow);
  return canvas.colour;
}

/** Where paint lies smoother, 0 to 1: on faces, on bare arms and legs, which ridges would turn into bark, and on pale plain walls. */
function calmOf(target: Picture, face: Plane, skin: Plane, detailed: Plane): Plane {
  const out = newPlane(target.width, target.height);
  const of = { target, face: face.data, skin: skin.data, detailed: detailed.data, out: out.data };
  eachRun(out.data.length, calmRun, of);
  return out;
}

type Calm = {
  readonly target: Picture;
  readonly face: Float32Array;
  readonly skin: Float32Array;
  readonly detailed: Float32Array;
  readonly out: Float32Array;
};

function calmRun({ target, face, skin, detailed, out }: Calm, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const low = Math.min(target.r[i] as number, target.g[i] as number, target.b[i] as number);
    const pale = 0.8 * smoothstep(0.5, 0.86, low) * (1 - 0.5 * (detailed[i] as number));
    // Nearer to a face it is as smooth as that.
    const bare = mix(0.75, 0.42, face[i] as number) * (skin[i] as number);
    out[i] = Math.max(0.42 * (face[i] as number), bare, pale);
  }
}

/** Colours as from a palette: fuller, with depth, never quite black or white. */
function enrich(picture: Picture): Picture {
  eachRun(picture.r.length, enrichRun, picture);
  return picture;
}

function enrichRun({ r: reds, g: greens, b: blues }: Picture, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const r = reds[i] as number;
    const g = greens[i] as number;
    const b = blues[i] as number;
    const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    const gain = lookUp(curve, light) / Math.max(0.03, light);
    reds[i] = (light + (r - light) * 1.22) * gain;
    greens[i] = (light + (g - light) * 1.22) * gain;
    blues[i] = (light + (b - light) * 1.22) * gain;
  }
}

/** The face and a little around it, so that its own brushes cover what broad ones left at its border. */
function soft(face: Plane): Plane {
  return { ...face, data: face.data.map((here) => smoothstep(0.03, 0.4, here)) };
}

/** Where a brush of this size would lose something, on faces or off them. */
function detail(light: Plane, sigma: number, low: number, high: number, face: Plane, onFace = false): Plane {
  const out = newPlane(light.width, light.height, 1);
  if (sigma > 0) {
    const blurred = gaussian(light, sigma).data;
    eachRun(out.data.length, apartRun, { light: light.data, blurred, out: out.data });
    letGo(blurred);
  }
  const near = sigma > 0 ? gaussian(out, sigma * 0.8).data : out.data;
  eachRun(out.data.length, detailRun, { near, face: face.data, low, high, onFace, out: out.data });
  return out;
}

type Apart = {
  readonly light: Float32Array;
  readonly blurred: Float32Array;
  readonly out: Float32Array;
};

function apartRun({ light, blurred, out }: Apart, from: number, to: number): void {
  for (let i = from; i < to; i++) out[i] = Math.abs((light[i] as number) - (blurred[i] as number));
}

type Detail = {
  readonly near: Float32Array;
  readonly face: Float32Array;
  readonly low: number;
  readonly high: number;
  readonly onFace: boolean;
  readonly out: Float32Array;
};

function detailRun({ near, face, low, high, onFace, out }: Detail, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const here = face[i] as number;
    out[i] =
      smoothstep(low, high, near[i] as number) *
      (onFace ? smoothstep(0.05, 0.5, here) : 1 - smoothstep(0.02, 0.25, here));
  }
}
