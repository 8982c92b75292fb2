import { eachRow, eachRun } from '../each-row.ts';
import { type Flow, letGoFlow } from '../kernels/flow.ts';
import { gaussian } from '../kernels/gaussian.ts';
import { lookUp, toneTable } from '../kernels/grade.ts';
import { drawLines } from '../kernels/lines.ts';
import { paperAt, paperTile } from '../kernels/paper.ts';
import { resize } from '../kernels/resize.ts';
import { faceMap } from '../people/face-map.ts';
import { hex, letGo, mix, newPicture, newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';
import type { Scene } from '../scene.ts';
import { hatch } from '../strokes/hatch.ts';
import type { WantedLight } from '../tone/drawing-light.ts';
import { drawnForms } from '../tone/drawn-forms.ts';
import { bringOutFeatures, smallFaces } from '../tone/small-faces.ts';

/** How much of the block is cut away for each level of light. */
const carved = toneTable([
  [0, 0],
  [0.16, 0.02],
  [0.36, 0.4],
  [0.56, 0.86],
  [0.7, 1],
  [1, 1],
]);

/** On faces: cut cleanly, or slivers left between gouges would be dirt; only what is really dark is left standing. */
const carvedOnFaces = toneTable([
  [0, 0],
  [0.22, 0.06],
  [0.34, 0.5],
  [0.44, 0.97],
  [0.5, 1],
  [1, 1],
]);

/** A face is mostly cut away, its forms left standing. */
const wanted: WantedLight = { from: 0.52, to: 0.64, mean: 0.38 };

const paperColour = hex('#f3ead8');
const inkColour = hex('#1d2b3a');

/** A print from a carved block: lights cut out with a gouge along the forms, one dark ink, one pull. */
export function linocut(scene: Scene): Picture {
  const { photo, stroke: unit, person } = scene;
  const { width, height } = photo;
  const { light, shape, flow } = drawnForms(scene, { wanted, sigma: 9, epsilon: 0.004, flow: [3, 10] });
  const tone = newPlane(width, height);
  const face = faceMap(width, height, scene.faces);
  eachRun(light.data.length, carveRun, { light, shape, face, person, tone });
  letGo(shape, face);
  const paper = paperTile('rough', unit);
  const cut = newPlane(width, height);
  const gouge = { tooth: 0, sway: 0.04, pressure: 1, follow: 1 };
  hatch(cut, tone, flow, paper, {
    ...gouge,
    halfWidth: 1.5 * unit,
    length: 46 * unit,
    angle: 0.2,
    coats: 2.2,
    need: 0.3,
    seed: 1,
  });
  hatch(cut, tone, flow, paper, {
    ...gouge,
    halfWidth: 1.05 * unit,
    length: 24 * unit,
    angle: 0.2,
    coats: 2,
    need: 0.45,
    seed: 2,
  });
  const faces = smallFaces(scene);
  bringOutFeatures(light, faces, scene.unit);
  const lines = drawLines(light, flow, {
    sigma: 1.15 * unit,
    along: 5 * unit,
    threshold: 0.007,
    hardness: 120,
    fill: 0.1,
  }).data;
  partDark(light, flow, tone, cut, lines, unit);
  letGo(light, faces);
  letGoFlow(flow);
  const out = newPicture(width, height);
  eachRow(height, printRow, { width, paper, cut, tone, lines, out });
  letGo(cut, lines, tone);
  return out;
}

/**
 * Cuts a white line where something dark lies before the dark, as carvers part hair from a night: along edges of the photo,
 * which run on where there is something, and are told on half the size.
 */
function partDark(
  light: Plane,
  flow: Flow,
  tone: Plane,
  cut: Plane,
  lines: Float32Array,
  unit: number,
): void {
  const { width, height } = cut;
  const [w, h] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const small = resize(light, w, h);
  eachRun(small.data.length, liftRun, small.data);
  const edges = drawLines(small, flow, {
    sigma: 1.1 * unit,
    along: 7 * unit,
    threshold: 0.01,
    hardness: 90,
  });
  const around = gaussian(tone, 6 * unit);
  const parted = resize(edges, width, height);
  eachRun(cut.data.length, partRun, { parted: parted.data, around: around.data, cut: cut.data, lines });
  letGo(small, edges, around, parted);
}

/** Dark upon light, and differences in the dark as large as they look. */
function liftRun(light: Float32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const value = Math.max(0, light[i] as number);
    light[i] = 1 - value / (value + 0.15);
  }
}

type Parted = Readonly<Record<'parted' | 'around' | 'cut' | 'lines', Float32Array>>;

function partRun({ parted, around, cut, lines }: Parted, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const line = smoothstep(
      0.3,
      0.6,
      (parted[i] as number) * (1 - smoothstep(0.05, 0.3, around[i] as number)),
    );
    cut[i] = Math.max(cut[i] as number, line);
    lines[i] = (lines[i] as number) * (1 - line);
  }
}

type Carving = {
  readonly light: Plane;
  readonly shape: Plane;
  readonly face: Plane;
  readonly person: Plane | null;
  readonly tone: Plane;
};

function carveRun({ light, shape, face, person, tone }: Carving, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const base = shape.data[i] as number;
    const front = person ? (person.data[i] as number) : 1;
    const value = base + ((light.data[i] as number) - base) * 1.7;
    const here = face.data[i] as number;
    const plain = lookUp(carved, value - 0.06 * (1 - front));
    tone.data[i] = here > 0 ? mix(plain, lookUp(carvedOnFaces, value), here) : plain;
  }
}

type Print = {
  readonly width: number;
  readonly paper: Plane;
  readonly cut: Plane;
  readonly tone: Plane;
  readonly lines: Float32Array;
  readonly out: Picture;
};

function printRow({ width, paper, cut, tone, lines, out }: Print, y: number): void {
  for (let x = 0, i = y * width; x < width; x++, i++) {
    const grain = paperAt(paper, x, y);
    const open = Math.max(cut.data[i] as number, smoothstep(0.86, 0.97, tone.data[i] as number));
    // Ink lies a little thin over the pits of the paper, and lines are left standing.
    const standing = Math.max(smoothstep(0.62, 0.38, open), lines[i] as number);
    const dark = standing * (0.945 + 0.055 * smoothstep(0.1, 0.42, grain));
    const sheet = 1 - 0.035 * (1 - grain);
    out.r[i] = mix(paperColour[0] * sheet, inkColour[0], dark);
    out.g[i] = mix(paperColour[1] * sheet, inkColour[1], dark);
    out.b[i] = mix(paperColour[2] * sheet, inkColour[2], dark);
  }
}
